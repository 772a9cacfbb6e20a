package dev.cortado.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/**
 * A disk with a cache of its own, which is lost with it: nbdkit's, of what was not flushed nothing
 * is in the file, and of what was being flushed something.
 */
final class CachingServer implements AutoCloseable {
    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path socket;
    private final Process process;

    /**
     * @param directory for its socket
     */
    CachingServer(Path directory, DiskImage disk) throws IOException {
        Assumptions.assumeTrue(isInstalled(), "nbdkit is not installed");
        socket = directory.resolve("nbd-" + System.nanoTime());
        List<String> command =
                List.of(
                        "nbdkit",
                        "--exit-with-parent",
                        "--unix=" + socket,
                        "--filter=cache",
                        "file",
                        disk.file().toString(),
                        "cache=writeback",
                        "cache-min-block-size=4096");
        process = new ProcessBuilder(command).inheritIO().start();
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (!Files.exists(socket)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new AssertionError(command + " does not serve");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean isInstalled() {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, "nbdkit")));
    }

    /** QEMU's option for a drive of that name. */
    List<String> drive(String name) {
        return List.of(
                "-drive",
                "if=none,format=raw,id="
                        + name
                        + ",file.driver=nbd,file.server.type=unix,file.server.path="
                        + socket);
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
