package dev.cortado.runtime.configuration.named;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.configuration.BootConfiguration;
import dev.cortado.runtime.configuration.Collected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NamedConfigurationTest {
    private final Collected collected = new Collected();

    private BootConfiguration read(Map<String, String> values) {
        NamedConfiguration.read(
                name ->
                        values.containsKey(name)
                                ? values.get(name).getBytes(StandardCharsets.UTF_8)
                                : null,
                "opt/",
                collected.configuration);
        return collected.build();
    }

    @Test
    void eachNameIsASetting() {
        BootConfiguration read =
                read(
                        Map.of(
                                "opt/arguments", "one \"two words\" -Dp=q -Dr",
                                "opt/properties", "a=1\nb=2\n",
                                "opt/environment", "HOME=/tmp",
                                "opt/network", "eth0:10.0.2.15/24,gateway=10.0.2.2\neth1.5:dhcp",
                                "opt/mounts", "/data=vda:ext4,ro"));
        assertEquals(List.of("one", "two words"), read.arguments());
        assertEquals(Map.of("p", "q", "r", "", "a", "1", "b", "2"), read.properties());
        assertEquals(Map.of("HOME", "/tmp"), read.environment());
        assertEquals("eth0:10.0.2.15/24,gateway=10.0.2.2 eth1.5:dhcp", collected.interfaces());
        assertEquals("/data", read.mounts().getFirst().path());
        assertEquals(List.of(), collected.problems);
    }

    @Test
    void whatComesTooLateIsSaid() {
        assertEquals(List.of("a"), read(Map.of("opt/arguments", "-Xmx1g a")).arguments());
        assertEquals(
                List.of(
                        "source: opt/arguments: \"-Xmx1g\" comes too late: the Java runtime has"
                                + " begun; left out"),
                collected.problems);
    }

    @Test
    void flatNamesAreSettingsOrProperties() {
        FlatSettings.read("cortado.arguments", "a b", "place", collected.configuration);
        FlatSettings.read("cortado.other", "c", "place", collected.configuration);
        FlatSettings.read("com.example.port", "80", "place", collected.configuration);
        assertEquals(List.of("a", "b"), collected.build().arguments());
        assertEquals(
                Map.of("cortado.other", "c", "com.example.port", "80"),
                collected.build().properties());
    }
}
