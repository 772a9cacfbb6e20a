package dev.cortado.image.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program, which only the superuser can start. Skipped where that cannot be. */
final class VirtiofsdTest {
    private static final int LONGER_THAN_SOCKETS = 120;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    @TempDir Path directory;

    private Path folder;
    private Path sockets;

    @BeforeEach
    void prepare() throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/lib/qemu/virtiofsd")), "it is not installed");
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "not as root");
        directory = directory.toRealPath();
        folder = Files.createDirectory(directory.resolve("folder"));
        sockets = Files.createDirectory(directory.resolve("sockets"));
    }

    private ShareRequest request() {
        return ShareRequest.of(List.of(folder + ":/a", folder + ":/b,virtiofs"));
    }

    @Test
    void eachFolderThatNeedsOneHasAServerThatListens() throws IOException {
        Path socket = sockets.resolve("share1");
        try (Virtiofsd servers = Virtiofsd.start(request(), sockets, UnaryOperator.identity())) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                assertTrue(channel.connect(UnixDomainSocketAddress.of(socket)));
            }
            assertFalse(Files.exists(sockets.resolve("share0")), "QEMU serves it itself");
            Files.createFile(sockets.resolve("share1.pid")); // as later ones do
        }
        try (Stream<Path> left = Files.list(sockets)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void oneThatDoesNotStartSaysWhy() throws IOException {
        Path far = Files.createDirectory(sockets.resolve("x".repeat(LONGER_THAN_SOCKETS)));
        UserError e =
                assertThrows(
                        UserError.class,
                        () -> Virtiofsd.start(request(), far, UnaryOperator.identity()));
        String begin = "--share " + folder + ": /usr/lib/qemu/virtiofsd does not start: ";
        assertTrue(e.getMessage().startsWith(begin), e.getMessage());
        assertTrue(e.getMessage().length() > begin.length() + 10, e.getMessage());
    }

    /** Starts one and is ended. */
    static final class Ended {
        private Ended() {}

        public static void main(String[] arguments) throws IOException {
            ShareRequest request = ShareRequest.of(List.of(arguments[0] + ":/b,virtiofs"));
            Virtiofsd.start(request, Path.of(arguments[1]), UnaryOperator.identity());
            System.exit(0);
        }
    }

    /** QEMU, whose end is theirs, has not connected to them yet. */
    @Test
    void theyEndWithWhoHasStartedThem() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        Process process =
                new ProcessBuilder(
                                java,
                                "-cp",
                                classes,
                                Ended.class.getName(),
                                folder.toString(),
                                sockets.toString())
                        .inheritIO()
                        .start();
        assertEquals(0, process.waitFor());
        long end = System.nanoTime() + PATIENCE;
        while (isServed()) {
            assertTrue(System.nanoTime() - end < 0, "the server is still there");
            Thread.onSpinWait();
        }
        try (Stream<Path> left = Files.list(sockets)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private boolean isServed() {
        return ProcessHandle.allProcesses()
                .map(each -> each.info().commandLine().orElse(""))
                .anyMatch(each -> each.contains("source=" + folder));
    }
}
