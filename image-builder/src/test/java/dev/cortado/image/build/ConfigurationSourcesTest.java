package dev.cortado.image.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.image.UserError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationSourcesTest {
    private static final Map<String, String> OTHERS = Map.of("a", "b");

    @Test
    void theCompilerIsToldOfThemInOneOrder() {
        assertSame(OTHERS, ConfigurationSources.addTo(OTHERS, List.of()));
        assertEquals(
                Map.of("a", "b", "cortado.configuration", "fw-cfg,nocloud,strict"),
                ConfigurationSources.addTo(
                        OTHERS, List.of("strict", "nocloud", "fw-cfg", "nocloud")));
    }

    @Test
    void whatIsNoSourceIsRefused() {
        UserError e =
                assertThrows(
                        UserError.class,
                        () -> ConfigurationSources.addTo(OTHERS, List.of("nocloud", "fwcfg")));
        assertEquals(
                "--configuration fwcfg: there are fw-cfg, xenstore, guestinfo, ovf, nocloud,"
                        + " config-drive, strict",
                e.getMessage());
    }
}
