package dev.cortado.image.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheDirectoryTest {
    @Test
    void isWhereTheOperatingSystemWantsIt() {
        assertEquals(Path.of("/h/.cache/cortado"), usual("Linux"));
        assertEquals(Path.of("/h/Library/Caches/cortado"), usual("Mac OS X"));
        assertEquals(Path.of("/h/AppData/Local/cortado/cache"), usual("Windows 11"));
    }

    @Test
    void xdgMayMoveItButNotToARelativePlace() {
        assertEquals(Path.of("/c/cortado"), usual("Linux", "XDG_CACHE_HOME", "/c"));
        assertEquals(Path.of("/h/.cache/cortado"), usual("Linux", "XDG_CACHE_HOME", "c"));
    }

    @Test
    void theUserMayNameIt() {
        assertEquals(Path.of("/mine"), usual("Linux", "CORTADO_CACHE", "/mine"));
        assertEquals(Path.of("/h/.cache/cortado"), usual("Linux", "CORTADO_CACHE", " "));
    }

    private static Path usual(String system) {
        return CacheDirectory.usual(Map.of(), system, "/h");
    }

    private static Path usual(String system, String variable, String value) {
        return CacheDirectory.usual(Map.of(variable, value), system, "/h");
    }
}
