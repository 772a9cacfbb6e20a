package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * libvirtd of Debian's packages (libvirt-daemon-system, libvirt-clients), in the foreground, which
 * knows of nothing that was on this machine before: its directories are its own, in a namespace of
 * mounts. That takes root.
 */
final class LibvirtDaemon implements AutoCloseable {
    private static final int NO_MOUNTS = 77;
    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long PAUSE_MILLIS = 50;

    private static final String START =
            """
            PATH="$PATH:/usr/sbin"
            for each in /etc/libvirt /var/lib/libvirt /run/libvirt /var/log/libvirt \\
                    /var/cache/libvirt; do
                mkdir -p "$each" && mount -t tmpfs none "$each" || exit %d
            done
            cp "$1/qemu.conf" /etc/libvirt/qemu.conf
            exec libvirtd --config "$1/libvirtd.conf" --pid-file "$1/pid"
            """
                    .formatted(NO_MOUNTS);

    private static final String DAEMON =
            """
            unix_sock_dir = "%s"
            auth_unix_ro = "none"
            auth_unix_rw = "none"
            log_outputs = "3:stderr"
            """;

    /** As root's QEMU, in no jail of the machine's, and with no other daemon for logs. */
    private static final String QEMU =
            """
            user = "root"
            group = "root"
            dynamic_ownership = 0
            security_driver = "none"
            stdio_handler = "file"
            namespaces = []
            cgroup_controllers = []
            """;

    private final Path directory;
    private final Process process;

    private LibvirtDaemon(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /** Starts it; the test is skipped where that is not possible. */
    static LibvirtDaemon start(Path directory) throws IOException, InterruptedException {
        String tools = "PATH=$PATH:/usr/sbin; command -v libvirtd virsh unshare";
        boolean isThere = Outcome.of(List.of("sh", "-c", tools), "").exitCode() == 0;
        assumeTrue(isThere, "the package libvirt-daemon-system is not installed");
        assumeTrue("root".equals(System.getProperty("user.name")), "that takes root");
        Files.writeString(directory.resolve("libvirtd.conf"), DAEMON.formatted(directory));
        Files.writeString(directory.resolve("qemu.conf"), QEMU);
        Process process =
                new ProcessBuilder(
                                "unshare", "--mount", "sh", "-c", START, "sh", directory.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        LibvirtDaemon daemon = new LibvirtDaemon(directory, process);
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (daemon.run("uri").exitCode() != 0) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                daemon.close();
                String log = Files.readString(directory.resolve("log"));
                assumeTrue(process.waitFor() != NO_MOUNTS, "no mounts here");
                throw new AssertionError("libvirtd does not start:\n" + log);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return daemon;
    }

    /** How it is reached. */
    String uri() {
        return "qemu+unix:///system?socket=" + directory.resolve("libvirt-sock");
    }

    /** The words that have virsh do that. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("virsh", "--quiet", "--connect", uri()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Outcome run(String... arguments) {
        return Outcome.of(command(arguments), "");
    }

    /** Has virsh do that, and returns what it says. */
    String virsh(String... arguments) {
        Outcome outcome = run(arguments);
        assertEquals(0, outcome.exitCode(), outcome.console());
        return outcome.console().strip();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }
}
