package dev.cortado.image.cache;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where a user's caches are by the customs of the operating system. */
public final class CacheDirectory {
    private static final String VARIABLE = "CORTADO_CACHE";

    private CacheDirectory() {}

    /**
     * {@code CORTADO_CACHE} if it is set, or else {@code cortado} in the user's directory for
     * caches: that of the XDG base directory specification, or macOS's, or Windows'.
     */
    public static Path usual() {
        return usual(
                System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"));
    }

    static Path usual(Map<String, String> environment, String system, String home) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            return Path.of(named);
        }
        String word = system.toLowerCase(Locale.ROOT);
        if (word.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            Path data = local.isBlank() ? Path.of(home, "AppData", "Local") : Path.of(local);
            return data.resolve("cortado").resolve("cache");
        }
        if (word.startsWith("mac")) {
            return Path.of(home, "Library", "Caches", "cortado");
        }
        String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
        // A relative one is to be ignored, says the specification.
        return caches.startsWith("/")
                ? Path.of(caches, "cortado")
                : Path.of(home, ".cache", "cortado");
    }
}
