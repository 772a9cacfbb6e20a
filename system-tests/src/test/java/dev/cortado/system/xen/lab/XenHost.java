package dev.cortado.system.xen.lab;

import dev.cortado.boot.disk.DiskLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A running machine with Xen and a dom0 that has xl. It has a directory that dom0 sees as {@code
 * /host}: images are copied there, logs are read from there.
 */
public final class XenHost implements AutoCloseable {
    /** So long at most takes a command in dom0 that does not wait for a guest. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String DIRECTORY = "/host";
    private static final int LINES = 60;

    /** Where dom0 keeps images. */
    private static final String IMAGES = "/tmp/images";

    private final QemuMonitor qemu;
    private final Path work;
    private final int port;
    private final Map<Path, String> kernels = new HashMap<>();

    XenHost(QemuMonitor qemu, Path work) {
        this.qemu = qemu;
        this.work = work;
        port = qemu.serverPort();
        // A snapshot knows neither these directories nor what time it is.
        check(
                """
                mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000 host /host &&
                mount -t 9p -o ro,cache=loose,trans=virtio,version=9p2000.L,msize=512000 lab /lab &&
                date -s @%d
                """
                        .formatted(System.currentTimeMillis() / 1000));
    }

    /**
     * Runs a shell's command in dom0. What it leaves in the background must not keep its output.
     */
    public CommandResult run(String command, Duration patience) {
        try (Connection connection = new Connection(port, command)) {
            return connection.result(patience);
        }
    }

    public CommandResult run(String command) {
        return run(command, PATIENCE);
    }

    /** Runs a command that has to succeed. */
    public String check(String command) {
        return check(command, PATIENCE);
    }

    public String check(String command, Duration patience) {
        CommandResult result = run(command, patience);
        if (result.exitCode() != 0) {
            throw new AssertionError(
                    "exit code %d from: %s%n%s"
                            .formatted(result.exitCode(), command, result.output()));
        }
        return result.output();
    }

    /** Starts a command to sit in front of. */
    public Terminal open(String command) {
        return new Terminal(new Connection(port, command));
    }

    /**
     * As it was at its start, but for its age: no domain but dom0, nothing of theirs, no logs. For
     * the next who uses it.
     */
    public void clear() {
        check(
                """
                xl list | tail -n +3 | while read -r name id rest; do xl destroy $id; done
                killall -q vchan-socket-proxy
                until [ $(xl list | wc -l) = 2 ]; do usleep 20000; done
                rm -rf /tmp/*
                """);
        // Saved domains need the room, so that images do not stay either.
        kernels.clear();
        for (Path file : Logs.files(work.resolve("log"))) {
            Logs.delete(file);
        }
    }

    /** Copies a file to dom0, which has it as {@code /host/NAME/FILE}. */
    public void copy(Path file, String name) {
        try {
            Path directory = Files.createDirectories(work.resolve(name));
            Files.copy(
                    file,
                    directory.resolve(file.getFileName()),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a domain and starts it. */
    public Domain create(DomainConfiguration configuration) {
        return create(configuration, "");
    }

    /** Creates a domain that does nothing until {@code xl unpause}. */
    public Domain createPaused(DomainConfiguration configuration) {
        return create(configuration, "-p");
    }

    private Domain create(DomainConfiguration configuration, String options) {
        String name = configuration.name();
        if (configuration.isDisk()) {
            copy(configuration.image(), name);
            writeArguments(configuration);
        }
        if (configuration.ramdisk() != null) {
            copy(configuration.ramdisk(), name);
        }
        // Dom0 copies them once more: xl maps a kernel, and over 9p every page would be a request.
        String directory = "/tmp/" + name;
        String kernel = configuration.isDisk() ? "" : kernel(configuration.image());
        try {
            Path own = Files.createDirectories(work.resolve(name));
            Files.writeString(own.resolve("domain.cfg"), configuration.text(directory, kernel));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        check("rm -rf %1$s && cp -r %2$s/%3$s %1$s".formatted(directory, DIRECTORY, name));
        check("xl create %s %s/domain.cfg".formatted(options, directory));
        return domain(name);
    }

    /** Where dom0 has an image that it boots: one for all domains that do. */
    private String kernel(Path image) {
        String known = kernels.get(image);
        if (known == null) {
            String directory = "image" + kernels.size();
            copy(image, directory);
            known = "%s/%s/%s".formatted(IMAGES, directory, image.getFileName());
            check("mkdir -p %1$s && cp -r %2$s/%3$s %1$s".formatted(IMAGES, DIRECTORY, directory));
            kernels.put(image, known);
        }
        return known;
    }

    private void writeArguments(DomainConfiguration configuration) {
        String arguments = configuration.argumentsOnDisk();
        if (arguments.isEmpty()) {
            return;
        }
        Path disk = work.resolve(configuration.name()).resolve(configuration.image().getFileName());
        try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            byte[] text = (arguments + "\0").getBytes(StandardCharsets.UTF_8);
            channel.write(ByteBuffer.wrap(text), DiskLayout.COMMAND_LINE_OFFSET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The domain of that name, whether it exists or not. */
    public Domain domain(String name) {
        return new Domain(this, name);
    }

    /** Xen's own console: its messages, dom0's, and what guests write to port 0xe9. */
    public String xenConsole() {
        return Logs.read(LabMachine.console(work));
    }

    /** The ends of all logs, for somebody who wants to know what went wrong. */
    public String report() {
        StringBuilder report = new StringBuilder();
        for (Path file : Logs.files(work.resolve("log"))) {
            report.append(Logs.tail(file, LINES));
        }
        return report.append(Logs.tail(LabMachine.console(work), LINES)).toString();
    }

    Path log(String name) {
        return work.resolve("log").resolve(name);
    }

    /** Ends the machine at once, with all that runs on it. */
    @Override
    public void close() {
        qemu.close();
        Logs.delete(work);
    }
}
