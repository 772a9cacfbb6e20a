package dev.cortado.system.guest;

import java.util.List;
import java.util.Map;

/** What an uncaught exception looks like. */
final class ExceptionProbes {
    private ExceptionProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of("uncaught", arguments -> uncaught());
    }

    private static void uncaught() {
        try {
            List.of(3, 2, 1).forEach(ExceptionProbes::failAtOne);
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("wrapped", e);
        }
    }

    private static void failAtOne(int number) {
        if (number == 1) {
            throw new IllegalStateException("reached " + number);
        }
    }
}
