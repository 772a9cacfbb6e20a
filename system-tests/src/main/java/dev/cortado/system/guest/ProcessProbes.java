package dev.cortado.system.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** Arguments, properties, standard streams, the wall clock and the ways to end. */
final class ProcessProbes {
    private ProcessProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "arguments", ProcessProbes::arguments,
                "environment", arguments -> environment(),
                "exit", arguments -> System.exit(Integer.parseInt(arguments[0])),
                "end", arguments -> System.out.println("the end"),
                "streams", ProcessProbes::streams,
                "echo", arguments -> echo(),
                "clock", arguments -> clock(),
                "hook", arguments -> hook(),
                "processors", arguments -> processors());
    }

    private static void arguments(String[] arguments) {
        for (String argument : arguments) {
            System.out.println("argument [" + argument + "]");
        }
        System.out.println("property [" + System.getProperty("probe.word") + "]");
    }

    /** By its three ways, which have to say the same. */
    private static void environment() {
        Map<String, String> variables = new TreeMap<>(System.getenv());
        variables.forEach((name, value) -> System.out.println(name + " [" + value + "]"));
        variables.forEach((name, value) ->
                Probes.check(value.equals(System.getenv(name)), name + " by its name"));
        Probes.check(System.getenv("PROBE_NONE") == null, "nobody has set it");
        Probes.check(
                variables.equals(new TreeMap<>(new ProcessBuilder().environment())),
                "a process builder's are the same");
    }

    private static void streams(String[] arguments) {
        System.out.println("to standard output");
        System.err.println("to standard error");
        System.out.println("bytes: caf\u00e9 \u2615");
    }

    private static void echo() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println("heard [" + line + "]");
        }
        System.out.println("end of input");
    }

    private static void clock() {
        System.out.println("instant " + Instant.now());
    }

    private static void hook() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook has run")));
        System.exit(5);
    }

    /** As many threads as there are CPUs, each of which waits for all others. */
    private static void processors() throws Exception {
        int count = Runtime.getRuntime().availableProcessors();
        CyclicBarrier barrier = new CyclicBarrier(count);
        Thread[] threads = new Thread[count];
        for (int i = 0; i < count; i++) {
            threads[i] = new Thread(() -> meet(barrier));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(count + " processors");
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            for (int round = 0; round < 3; round++) {
                barrier.await();
            }
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
