package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What starts over a network: by iPXE, which is in the ROMs of QEMU's cards, and by UEFI's PXE. */
@Timeout(600)
final class NetworkBootIT {
    private static final String LINUX = "hello.bzimage";
    private static final String UEFI = "programs.efi";

    /** Where the volume with that file is on a disk, as mtools are told. */
    private static final String VOLUME = "@@32K";

    @TempDir static Path files;

    @BeforeAll
    static void build() throws IOException {
        Path linux = Program.hello().imageFile("linux").resolveSibling(LINUX);
        Cortado.build(Program.hello(), linux, "--target", "bzimage");
        Files.copy(linux, files.resolve(LINUX));
    }

    @ParameterizedTest
    @CsvSource({"pc,virtio-net-pci", "q35,e1000"})
    void ipxeStartsABzImage(String machine, String card) {
        String console = run("bios", machine, card, LINUX);
        assertTrue(console.contains("Hello from Cortado\n"), console);
    }

    @Test
    void aBzImageGetsItsArguments() throws IOException {
        Files.writeString(
                files.resolve("script.ipxe"),
                "#!ipxe\nkernel " + LINUX + " cortado.no=word\nboot\n");
        String console = run("bios", "pc", "virtio-net-pci", "script.ipxe");
        assertTrue(console.contains("cortado: cortado.no=word is nothing that"), console);
    }

    /** Without a disk there are no arguments, as the program says. */
    @ParameterizedTest
    @CsvSource({"q35,virtio-net-pci", "pc,'virtio-net-pci,romfile='", "q35,e1000"})
    void uefiStartsTheFileOfADisk(String machine, String card) {
        Path file = files.resolve(UEFI);
        if (!Files.exists(file)) {
            List<String> command =
                    List.of(
                            "mcopy",
                            "-i",
                            FirmwareImage.disk() + VOLUME,
                            "::EFI/BOOT/BOOTX64.EFI",
                            file.toString());
            boolean isThere =
                    Outcome.of(List.of("sh", "-c", "command -v mcopy"), "").exitCode() == 0;
            assumeTrue(isThere, "the package mtools is not installed");
            Outcome copied = Outcome.of(command, "");
            assertEquals(0, copied.exitCode(), copied.console());
        }
        String console = run("uefi", machine, card, UEFI);
        assertTrue(console.contains("Name one of ["), console);
    }

    /** To the machine's end; returns what was on the console. */
    private static String run(String firmware, String machine, String card, String file) {
        List<String> options = new ArrayList<>();
        options.addAll(List.of("-netdev", "user,id=net,tftp=" + files + ",bootfile=" + file));
        options.addAll(List.of("-device", card + ",netdev=net,bootindex=0"));
        try (Session session = FirmwareMachine.start(firmware, machine, options)) {
            return session.awaitEnd().console();
        }
    }
}
