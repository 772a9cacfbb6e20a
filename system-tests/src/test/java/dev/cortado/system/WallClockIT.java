package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The machine stands still, and its wall clock is right again within a second; time that has passed
 * for nobody is not on the monotonic clock.
 */
final class WallClockIT {
    private static final long STOOD_STILL_MILLIS = 4_000;

    /**
     * QEMU's clock counts from the last whole second before the machine was made
     * (rtc_set_date_from_host of hw/rtc/mc146818rtc.c): what it is behind the host by, nobody
     * inside can know.
     */
    private static final long CLOCK_BEHIND_MILLIS = 1_000;

    private static final long SECOND_NANOS = 1_000_000_000;
    private static final Pattern TIMES = Pattern.compile("time: (-?\\d+) (-?\\d+)\n");

    @TempDir private Path directory;

    /** What the guest says at once. */
    private record Times(long wallMillis, long nanos, long behindMillis) {}

    private EmulatedMachine boot(String machine, String... options) {
        EmulatedMachine booted = new EmulatedMachine(machine, "time", directory, List.of(options));
        booted.session.await("type\n");
        return booted;
    }

    private static Times ask(EmulatedMachine machine) {
        long before = System.currentTimeMillis();
        machine.session.type("now\n");
        Matcher matcher = TIMES.matcher(machine.session.await("\n"));
        assertTrue(matcher.find());
        long wall = Long.parseLong(matcher.group(1));
        long after = System.currentTimeMillis();
        long behind = wall < before ? before - wall : Math.min(0, after - wall);
        return new Times(wall, Long.parseLong(matcher.group(2)), behind);
    }

    /** It is now, and in a second it is right. */
    private static void assertRightWithinASecond(EmulatedMachine machine) {
        Times first = ask(machine);
        Times last = first;
        while (last.nanos - first.nanos < SECOND_NANOS) {
            last = ask(machine);
        }
        long behind = last.behindMillis;
        assertTrue(Math.abs(behind) <= 1_000 + CLOCK_BEHIND_MILLIS, behind + " ms behind");
    }

    /** The time that the guest must not notice passes. */
    private static void standStill() throws InterruptedException {
        Thread.sleep(STOOD_STILL_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"microvm,rtc=on", "q35", "pc"})
    void stopAndContinue(String kind) throws InterruptedException {
        try (EmulatedMachine machine = boot(kind)) {
            assertRightWithinASecond(machine);
            Times before = ask(machine);
            machine.command("stop");
            standStill();
            machine.command("cont");
            Times after = ask(machine);
            assertTrue(
                    after.nanos - before.nanos < STOOD_STILL_MILLIS * 1_000_000,
                    () -> before + " " + after);
            assertRightWithinASecond(machine);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"microvm,rtc=on", "q35"})
    void snapshot(String kind) throws IOException, InterruptedException {
        String disk = "if=none,format=qcow2,file=" + EmulatedMachine.snapshots(directory);
        try (EmulatedMachine machine = boot(kind, "-drive", disk)) {
            assertRightWithinASecond(machine);
            machine.command("savevm then");
            standStill();
            assertRightWithinASecond(machine);
            machine.command("loadvm then");
            assertRightWithinASecond(machine);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"microvm,rtc=on", "q35"})
    void migrationToAFileAndBack(String kind) throws InterruptedException {
        Path file = directory.resolve("state");
        try (EmulatedMachine machine = boot(kind)) {
            assertRightWithinASecond(machine);
            machine.command("stop");
            machine.command("migrate \"exec:cat > " + file + "\"");
            String status = machine.command("info migrate");
            assertTrue(status.contains("completed"), status);
        }
        standStill();
        String from = "exec:cat " + file;
        try (EmulatedMachine machine =
                new EmulatedMachine(kind, "time", directory, List.of("-incoming", from))) {
            machine.proceed();
            assertRightWithinASecond(machine);
        }
    }
}
