package dev.cortado.runtime.share;

import dev.cortado.runtime.file.folder.Protocol;
import dev.cortado.runtime.file.fuse.Fuse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;

/** By QEMU's own virtiofsd, which only the superuser can start. Skipped where that cannot be. */
final class VirtiofsdTest extends QemuFolderContract {
    private static final Path PROGRAM = Path.of("/usr/lib/qemu/virtiofsd");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private Process daemon;

    @Override
    protected Protocol protocol() {
        return new Fuse();
    }

    /** A node is its file's. */
    @Override
    protected boolean needsNames() {
        return false;
    }

    @Override
    String device() {
        return "vhost-user-fs-device";
    }

    @Override
    List<String> options(Path shared) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is not installed");
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "not as root");
        Path socket = files.resolve("socket");
        daemon =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "-f",
                                "--socket-path=" + socket,
                                "-o",
                                "source=" + shared + ",xattr,announce_submounts,sandbox=chroot")
                        .redirectErrorStream(true)
                        .redirectOutput(files.resolve("log").toFile())
                        .start();
        long end = System.nanoTime() + PATIENCE;
        while (!Files.exists(socket)) {
            if (!daemon.isAlive() || System.nanoTime() > end) {
                throw new AssertionError(Files.readString(files.resolve("log")));
            }
            Thread.onSpinWait();
        }
        return List.of(
                "-chardev",
                "socket,id=folder,path=" + socket,
                "-device",
                "vhost-user-fs-device,bus=virtio-mmio-bus.0,chardev=folder,tag=folder");
    }

    @AfterEach
    void stopDaemon() throws Exception {
        if (daemon != null) {
            daemon.destroyForcibly().waitFor();
        }
    }
}
