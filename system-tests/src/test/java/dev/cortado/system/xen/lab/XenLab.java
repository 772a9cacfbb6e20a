package dev.cortado.system.xen.lab;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Xen and dom0, made of Debian's packages once and kept in a directory with a snapshot of the
 * booted machine, from which any number of machines start.
 */
public final class XenLab {
    private static final Duration BOOT = Duration.ofMinutes(4);
    private static final List<String> SCRIPTS =
            List.of("dom0-init", "serve", "device-model", "hotplug", "xenconsole", "domu-init");

    private final Path directory;
    private final Path version;

    private XenLab(Path directory) throws IOException {
        this.directory = directory;
        // Those who have another version of this code, or of QEMU, do not disturb each other.
        version = Files.createDirectories(directory.resolve(digest().substring(0, 12)));
    }

    /** Whether this machine is a Debian, whose packages it takes. */
    public static boolean isPossible() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "apt-get")));
    }

    /**
     * Puts it together unless that was done before. Who comes second, in this process or another,
     * waits.
     */
    public static synchronized XenLab in(Path directory) {
        try {
            XenLab lab = new XenLab(Files.createDirectories(directory).toRealPath());
            try (FileChannel channel =
                            FileChannel.open(
                                    lab.directory.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                lab.prepare();
            }
            return lab;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a machine with Xen. */
    public XenHost start() {
        Path work = LabMachine.directory(version.resolve("machines"));
        QemuMonitor qemu =
                new QemuMonitor(LabMachine.resume(this, work, memory()), work.resolve("qemu.log"));
        try {
            qemu.restore(state());
            return new XenHost(qemu, work);
        } catch (RuntimeException | Error e) {
            qemu.close();
            throw e;
        }
    }

    /** A domU with Linux, whose console is a shell. */
    public DomainConfiguration linux(DomainType type) {
        return new DomainConfiguration(type, outputs().resolve("vmlinux"))
                .ramdisk(outputs().resolve("linux.cpio"))
                .arguments("console=hvc0 quiet");
    }

    /** The files that the machine is booted with, and those that dom0 sees under /lab. */
    Path outputs() {
        return version.resolve("lab");
    }

    private Path memory() {
        return version.resolve("snapshot.memory");
    }

    private Path state() {
        return version.resolve("snapshot.state");
    }

    private void prepare() throws IOException {
        Path done = version.resolve("done");
        if (Files.exists(done)) {
            return;
        }
        Files.createDirectories(outputs());
        Parts parts = Parts.fetch(directory, outputs());
        Dom0Image image = new Dom0Image(parts);
        image.writeDom0(outputs().resolve("dom0.cpio"));
        image.writeDeviceModel(outputs().resolve("device-model.cpio"));
        image.writeDomU(outputs().resolve("linux.cpio"));
        takeSnapshot();
        Files.createFile(done);
    }

    private void takeSnapshot() throws IOException {
        Path work = LabMachine.directory(version.resolve("machines"));
        Path console = LabMachine.console(work);
        try (QemuMonitor qemu =
                new QemuMonitor(LabMachine.boot(this, work, memory()), work.resolve("qemu.log"))) {
            Polling.await(
                    BOOT,
                    () -> Logs.read(console).contains("dom0: ") || !qemu.isAlive(),
                    () -> "dom0 is not ready:\n" + Logs.read(console));
            if (!Logs.read(console).contains("dom0: ready")) {
                throw new IllegalStateException("dom0 does not start:\n" + Logs.read(console));
            }
            qemu.save(state());
        }
        Logs.delete(work);
    }

    /** Of all that the lab depends on, but for the versions of Debian's packages. */
    private static String digest() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String script : SCRIPTS) {
                try (InputStream contents = XenLab.class.getResourceAsStream(script)) {
                    digest.update(contents.readAllBytes());
                }
            }
            digest.update(LabMachine.description().getBytes(StandardCharsets.UTF_8));
            digest.update(Dom0Image.contents().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
