package dev.cortado.kernel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class InterruptGuardTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLISECOND = 1_000_000;

    private final LineModel line = new LineModel();

    /** The neighbour has something to do every millisecond, as often as told. */
    private void load(LineModel.Device neighbour, int times) {
        for (int i = 0; i < times; i++) {
            neighbour.work();
            line.run(MILLISECOND);
        }
    }

    @Test
    void whoRaisesItForEverIsMaskedAloneAndNamedOnce() {
        LineModel.Device disk = line.new Device("disk", true);
        LineModel.Device wild = line.new Device("wild", true);
        wild.raisesForEver = true;
        long before = DeviceFaults.count("wild", DeviceFaults.Kind.STORM);
        line.run(SECOND);
        assertEquals(1, DeviceFaults.count("wild", DeviceFaults.Kind.STORM) - before);
        assertTrue(wild.isMasked);
        assertFalse(disk.isMasked);
        assertTrue(line.guard.isPolled(wild.member));
        assertFalse(line.guard.isPolled(disk.member));
        assertEquals(
                List.of(
                        "wild: interrupts for ever by line 11, and nothing was done: masked, and"
                                + " looked at every 10 ms"),
                line.log);
        before = line.interrupts;
        load(disk, 1000);
        assertEquals(1000, disk.done);
        assertEquals(0, disk.longestDelay - LineModel.STEP, "the neighbour's interrupts");
        assertEquals(1000, line.interrupts - before);
        wild.raisesForEver = false;
        wild.work();
        line.run(SECOND);
        assertEquals(1, wild.done, "what is masked is polled");
    }

    @Test
    void whereNobodySaysWhoItIsTheLineIsMaskedAndAllArePolled() {
        LineModel.Device disk = line.new Device("disk", true);
        LineModel.Device wild = line.new Device("wild", false);
        wild.raisesForEver = true;
        line.run(SECOND);
        assertEquals(
                List.of(
                        "disk, wild: interrupts for ever by line 11, and nothing was done:"
                                + " masked, and looked at every 10 ms"),
                line.log);
        assertTrue(line.guard.isPolled(disk.member));
        long before = line.interrupts;
        load(disk, 1000);
        line.run(InterruptGuard.IDLE_POLL + MILLISECOND);
        assertEquals(before, line.interrupts);
        assertTrue(disk.done > 400, disk.done + " of 1000");
        assertEquals(-1, disk.doneAt);
        assertTrue(
                disk.longestDelay <= InterruptGuard.IDLE_POLL + LineModel.STEP,
                disk.longestDelay + " ns");
    }

    /** All others wait for ever at that moment. */
    @Test
    void whenALineIsMaskedAllAreWoken() {
        LineModel.Device disk = line.new Device("disk", false);
        line.new Device("wild", false).raisesForEver = true;
        while (!line.guard.isPolled(disk.member)) {
            line.step();
        }
        disk.work();
        line.step();
        assertEquals(1, disk.done);
    }

    @Test
    void whatWasMaskedIsTriedAndGoesOnWhenTheStormIsOver() {
        for (boolean tells : new boolean[] {true, false}) {
            LineModel model = new LineModel();
            LineModel.Device wild = model.new Device("wild", tells);
            wild.raisesForEver = true;
            model.run(SECOND);
            assertTrue(model.guard.isPolled(wild.member));
            wild.raisesForEver = false;
            model.run(MaskedTime.FIRST);
            assertFalse(model.guard.isPolled(wild.member));
            assertFalse(wild.isMasked);
            long before = model.interrupts;
            wild.work();
            model.step();
            assertEquals(1, wild.done);
            assertEquals(before + 1, model.interrupts);
            assertEquals(1, model.log.size());
        }
    }

    @Test
    void aStormWithoutAnEndIsTriedMoreAndMoreRarelyAndNotTold() {
        LineModel.Device wild = line.new Device("never", true);
        long before = DeviceFaults.count("never", DeviceFaults.Kind.STORM);
        wild.raisesForEver = true;
        line.run(100 * SECOND);
        // At 0, 10, 30 and 70 s.
        assertEquals(4, DeviceFaults.count("never", DeviceFaults.Kind.STORM) - before);
        assertEquals(4L * CauselessRun.LIMIT, line.interrupts);
        assertEquals(1, line.log.size());
    }

    @Test
    void aStormThatCameBackLaterIsToldAgain() {
        MaskedTime masked = new MaskedTime();
        assertTrue(masked.begin(0));
        assertFalse(masked.isOver(MaskedTime.FIRST - 1));
        assertTrue(masked.isOver(MaskedTime.FIRST));
        masked.end(MaskedTime.FIRST);
        assertFalse(masked.begin(MaskedTime.FIRST + 1));
        assertFalse(masked.isOver(2 * MaskedTime.FIRST));
        assertTrue(masked.isOver(3 * MaskedTime.FIRST + 1));
        masked.end(3 * MaskedTime.FIRST + 1);
        assertTrue(masked.begin(12 * MaskedTime.FIRST));
    }

    @Test
    void theLongestTimeIsTenMinutes() {
        MaskedTime masked = new MaskedTime();
        long now = 0;
        for (int i = 0; i < 20; i++) {
            masked.begin(now);
            long since = now;
            while (!masked.isOver(now)) {
                now += SECOND;
            }
            assertTrue(now - since <= MaskedTime.LONGEST, (now - since) + " ns");
            masked.end(now);
        }
    }

    @Test
    void whoeverLeavesMayHaveBeenTheCause() {
        LineModel.Device disk = line.new Device("disk", false);
        LineModel.Device wild = line.new Device("wild", false);
        wild.raisesForEver = true;
        line.run(SECOND);
        assertTrue(line.guard.isPolled(disk.member));
        line.devices.remove(wild);
        line.guard.leave(wild.member, line.now);
        assertFalse(line.guard.isPolled(disk.member));
    }

    /** More than a hundred a second, for hours. */
    @Test
    void thoseThatAreFarApartAreNoStorm() {
        CauselessRun run = new CauselessRun();
        long apart = CauselessRun.LONGEST / (CauselessRun.LIMIT - 1) + 1;
        for (int i = 1; i < 100 * CauselessRun.LIMIT; i++) {
            assertFalse(run.add(false, i * apart));
        }
        for (int i = 1; i < CauselessRun.LIMIT; i++) {
            assertFalse(run.add(false, Long.MIN_VALUE + i));
        }
        assertTrue(run.add(false, Long.MIN_VALUE + CauselessRun.LIMIT));
    }

    /** A host that has no time for the guest, now and then, does not hide it. */
    @Test
    void aStormMayHavePauses() {
        CauselessRun run = new CauselessRun();
        long now = 0;
        for (int i = 1; i < CauselessRun.LIMIT; i++) {
            now += i % 1000 == 0 ? 5 * SECOND : 1;
            assertFalse(run.add(false, now));
        }
        assertTrue(run.add(false, now + 1));
    }

    /**
     * Healthy devices: bursts of interrupts of which one finds what all were for, others look
     * between, hours of nothing.
     */
    @Test
    void aHealthyDeviceIsNeverMasked() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            LineModel model = new LineModel();
            InterruptGuard.Member one = model.guard.join(() -> {});
            InterruptGuard.Member other = model.guard.join(() -> {});
            long now = 0;
            for (int i = 0; i < 20_000; i++) {
                InterruptGuard.Member busy = random.nextInt(10) == 0 ? other : one;
                int late = random.nextInt(random.nextInt(200) + 1);
                int finds = random.nextInt(late + 1);
                for (int k = 0; k <= late; k++) {
                    now += 1 + random.nextInt(50_000);
                    model.guard.looked(busy, k == finds, now);
                    model.guard.looked(busy == one ? other : one, false, now);
                    assertTrue(model.guard.pass(random.nextInt(20) != 0, now));
                }
                now += random.nextInt(100) == 0 ? SECOND * random.nextInt(10_000) : 0;
            }
            assertEquals(List.of(), model.log);
        }
    }
}
