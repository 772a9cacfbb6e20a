package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A guest and its disk, which has a cache, are killed together again and again while files are
 * written. What the guest said to be forced is there: for e2fsprogs, which replay the journal of a
 * copy, and for the guest, which replays that of the disk itself and goes on.
 */
@EnabledIfSystemProperty(
        named = "cortado.powercuts",
        matches = "true",
        disabledReason = "two hundred starts of a machine, which take a quarter of an hour")
final class PowerCutIT {
    private static final int ROUNDS = Integer.getInteger("cortado.powercuts.rounds", 200);
    private static final long SEED = Long.getLong("cortado.powercuts.seed", 1);

    private static final long DISK_BYTES = 48 << 20;

    /** Most records that one writer writes before the power is cut, but for those on their way. */
    private static final int MOST_RECORDS = 24;

    /** Then so long, at most. */
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    /** One cut of so many comes early: when the guest starts, mounts and replays. */
    private static final int EARLY = 5;

    private static final long MOST_EARLY_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    @TempDir Path directory;

    @BeforeAll
    static void build() {
        DiskIT.image();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-b 4096", "-b 1024 -O ^metadata_csum,^64bit", "-b 1024 -J size=1"})
    void whatWasForcedIsThere(String made, TestReporter reporter) throws Exception {
        DiskImage disk =
                DiskImage.formatted(directory.resolve("disk"), DISK_BYTES, made.split(" "));
        ForcedWriters writers = new ForcedWriters(directory);
        Random random = new Random(SEED);
        int rounds = Math.max(1, ROUNDS / 3);
        for (int round = 0; round < rounds; round++) {
            String where = made + ", seed " + SEED + ", round " + round + ":\n";
            String console = untilTheCut(disk, writers, random);
            try {
                writers.hear(console);
                writers.look(disk, 1);
            } catch (AssertionError e) {
                throw new AssertionError(where + console, e);
            }
        }
        int starts = writers.starts();
        reporter.publishEntry(
                made, rounds + " cuts, " + starts + " starts, " + writers.records() + " records");
        assertTrue(starts * 2 > rounds, "most starts come as far as their first record");
    }

    /** What a guest says until it is killed. */
    private String untilTheCut(DiskImage disk, ForcedWriters writers, Random random)
            throws IOException {
        try (CachingServer server = new CachingServer(directory, disk);
                Session guest = new Session(command(server))) {
            if (random.nextInt(EARLY) == 0) {
                LockSupport.parkNanos(random.nextLong(MOST_EARLY_NANOS));
            } else {
                int writer = random.nextInt(ForcedWriters.COUNT);
                int record = writers.records(writer) + 1 + random.nextInt(MOST_RECORDS);
                guest.await("kept " + writer + " " + record + "\n");
                LockSupport.parkNanos(random.nextLong(MOST_NANOS));
            }
            // Together, but one of them is the first.
            if (random.nextBoolean()) {
                server.close();
            }
            guest.kill();
            server.close();
            return guest.awaitEnd().console();
        }
    }

    private static List<String> command(CachingServer server) {
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64"));
        command.addAll(List.of("-machine", "microvm,acpi=off", "-accel", "tcg", "-cpu", "max"));
        command.addAll(List.of("-m", "64", "-nodefaults", "-no-reboot", "-display", "none"));
        command.addAll(List.of("-serial", "stdio", "-kernel", DiskIT.image().toString()));
        command.addAll(
                List.of(
                        "-append",
                        "cortado.console=framed cortado.mount=/data=vda:ext4 -- force /data 1000"));
        command.addAll(server.drive("disk"));
        command.addAll(List.of("-device", "virtio-blk-device,drive=disk"));
        return command;
    }
}
