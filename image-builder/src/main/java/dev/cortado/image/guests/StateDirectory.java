package dev.cortado.image.guests;

import dev.cortado.image.cache.UserDirectory;
import java.nio.file.Path;
import java.util.Map;

/** Where a user's programs keep what they know, by the customs of the operating system. */
final class StateDirectory {
    private static final UserDirectory STATES =
            new UserDirectory(
                    "CORTADO_STATE",
                    "XDG_STATE_HOME",
                    Path.of(".local", "state"),
                    Path.of("Library", "Application Support"),
                    "state");

    private StateDirectory() {}

    /**
     * {@code CORTADO_STATE} if it is set, or else {@code cortado} in the user's directory for
     * state: that of the XDG base directory specification, or macOS's, or Windows'.
     */
    static Path usual(Map<String, String> environment, String system, String home) {
        return STATES.find(environment, system, home);
    }
}
