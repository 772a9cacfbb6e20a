package dev.cortado.system.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Instant;
import java.util.Map;

/** Arguments, properties, standard streams, the wall clock and the ways to end. */
final class ProcessProbes {
    private ProcessProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "arguments", ProcessProbes::arguments,
                "exit", arguments -> System.exit(Integer.parseInt(arguments[0])),
                "end", arguments -> System.out.println("the end"),
                "streams", ProcessProbes::streams,
                "echo", arguments -> echo(),
                "clock", arguments -> clock(),
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

    private static void clock() {
        System.out.println("instant " + Instant.now());
    }

    private static void hook() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook has run")));
        System.exit(5);
    }
}
