package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What GRUB starts, from a disc of grub-mkrescue's, on BIOS and on UEFI. */
@Timeout(600)
final class GrubIT {
    private static final String GREETING = "Hello from Cortado\n";
    private static final String KERNEL = "kernel.elf";
    private static final String LINUX = "hello.bzimage";

    @TempDir static Path files;

    @TempDir Path directory;

    @BeforeAll
    static void build() throws IOException {
        GrubDisc.assumePossible();
        convert(FirmwareImage.disk(), files.resolve(KERNEL));
        Path linux = Program.hello().imageFile("linux").resolveSibling(LINUX);
        Cortado.build(Program.hello(), linux, "--target", "bzimage");
        Files.copy(linux, files.resolve(LINUX));
    }

    private static void convert(Path disk, Path kernel) {
        Outcome outcome = Cortado.command("convert", disk.toString(), kernel.toString());
        assertEquals(0, outcome.exitCode(), outcome.console());
    }

    @ParameterizedTest
    @CsvSource({"bios,pc,hello", "uefi,q35,hello", "bios,q35,tour", "uefi,pc,tour"})
    void startsAKernelByMultiboot2(String firmware, String machine, String program)
            throws IOException {
        String console = run(firmware, machine, "multiboot2 /boot/" + KERNEL + " " + program);
        String expected =
                program.equals("tour") ? Program.tour().onHotSpot("").console() : GREETING;
        assertTrue(Program.withoutLauncher(console).contains(expected), console);
    }

    /** Where there is UEFI, the loader tells of ACPI by UEFI's table only. */
    @ParameterizedTest
    @CsvSource({"bios,q35", "uefi,q35", "uefi,pc"})
    void startsABzImage(String firmware, String machine) throws IOException {
        String console = run(firmware, machine, "linux /boot/" + LINUX);
        assertTrue(console.contains(GREETING), console);
    }

    @ParameterizedTest
    @CsvSource({"bios,pc", "uefi,q35"})
    void aBzImageGetsItsArguments(String firmware, String machine) throws IOException {
        String console = run(firmware, machine, "linux /boot/" + LINUX + " cortado.no=word");
        assertTrue(console.contains("cortado: cortado.no=word is nothing that"), console);
    }

    /** As UEFI's own application, without what GRUB knows of Linux. */
    @Test
    void chainsToABzImage() throws IOException {
        String console = run("uefi", "q35", "chainloader /boot/" + LINUX);
        assertTrue(console.contains(GREETING), console);
    }

    @Test
    void chainsToABzImageWithArguments() throws IOException {
        String console = run("uefi", "q35", "chainloader /boot/" + LINUX + " cortado.no=word");
        assertTrue(console.contains("cortado: cortado.no=word is nothing that"), console);
    }

    @Test
    void qemusUefiStartsABzImage() {
        assumeTrue(Files.exists(Path.of("/usr/share/OVMF")), "the package ovmf is not installed");
        String image = files.resolve(LINUX).toString();
        Outcome outcome = Cortado.command("run", "--firmware", "uefi", "--timeout", "120", image);
        assertEquals(0, outcome.exitCode(), outcome.console());
        assertTrue(outcome.console().contains(GREETING), outcome.console());
    }

    /** To the machine's end; returns what was on the console. */
    private String run(String firmware, String machine, String entry) throws IOException {
        Path image = files.resolve(Path.of(entry.split(" ")[1]).getFileName());
        Path disc = GrubDisc.of(directory, image, entry);
        try (Session session =
                FirmwareMachine.start(firmware, machine, "-cdrom", disc.toString())) {
            return session.awaitEnd().console();
        }
    }
}
