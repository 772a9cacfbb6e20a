package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** examples/http as firmware and GRUB start it: curl gets its answer. */
@Timeout(600)
@EnabledIfSystemProperty(
        named = "cortado.hypervisors",
        matches = "true",
        disabledReason = "an image of its own, which takes some minutes more")
final class HttpFirmwareIT {
    private static final String ANSWER = "Hello from Cortado\n";
    private static final String KERNEL = "http.elf";

    private static Path disk;

    @TempDir Path directory;

    @BeforeAll
    static void build() {
        boolean hasCurl = Outcome.of(List.of("sh", "-c", "command -v curl"), "").exitCode() == 0;
        assumeTrue(hasCurl, "curl is not installed");
        disk = Cortado.build(Program.http(), "bare", "--target", "bare");
    }

    /** With as little memory as {@code cortado run} gives it, wherever UEFI puts the file. */
    @ParameterizedTest
    @CsvSource({"bios,pc", "bios,q35", "uefi,pc", "uefi,q35"})
    void answersFromADisk(String firmware, String machine) throws IOException {
        String drive = "format=raw,snapshot=on,file=" + disk;
        answers(firmware, machine, "-m", "128", "-drive", drive);
    }

    @ParameterizedTest
    @CsvSource({"bios,pc", "bios,q35", "uefi,pc", "uefi,q35"})
    void answersByGrub(String firmware, String machine) throws IOException {
        GrubDisc.assumePossible();
        Path kernel = directory.resolve(KERNEL);
        Outcome made = Cortado.command("convert", disk.toString(), kernel.toString());
        assertEquals(0, made.exitCode(), made.console());
        Path disc = GrubDisc.of(directory, kernel, "multiboot2 /boot/" + KERNEL);
        answers(firmware, machine, "-cdrom", disc.toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void answers(String firmware, String machine, String... options)
            throws IOException {
        int port = freePort();
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(
                List.of(
                        "-netdev",
                        "user,id=net,hostfwd=tcp:127.0.0.1:" + port + "-:8080",
                        "-device",
                        "virtio-net-pci,netdev=net,romfile="));
        try (Session session = FirmwareMachine.start(firmware, machine, all)) {
            session.await("Listening on port 8080");
            session.await("cortado: eth0 10.0.2.15/24");
            String site = "http://127.0.0.1:" + port + "/";
            Outcome answer = Outcome.of(List.of("curl", "-sS", "-m", "60", site), "");
            assertEquals(ANSWER, answer.console());
        }
    }
}
