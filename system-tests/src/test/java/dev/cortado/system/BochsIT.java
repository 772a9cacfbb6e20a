package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk in Bochs, an emulator that shares no code with QEMU, of Debian's packages. */
final class BochsIT {
    private static final String GREETING = "Hello from Cortado";
    private static final Path FILES = Path.of("/usr/share/bochs");

    /** What Bochs says when a guest has switched its machine off by ACPI. */
    private static final String OFF = "ACPI control: soft power off";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int HEADS = 16;
    private static final int SECTORS = 63;
    private static final int CYLINDER_BYTES = HEADS * SECTORS * 512;

    /** No sound: Bochs ends with "buffer overflow detected" where the host has no sound card. */
    private static final String CONFIGURATION =
            """
            megs: 256
            cpu: model=%s, count=%s, ips=100000000, reset_on_triple_fault=0
            romimage: file=%s
            vgaromimage: file=%s
            display_library: term
            sound: waveoutdrv=dummy, waveindrv=dummy, midioutdrv=dummy
            ata0-master: type=disk, path="%s", mode=flat, cylinders=%d, heads=%d, spt=%d
            boot: disk
            com1: enabled=1, mode=file, dev="%s"
            log: "%s"
            panic: action=fatal
            error: action=report
            info: action=report
            """;

    private static Path disk;

    @TempDir Path directory;

    @BeforeAll
    static void build() {
        boolean isThere =
                Outcome.of(List.of("sh", "-c", "command -v bochs script"), "").exitCode() == 0;
        assumeTrue(isThere, "the packages bochs and bochs-term are not installed");
        disk = FirmwareImage.disk();
    }

    /** Models from the first with 64 bits to one with AVX-512, of both makers. */
    @ParameterizedTest
    @CsvSource({
        "athlon64_clawhammer,1",
        "core2_penryn_t9600,1",
        "corei7_haswell_4770,2",
        "ryzen,1",
        "corei7_skylake_x,1"
    })
    void boots(String processor, String count) throws IOException {
        String log = run(processor, count, "hello");
        assertTrue(console().startsWith(GREETING), console() + log);
        assertTrue(log.contains(OFF), log);
    }

    @ParameterizedTest
    @CsvSource({"ryzen", "corei7_haswell_4770"})
    void showsTheTour(String processor) throws IOException {
        String log = run(processor, "1", "tour");
        assertEquals(Program.tour().onHotSpot("").console(), Program.withoutLauncher(console()));
        assertTrue(log.contains(OFF), log);
    }

    /** The loader's words get out by a serial port that nobody has set up. */
    @Test
    void saysThatTheProcessorIsTooOld() throws IOException, InterruptedException {
        Process bochs = start("atom_n270", "1", "hello");
        try {
            Session.awaitIn(directory.resolve("console"), "this CPU has no 64-bit mode");
        } finally {
            end(bochs);
        }
    }

    /** Runs a program to its end; returns what Bochs says of that. */
    private String run(String processor, String count, String program) throws IOException {
        Process bochs = start(processor, count, program);
        try {
            assertTrue(bochs.waitFor(PATIENCE), "it does not end: " + console());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            end(bochs);
        }
        return Files.readString(directory.resolve("log"), StandardCharsets.ISO_8859_1);
    }

    private static void end(Process bochs) {
        bochs.descendants().forEach(ProcessHandle::destroyForcibly);
        bochs.destroyForcibly();
    }

    /** What the guest has written; if Bochs has not come so far, what it says itself. */
    private String console() throws IOException {
        Path console = directory.resolve("console");
        Path screen = directory.resolve("screen");
        return Files.readString(Files.exists(console) ? console : screen);
    }

    /** Its screen is a terminal's, and its debugger is told to let the machine run. */
    private Process start(String processor, String count, String program) throws IOException {
        Path copy = FirmwareImage.copy(disk, directory, program);
        long cylinders = (Files.size(copy) + CYLINDER_BYTES - 1) / CYLINDER_BYTES;
        try (RandomAccessFile file = new RandomAccessFile(copy.toFile(), "rw")) {
            file.setLength(cylinders * CYLINDER_BYTES);
        }
        Path configuration = directory.resolve("bochsrc");
        Files.writeString(
                configuration,
                CONFIGURATION.formatted(
                        processor,
                        count,
                        FILES.resolve("BIOS-bochs-latest"),
                        FILES.resolve("VGABIOS-lgpl-latest"),
                        copy,
                        cylinders,
                        HEADS,
                        SECTORS,
                        directory.resolve("console"),
                        directory.resolve("log")));
        Path commands = Files.writeString(directory.resolve("commands"), "c\n");
        String command = "bochs -q -f '%s' -rc '%s'".formatted(configuration, commands);
        ProcessBuilder builder =
                new ProcessBuilder("script", "-qec", command, "/dev/null")
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(directory.resolve("screen").toFile());
        builder.environment().put("TERM", "xterm");
        return builder.start();
    }
}
