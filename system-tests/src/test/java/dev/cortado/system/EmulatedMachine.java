package dev.cortado.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A probe on QEMU itself, whose own monitor is at hand: the machine can be stopped and saved. */
final class EmulatedMachine implements AutoCloseable {
    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** What is on the probe's console, and typed there. */
    final Session session;

    private final QemuMonitor monitor;

    /**
     * @param directory for the monitor's socket
     * @param options of QEMU
     */
    EmulatedMachine(String machine, String probe, Path directory, List<String> options) {
        Path socket = directory.resolve("monitor-" + System.nanoTime());
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-machine", machine));
        command.addAll(List.of("-accel", "tcg", "-cpu", "max", "-m", "128", "-nodefaults"));
        command.addAll(List.of("-no-reboot", "-display", "none", "-serial", "stdio"));
        command.addAll(List.of("-kernel", Probe.image().toString()));
        // What is typed is not to be shown between what the probe says.
        command.addAll(List.of("-append", "cortado.console=framed -- " + probe));
        command.addAll(List.of("-monitor", "unix:" + socket + ",server=on,wait=off"));
        command.addAll(options);
        session = new Session(command);
        monitor = new QemuMonitor(socket);
    }

    /** Types a command at the monitor, and returns when it has been carried out. */
    String command(String line) {
        return monitor.run(line);
    }

    /** Lets a machine run whose state comes in, which was stopped when it went out. */
    void proceed() {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        String status = command("info status");
        while (!status.contains("running")) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(status);
            }
            // Said before all of the state is there, it would be forgotten.
            if (!status.contains("inmigrate")) {
                command("cont");
            }
            status = command("info status");
        }
    }

    /** An empty disk that snapshots can be put on ("Qcow2 Image File Format", version 2). */
    static Path snapshots(Path directory) throws IOException {
        int cluster = 1 << 16;
        ByteBuffer image = ByteBuffer.allocate(4 * cluster);
        image.putInt(0x514649fb).putInt(2); // magic, version
        image.putLong(0).putInt(0).putInt(16); // no backing file, cluster_bits
        image.putLong(1 << 20).putInt(0); // size, not encrypted
        image.putInt(1).putLong(3 * cluster); // l1_size, l1_table_offset
        image.putLong(cluster).putInt(1); // refcount_table_offset, its clusters
        image.putInt(0).putLong(0); // no snapshots
        image.putLong(cluster, 2 * cluster); // the first refcount block
        for (int i = 0; i < 4; i++) {
            image.putShort(2 * cluster + 2 * i, (short) 1); // these four clusters are in use
        }
        return Files.write(directory.resolve("snapshots.qcow2"), image.array());
    }

    @Override
    public void close() {
        session.close();
        monitor.close();
    }
}
