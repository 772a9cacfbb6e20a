package dev.cortado.runtime.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CombinedConfigurationTest {
    private final List<String> problems = new ArrayList<>();
    private final ConfigurationBuilder first = new ConfigurationBuilder("first", problems::add);
    private final ConfigurationBuilder second = new ConfigurationBuilder("second", problems::add);

    private CombinedConfiguration combined() {
        return new CombinedConfiguration(List.of(first.build(), second.build()));
    }

    private static ConfiguredFile file(String path, int size) throws ConfigurationException {
        return ConfiguredFile.of(path, new byte[size], 0644, false);
    }

    @Test
    void argumentsAndMountsAreOneSources() throws ConfigurationException {
        assertEquals(new Sourced<>(List.of(), "nobody"), combined().arguments());
        second.addArgument("a");
        second.addMount("/data=vda:ext4");
        assertEquals(new Sourced<>(List.of("a"), "second"), combined().arguments());
        assertEquals("second", combined().mounts().source());
        first.addArgument("b");
        assertEquals(new Sourced<>(List.of("b"), "first"), combined().arguments());
        assertEquals("second", combined().mounts().source());
    }

    @Test
    void namesAreEachOfTheFirstThatHasThem() throws ConfigurationException {
        first.setProperty("a", "1");
        second.setProperty("a", "2");
        second.setProperty("b", "3");
        second.setVariable("A", "4");
        assertEquals(
                Map.of("a", new Sourced<>("1", "first"), "b", new Sourced<>("3", "second")),
                combined().properties());
        assertEquals(Map.of("A", new Sourced<>("4", "second")), combined().environment());
    }

    @Test
    void interfacesOfTheFirstComeFirst() throws ConfigurationException {
        second.addInterface(new InterfaceSettings("eth0", null, 0, List.of("dhcp")));
        first.addInterface(new InterfaceSettings("eth0", null, 0, List.of("10.0.0.1/8")));
        List<Sourced<InterfaceSettings>> all = combined().interfaces();
        assertEquals(List.of("first", "second"), all.stream().map(Sourced::source).toList());
    }

    @Test
    void aFileIsWrittenByOneSource() throws ConfigurationException {
        second.addFile(file("/tmp/a", 1));
        second.addFile(file("/tmp/b", 2));
        first.addFile(file("/tmp//b", 3));
        first.addFile(file("/tmp/b", 4));
        List<String> written = new ArrayList<>();
        for (Sourced<ConfiguredFile> each : combined().files()) {
            written.add(each.value().path() + " " + each.value().content().length);
        }
        assertEquals(List.of("/tmp/b 3", "/tmp/b 4", "/tmp/a 1"), written);
    }

    @Test
    void whatIsTooMuchIsLeftOut() throws ConfigurationException {
        for (int i = 0; i < Limits.ENTRIES + 5; i++) {
            first.attempt(() -> first.addArgument("a"));
        }
        first.attempt(() -> first.addFile(file("/a/b", Limits.FILE_BYTES)));
        first.attempt(() -> first.addFile(file("/a/c", 1)));
        first.attempt(() -> first.setProperty("long", "x".repeat(Limits.TEXT_CHARACTERS)));
        first.attempt(() -> first.setVariable("nul", "a\0b"));
        first.attempt(() -> first.setVariable("a=b", "c"));
        assertEquals(Limits.ENTRIES, first.build().arguments().size());
        assertEquals(1, first.build().files().size());
        assertEquals(Map.of(), first.build().properties());
        assertEquals(Map.of(), first.build().environment());
        assertEquals(9, problems.size());
        assertEquals("first: /a/c: files of more than 8388608 bytes; left out", problems.get(5));
        assertTrue(problems.get(6).startsWith("first: property long: more than"));
    }

    @Test
    void aProblemIsOneLineOfBoundedLength() {
        first.problem("a\nb\u001b[2J");
        first.problem("x".repeat(1000));
        assertEquals("first: a?b?[2J; left out", problems.getFirst());
        assertEquals("first: " + "x".repeat(400) + "...; left out", problems.getLast());
    }
}
