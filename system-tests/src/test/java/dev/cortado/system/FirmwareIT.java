package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk for any PC, by BIOS and by UEFI. */
@Timeout(600)
public final class FirmwareIT {
    private static final String GREETING = "Hello from Cortado";

    /** Where Debian's package ovmf has a key that some of its firmware knows. */
    private static final Path KEYS = Path.of("/usr/share/ovmf");

    private static final String KEY = "PkKek-1-snakeoil";
    private static final String KEY_PASSWORD = "pass:snakeoil";

    private static Path disk;

    @TempDir Path directory;

    @BeforeAll
    static void build() {
        disk = FirmwareImage.disk();
    }

    /** The arguments that build its disk. */
    public static List<String> buildCommand() {
        return FirmwareImage.buildCommand();
    }

    @ParameterizedTest
    @CsvSource({"bios,q35,1", "bios,pc,4", "uefi,q35,1", "uefi,q35,4", "uefi,pc,2"})
    void boots(String firmware, String machine, String cpus) {
        Outcome outcome = run(disk, firmware, machine, cpus, "hello");
        assertEquals(0, outcome.exitCode(), outcome.console());
        assertTrue(outcome.console().contains(GREETING), outcome.console());
    }

    private static Outcome run(
            Path image, String firmware, String machine, String cpus, String program) {
        assumeTrue(firmware.equals("bios") || hasKeys(), "the package ovmf is not installed");
        return Cortado.command(
                "run",
                "--firmware",
                firmware,
                "--machine",
                machine,
                "--cpus",
                cpus,
                "--timeout",
                "120",
                image.toString(),
                "--",
                program);
    }

    @ParameterizedTest
    @CsvSource({"bios,pc", "uefi,q35"})
    void showsTheTour(String firmware, String machine) {
        String expected = Program.tour().onHotSpot("").console();
        Outcome outcome = run(disk, firmware, machine, "2", "tour");
        assertEquals(0, outcome.exitCode(), outcome.console());
        String shown = Program.withoutLauncher(outcome.console());
        assertTrue(shown.endsWith(expected), shown);
    }

    @ParameterizedTest
    @CsvSource({"bios,pc", "uefi,q35"})
    void showsTheTourFromACompactDisc(String firmware, String machine) {
        Path started = FirmwareImage.copy(disk, directory, "tour");
        Path disc = directory.resolve("disc.iso");
        Outcome converted = Cortado.command("convert", started.toString(), disc.toString());
        assertEquals(0, converted.exitCode(), converted.console());
        try (Session session =
                FirmwareMachine.start(firmware, machine, "-cdrom", disc.toString())) {
            Outcome outcome = session.awaitEnd();
            assertEquals(0, outcome.exitCode(), outcome.console());
            String expected = Program.tour().onHotSpot("").console();
            String shown = Program.withoutLauncher(outcome.console());
            assertTrue(shown.endsWith(expected), shown);
        }
    }

    @ParameterizedTest
    @CsvSource({"bios,pc", "bios,q35", "uefi,pc", "uefi,q35"})
    void thePowerButtonRunsShutdownHooks(String firmware, String machine) {
        Path monitor = directory.resolve("monitor");
        try (Session session =
                        FirmwareMachine.start(
                                firmware,
                                machine,
                                "-monitor",
                                "unix:" + monitor + ",server=on,wait=off",
                                "-drive",
                                drive(FirmwareImage.copy(disk, directory, "wait-for-end")));
                QemuMonitor buttons = new QemuMonitor(monitor)) {
            session.await("ready\n");
            buttons.run("system_powerdown");
            session.await("hook has run\n");
            assertEquals(0, session.awaitEnd().exitCode());
        }
    }

    /** By ACPI, whose tables UEFI tells of: this machine has no other way to end. */
    @Test
    void switchesTheMachineOff() {
        String drive = drive(FirmwareImage.copy(disk, directory, "hello"));
        try (Session session = FirmwareMachine.start("uefi", "q35", "-drive", drive)) {
            session.await(GREETING);
            Outcome outcome = session.awaitEnd();
            assertEquals(0, outcome.exitCode(), outcome.console());
        }
    }

    @Test
    void secureBootStartsWhatIsSigned() {
        Path key = key();
        Path signed = FirmwareImage.signed(key, KEYS.resolve(KEY + ".pem"));
        Path started = FirmwareImage.copy(signed, directory, "hello");
        try (Session session = secureSession(started)) {
            session.await(GREETING);
            assertEquals(0, session.awaitEnd().exitCode());
        }
    }

    @Test
    void secureBootRefusesWhatIsNot() {
        key();
        try (Session session = secureSession(disk)) {
            String console = session.await("No bootable option or device was found");
            assertFalse(console.contains(GREETING), console);
        }
    }

    @Test
    void canBeInspected() {
        Outcome outcome = Cortado.command("inspect", disk.toString());
        assertEquals(0, outcome.exitCode(), outcome.console());
        assertTrue(outcome.console().contains("bios, uefi"), outcome.console());
    }

    /** The package's key, without its password. */
    private Path key() {
        Path encrypted = KEYS.resolve(KEY + ".key");
        assumeTrue(hasKeys(), "the package ovmf is not installed");
        Path key = directory.resolve("key.pem");
        List<String> command =
                List.of(
                        "openssl",
                        "pkcs8",
                        "-topk8",
                        "-nocrypt",
                        "-passin",
                        KEY_PASSWORD,
                        "-in",
                        encrypted.toString(),
                        "-out",
                        key.toString());
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            assertEquals(0, process.waitFor());
        } catch (IOException e) {
            assumeTrue(false, "openssl is not installed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return key;
    }

    private static boolean hasKeys() {
        return Files.exists(KEYS.resolve(KEY + ".key"));
    }

    private static String drive(Path image) {
        return "format=raw,snapshot=on,file=" + image;
    }

    private static Session secureSession(Path image) {
        return FirmwareMachine.startUefi(
                "q35,smm=on",
                "OVMF_CODE_4M.snakeoil.fd",
                "OVMF_VARS_4M.snakeoil.fd",
                List.of(
                        "-drive",
                        drive(image),
                        "-global",
                        "driver=cfi.pflash01,property=secure,value=on"));
    }
}
