package dev.cortado.runtime.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfiguredFileTest {
    @Test
    void pathsAreMadeNormal() throws ConfigurationException {
        ConfiguredFile file = ConfiguredFile.of("//etc///app/conf", new byte[0], 0600, false);
        assertEquals("/etc/app/conf", file.path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "/", "/a/", "/a/../b", "/./a", "/a\0b", "/a\nb/c", "a/b"})
    void aPathThatIsNoneIsRefused(String path) {
        assertThrows(
                ConfigurationException.class,
                () -> ConfiguredFile.of(path, new byte[0], 0600, false));
    }

    @Test
    void limitsAreLimits() {
        String path = "/" + "a/".repeat(Limits.PATH_BYTES / 2) + "b";
        assertThrows(
                ConfigurationException.class,
                () -> ConfiguredFile.of(path, new byte[0], 0600, false));
        assertThrows(
                ConfigurationException.class,
                () -> ConfiguredFile.of("/a", new byte[0], 010000, false));
        assertThrows(
                ConfigurationException.class,
                () -> ConfiguredFile.of("/" + "\u00fc".repeat(128) + "/a", new byte[0], 0, false));
    }
}
