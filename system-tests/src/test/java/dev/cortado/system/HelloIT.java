package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** examples/hello, from source to its last line. */
final class HelloIT {
    private static final long MOST_BYTES = 12_000_000;

    private static Program hello;
    private static Path image;

    @BeforeAll
    static void build() {
        hello = Program.hello();
        image = Cortado.build(hello, "first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"microvm", "q35", "pc"})
    void bootsOnEveryMachine(String machine) {
        Outcome outcome =
                Cortado.command("run", "--machine", machine, "--timeout", "120", image.toString());
        assertEquals(0, outcome.exitCode(), outcome.console());
        assertTrue(outcome.console().startsWith("Hello from Cortado"), outcome.console());
    }

    @Test
    void bootsInLittleMemory() {
        Outcome outcome = Cortado.run(image, "32M", "");
        assertEquals(0, outcome.exitCode(), outcome.console());
        assertTrue(outcome.console().startsWith("Hello from Cortado"), outcome.console());
    }

    @Test
    void saysWhenMemoryIsTooLittle() {
        Outcome outcome = Cortado.run(image, "4", "");
        assertEquals(2, outcome.exitCode(), outcome.console());
        assertEquals(1, outcome.console().lines().count(), outcome.console());
    }

    @Test
    void isSmall() throws IOException {
        assertTrue(Files.size(image) <= MOST_BYTES, () -> "it has " + image.toFile().length());
    }

    /** Drivers that no target chooses are in images of programs that use them only. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "drivers.pci",
                "drivers.virtio",
                "drivers.block",
                "drivers.network",
                "kernel.device",
                "runtime.net",
                "runtime.network",
                "runtime.socket"
            })
    void hasNoDriversOfDevicesThatItDoesNotUse(String part) throws IOException {
        String sizes = Files.readString(Path.of(image + ".sizes.json"));
        assertTrue(sizes.contains("\"dev.cortado.drivers."), "the sizes of no driver are known");
        assertFalse(sizes.contains("\"dev.cortado." + part + '.'), part);
    }

    @Test
    void isNotBuiltAgainWithoutNeed() throws IOException {
        FileTime before = Files.getLastModifiedTime(image);
        Cortado.build(hello, "first");
        assertEquals(before, Files.getLastModifiedTime(image));
    }

    @Test
    void canBeInspected() {
        Outcome outcome = Cortado.command("inspect", image.toString());
        assertEquals(0, outcome.exitCode(), outcome.console());
        assertTrue(outcome.console().contains(hello.mainClass()), outcome.console());
    }
}
