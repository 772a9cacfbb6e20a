package dev.cortado.image.guests;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where a user's programs keep what they know, by the customs of the operating system. */
final class StateDirectory {
    private static final String VARIABLE = "CORTADO_STATE";

    private StateDirectory() {}

    /**
     * {@code CORTADO_STATE} if it is set, or else {@code cortado} in the user's directory for
     * state: that of the XDG base directory specification, or macOS's, or Windows'.
     */
    static Path usual(Map<String, String> environment, String system, String home) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            return Path.of(named);
        }
        String word = system.toLowerCase(Locale.ROOT);
        if (word.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            Path data = local.isBlank() ? Path.of(home, "AppData", "Local") : Path.of(local);
            return data.resolve("cortado").resolve("state");
        }
        if (word.startsWith("mac")) {
            return Path.of(home, "Library", "Application Support", "cortado");
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        // A relative one is to be ignored, says the specification.
        return state.startsWith("/")
                ? Path.of(state, "cortado")
                : Path.of(home, ".local", "state", "cortado");
    }
}
