package dev.cortado.runtime.jdk;

import dev.cortado.runtime.configuration.Sourced;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The environment variables that a program gets. */
final class ProgramEnvironment {
    private static volatile byte[][] namesAndValues = {};

    private ProgramEnvironment() {}

    /** Before anybody asks for one. */
    static void set(Map<String, Sourced<String>> variables) {
        byte[][] all = new byte[2 * variables.size()][];
        int number = 0;
        for (Map.Entry<String, Sourced<String>> each : variables.entrySet()) {
            all[number++] = each.getKey().getBytes(StandardCharsets.UTF_8);
            all[number++] = each.getValue().value().getBytes(StandardCharsets.UTF_8);
        }
        namesAndValues = all;
    }

    /** Names at even places, and the value of each behind it. */
    static byte[][] namesAndValues() {
        return namesAndValues;
    }
}
