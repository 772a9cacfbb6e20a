package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The console by virtio: what {@link ConsoleIT} shows of a serial port. */
@EnabledIfSystemProperty(
        named = "cortado.console",
        matches = "true",
        disabledReason = "an image of its own, which takes some minutes more")
final class VirtioConsoleIT {
    private static final int MEBIBYTE = 1 << 20;
    private static final int DEATHS = 20;
    private static final int COLLECTIONS = 20;

    /** What is said past the line, wherever that is. */
    private static final Pattern DEATH =
            Pattern.compile("cortado: console pci .* has died and is started again: .*\n");

    private static Path image;

    @BeforeAll
    static void build() {
        image = Cortado.build(Program.probes(), "console", "--virtio-console");
    }

    private static List<String> command(String machine, int cpus, String... arguments) {
        List<String> words = new ArrayList<>(List.of("run", "--machine", machine));
        words.addAll(List.of("--cpus", Integer.toString(cpus), "--timeout", "240"));
        words.addAll(List.of(image.toString(), "--"));
        words.addAll(List.of(arguments));
        return Cortado.commandLine(words);
    }

    private static String huge(int mebibytes) {
        String line = "0123456789".repeat(6) + "abc\n";
        return line.repeat(mebibytes * MEBIBYTE / line.length());
    }

    @Test
    void inputArrivesByteForByte() {
        byte[] input = new byte[100_000];
        new Random(7).nextBytes(input);
        CRC32 crc = new CRC32();
        crc.update(input);
        String sum = Long.toHexString(crc.getValue());
        Outcome outcome = Outcome.of(command("q35", 2, "sum"), input);
        assertEquals(input.length + " bytes, CRC-32 " + sum + "\nthen -1\n", outcome.console());
        assertEquals(0, outcome.exitCode());
    }

    /** The last of it when the program has ended: nothing is lost, and the end waits. */
    @Test
    void outputWaitsForWhoReadsLate() throws Exception {
        Process process = new ProcessBuilder(command("microvm", 1, "huge", "3")).start();
        process.getOutputStream().close();
        try {
            Thread.sleep(4000);
            byte[] shown = process.getInputStream().readAllBytes();
            assertEquals(huge(3), new String(shown, StandardCharsets.US_ASCII));
            assertEquals(0, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aPanicComesBehindWhatWasWritten() {
        Outcome outcome = Outcome.of(command("q35", 4, "write-behind-output", "1"), "");
        String expected = huge(1) + "writing 10\n";
        String console = outcome.console();
        assertTrue(console.startsWith(expected), console);
        assertTrue(console.startsWith("cortado: panic: ", expected.length() + 1), console);
        assertEquals(70, outcome.exitCode());
    }

    /** Where threads of Java's stand still, as the driver's does, and the line is full. */
    @Test
    void whatACollectionSaysIsNotLostBesideOutput() {
        Outcome outcome =
                Outcome.of(command("q35", 1, "-XX:+PrintGC", "collections", "" + COLLECTIONS), "");
        String said = outcome.console().replaceAll("[~\n]", "");
        for (int i = 0; i < COLLECTIONS; i++) {
            assertTrue(said.contains("GC(" + i + ") Pause Full GC"), i + " is missing: " + said);
        }
        assertEquals(0, outcome.exitCode());
    }

    /** By the device's register for emergencies. */
    @Test
    void aPanicIsSeenWithoutASerialPort() {
        List<String> qemu = new ArrayList<>(List.of("qemu-system-x86_64", "-machine", "q35"));
        qemu.addAll(List.of("-accel", "tcg", "-cpu", "max", "-m", "128", "-nodefaults"));
        qemu.addAll(List.of("-no-reboot", "-display", "none", "-serial", "none"));
        qemu.addAll(List.of("-chardev", "stdio,id=console", "-device", "virtio-serial-pci"));
        qemu.addAll(List.of("-device", "virtconsole,chardev=console"));
        qemu.addAll(List.of("-kernel", image.toString()));
        qemu.addAll(List.of("-append", "cortado.console=framed -- fault-when-told"));
        try (Session session = new Session(qemu)) {
            session.type("x");
            session.awaitLine("told 120");
            session.await("cortado: panicked: ");
        }
    }

    @Test
    void noLineIsLostOrDoubledWhenTheDriverDies() {
        Outcome outcome = Outcome.of(command("q35", 2, "console-deaths", "" + DEATHS), "");
        Matcher deaths = DEATH.matcher(outcome.console());
        // One that is asked to die while it is being started dies once.
        long count = deaths.results().count();
        assertTrue(count > DEATHS / 4 && count <= DEATHS, count + " of " + outcome.console());
        assertEquals(
                IntStream.range(0, 1000 * DEATHS)
                        .mapToObj(i -> "line " + i + "\n")
                        .collect(Collectors.joining()),
                deaths.replaceAll(""));
        assertEquals(0, outcome.exitCode());
    }
}
