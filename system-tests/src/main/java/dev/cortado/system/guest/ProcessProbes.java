package dev.cortado.system.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Map;

/** Arguments, properties, standard streams, clocks and the ways to end. */
final class ProcessProbes {
    private static final long MILLISECONDS = 1_000_000;

    private ProcessProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "arguments", ProcessProbes::arguments,
                "exit", arguments -> System.exit(Integer.parseInt(arguments[0])),
                "end", arguments -> System.out.println("the end"),
                "streams", ProcessProbes::streams,
                "echo", arguments -> echo(),
                "clocks", arguments -> clocks(),
                "hook", arguments -> hook());
    }

    private static void arguments(String[] arguments) {
        for (String argument : arguments) {
            System.out.println("argument [" + argument + "]");
        }
        System.out.println("property [" + System.getProperty("probe.word") + "]");
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

    private static void clocks() throws InterruptedException {
        long last = System.nanoTime();
        for (int i = 0; i < 100_000; i++) {
            long now = System.nanoTime();
            Probes.check(now >= last, "the monotonic clock went back");
            last = now;
        }
        long before = System.nanoTime();
        Thread.sleep(50);
        long slept = System.nanoTime() - before;
        Probes.check(slept >= 50 * MILLISECONDS, "slept only " + slept + " ns");
        System.out.println("epoch milliseconds " + System.currentTimeMillis());
        System.out.println("instant " + java.time.Instant.now());
    }

    private static void hook() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook has run")));
        System.exit(5);
    }
}
