package dev.cortado.runtime.configuration.ovf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.configuration.Collected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OvfConfigurationTest {
    private final Collected collected = new Collected();

    private void read(String key, String value) {
        String document =
                "<Environment xmlns='http://schemas.dmtf.org/ovf/environment/1'"
                        + " xmlns:e='http://schemas.dmtf.org/ovf/environment/1'>"
                        + "<PropertySection><Property e:key='port' e:value='80'/>"
                        + "<Property e:key='%s' e:value='%s'/></PropertySection></Environment>";
        byte[] bytes = document.formatted(key, value).getBytes(StandardCharsets.UTF_8);
        OvfConfiguration.read(
                (path, most) -> path.equals("ovf-env.xml") ? bytes : null, collected.configuration);
    }

    @Test
    void propertiesAreSettings() {
        read("cortado.arguments", "a b");
        assertEquals(List.of("a", "b"), collected.build().arguments());
        assertEquals(Map.of("port", "80"), collected.build().properties());
        assertEquals(List.of(), collected.problems);
    }

    @Test
    void oneIsUserData() {
        String text = "#cloud-config\ncortado: {arguments: [c]}\n";
        read(
                "user-data",
                Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("c"), collected.build().arguments());
        assertEquals(List.of(), collected.problems);
    }

    @Test
    void whatIsNoGoodIsNamed() {
        read("user-data", "***");
        OvfConfiguration.read(
                (path, most) -> {
                    throw new IOException("a bad sector");
                },
                collected.configuration);
        OvfConfiguration.read((path, most) -> null, collected.configuration);
        assertEquals(
                List.of(
                        "source: ovf-env.xml, user-data: it is no base64; left out",
                        "source: ovf-env.xml: a bad sector; left out"),
                collected.problems);
        assertEquals(Map.of("port", "80"), collected.build().properties());
    }
}
