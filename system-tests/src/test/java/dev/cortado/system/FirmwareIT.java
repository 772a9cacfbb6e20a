package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** examples/hello on a disk for any PC, by BIOS and by UEFI. */
public final class FirmwareIT {
    private static final String GREETING = "Hello from Cortado";

    /** Where Debian's package ovmf has firmware, and a key that some of it knows. */
    private static final Path FIRMWARE = Path.of("/usr/share/OVMF");

    private static final Path KEYS = Path.of("/usr/share/ovmf");
    private static final String KEY = "PkKek-1-snakeoil";
    private static final String KEY_PASSWORD = "pass:snakeoil";

    private static Path disk;

    @TempDir Path directory;

    @BeforeAll
    static void build() {
        disk = Cortado.build(Program.hello(), file("hello.img"), "--target", "bare");
    }

    /** The arguments that build its disk. */
    public static List<String> buildCommand() {
        return Cortado.buildCommand(Program.hello(), file("hello.img"), "--target", "bare");
    }

    private static Path file(String name) {
        return Program.hello().imageFile("bare").resolveSibling(name);
    }

    @ParameterizedTest
    @CsvSource({"bios,q35,1", "bios,pc,4", "uefi,q35,1", "uefi,q35,4", "uefi,pc,2"})
    void boots(String firmware, String machine, String cpus) {
        assumeTrue(firmware.equals("bios") || hasOvmf(), "the package ovmf is not installed");
        Outcome outcome =
                Cortado.command(
                        "run",
                        "--firmware",
                        firmware,
                        "--machine",
                        machine,
                        "--cpus",
                        cpus,
                        "--timeout",
                        "120",
                        disk.toString());
        assertEquals(0, outcome.exitCode(), outcome.console());
        assertTrue(outcome.console().contains(GREETING), outcome.console());
    }

    /** By ACPI, whose tables UEFI tells of: this machine has no other way to end. */
    @Test
    void switchesTheMachineOff() {
        assumeTrue(hasOvmf(), "the package ovmf is not installed");
        try (Session session = session("q35", disk, "OVMF_CODE_4M.fd", "OVMF_VARS_4M.fd")) {
            session.await(GREETING);
            Outcome outcome = session.awaitEnd();
            assertEquals(0, outcome.exitCode(), outcome.console());
        }
    }

    @Test
    void secureBootStartsWhatIsSigned() {
        Path key = key();
        Path signed =
                Cortado.build(
                        Program.hello(),
                        file("signed.img"),
                        "--target",
                        "bare",
                        "--secure-boot-key",
                        key.toString(),
                        "--secure-boot-certificate",
                        KEYS.resolve(KEY + ".pem").toString());
        try (Session session = secureSession(signed)) {
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
        assumeTrue(Files.exists(encrypted) && hasOvmf(), "the package ovmf is not installed");
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

    private static boolean hasOvmf() {
        return Files.exists(FIRMWARE.resolve("OVMF_CODE_4M.fd"));
    }

    private static Session secureSession(Path image) {
        return session(
                "q35,smm=on",
                image,
                "OVMF_CODE_4M.snakeoil.fd",
                "OVMF_VARS_4M.snakeoil.fd",
                "-global",
                "driver=cfi.pflash01,property=secure,value=on");
    }

    private static Session session(
            String machine, Path image, String code, String variables, String... options) {
        String flash = "if=pflash,format=raw,unit=%d,%s,file=%s";
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-machine", machine));
        command.addAll(List.of("-accel", "tcg", "-cpu", "max", "-m", "256", "-nodefaults"));
        command.addAll(List.of("-no-reboot", "-display", "none", "-serial", "stdio"));
        command.addAll(
                List.of(
                        "-drive",
                        flash.formatted(0, "readonly=on", FIRMWARE.resolve(code)),
                        "-drive",
                        flash.formatted(1, "snapshot=on", FIRMWARE.resolve(variables)),
                        "-drive",
                        "format=raw,snapshot=on,file=" + image));
        command.addAll(List.of(options));
        return new Session(command);
    }
}
