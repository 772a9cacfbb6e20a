package dev.cortado.runtime.environment;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variables that a program gets. Of one name, what is nearer to the machine counts.
 *
 * @param built what the image was built with, which counts least
 * @param configured what the sources of configuration say
 * @param said what the command line says, which counts most
 */
public record ProgramVariables(
        Map<String, String> built, Map<String, String> configured, Map<String, String> said) {

    /** All of them by name, sorted. */
    public Map<String, String> all() {
        Map<String, String> all = new TreeMap<>(built);
        all.putAll(configured);
        all.putAll(said);
        return all;
    }

    /** The same in UTF-8, as the JDK wants them: names at even places, the value of each behind. */
    public byte[][] namesAndValues() {
        Map<String, String> all = all();
        byte[][] bytes = new byte[2 * all.size()][];
        int number = 0;
        for (Map.Entry<String, String> each : all.entrySet()) {
            bytes[number++] = each.getKey().getBytes(StandardCharsets.UTF_8);
            bytes[number++] = each.getValue().getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }
}
