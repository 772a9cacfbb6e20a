package dev.cortado.image.cache;

import java.nio.file.Path;
import java.util.Map;

/** Where a user's caches are by the customs of the operating system. */
public final class CacheDirectory {
    private static final UserDirectory CACHES =
            new UserDirectory(
                    "CORTADO_CACHE",
                    "XDG_CACHE_HOME",
                    Path.of(".cache"),
                    Path.of("Library", "Caches"),
                    "cache");

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
        return CACHES.find(environment, system, home);
    }
}
