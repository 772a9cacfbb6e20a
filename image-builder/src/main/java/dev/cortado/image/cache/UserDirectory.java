package dev.cortado.image.cache;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * A kind of directory that each user has for all programs, by the customs of the operating system:
 * those of the XDG base directory specification, of macOS, or of Windows.
 *
 * @param variable of the environment, which names Cortado's own if it is set
 * @param standardVariable of the environment, which XDG's specification names
 * @param usual below the user's home, if that is not set
 * @param onMac below the user's home
 * @param onWindows below Cortado's local data
 */
public record UserDirectory(
        String variable, String standardVariable, Path usual, Path onMac, String onWindows) {
    private static final String PROGRAM = "cortado";

    /** Cortado's own of that kind. */
    public Path find(Map<String, String> environment, String system, String home) {
        String named = environment.getOrDefault(variable, "");
        if (!named.isBlank()) {
            return Path.of(named);
        }
        String word = system.toLowerCase(Locale.ROOT);
        if (word.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            Path data = local.isBlank() ? Path.of(home, "AppData", "Local") : Path.of(local);
            return data.resolve(PROGRAM).resolve(onWindows);
        }
        if (word.startsWith("mac")) {
            return Path.of(home).resolve(onMac).resolve(PROGRAM);
        }
        String standard = environment.getOrDefault(standardVariable, "");
        // A relative one is to be ignored, says the specification.
        Path base = standard.startsWith("/") ? Path.of(standard) : Path.of(home).resolve(usual);
        return base.resolve(PROGRAM);
    }
}
