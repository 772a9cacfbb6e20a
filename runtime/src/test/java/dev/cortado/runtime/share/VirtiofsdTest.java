package dev.cortado.runtime.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.folder.FolderFileSystem;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.Protocol;
import dev.cortado.runtime.file.fuse.Fuse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** By QEMU's own virtiofsd, which only the superuser can start. Skipped where that cannot be. */
final class VirtiofsdTest extends QemuFolderContract {
    private static final Path PROGRAM = Path.of("/usr/lib/qemu/virtiofsd");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final List<Path> mounts = new ArrayList<>();
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

    /** As after a reset of the machine: it begins a session once only. */
    @Test
    void aSessionThatWasLeftIsBegunAgain() throws Exception {
        FolderFileSystem again =
                FolderFileSystem.mount(new Fuse(), server, Patience.USUAL, false, problem -> {});
        Inode file = again.create(again.root(), FileName.of("f"), 0600);
        assertEquals(0, again.attributes(file).size());
    }

    @Test
    void aServerThatDiesEndsCallsSoon() throws Exception {
        Patience patience = new Patience(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(1));
        FolderFileSystem files =
                FolderFileSystem.mount(new Fuse(), server, patience, false, problem -> {});
        daemon.destroyForcibly().waitFor();
        isBroken = true;
        Fails.with(Errno.EIO, () -> files.lookup(files.root(), FileName.of("f")));
        Fails.with(Errno.EIO, () -> files.attributes(files.root()));
    }

    /** Numbers of both file systems are the same ones, from 1 or 2 on. */
    @Test
    void aMountInTheFolderIsAFileSystemOfItsOwn() throws Exception {
        FolderFileSystem files =
                FolderFileSystem.mount(new Fuse(), server, Patience.USUAL, false, problem -> {});
        Inode root = files.root();
        List<Inode> found = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            Inode directory = files.makeDirectory(root, FileName.of(name), 0700);
            Path mounted = folder().resolve(name);
            assumeMounted("mount", "-t", "tmpfs", "none", mounted.toString());
            mounts.add(mounted);
            Inode top = files.lookup(root, FileName.of(name));
            assertNotEquals(directory, top);
            found.add(top);
            Inode file = files.create(top, FileName.of("f"), 0600);
            files.write(file, 0, ByteBuffer.wrap(name.getBytes()));
            found.add(file);
            assertEquals(root, files.parent(top));
            assertEquals(top, files.parent(files.makeDirectory(top, FileName.of("d"), 0700)));
        }
        assertEquals(4, new HashSet<>(found).size());
        found.forEach(each -> {
            try {
                files.retain(each);
            } catch (FileException e) {
                throw new AssertionError(e);
            }
        });
        ByteBuffer to = ByteBuffer.allocate(4);
        files.read(found.get(3), 0, to);
        assertEquals('b', to.get(0));
        assertEquals(Files.size(folder().resolve("a/f")), 1);
        found.forEach(files::release);
    }

    private static void assumeMounted(String... command) throws Exception {
        int exit = new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        Assumptions.assumeTrue(exit == 0, "nothing can be mounted here");
    }

    @AfterEach
    void unmount() throws Exception {
        for (Path each : mounts) {
            new ProcessBuilder("umount", "-l", each.toString()).start().waitFor();
        }
    }
}
