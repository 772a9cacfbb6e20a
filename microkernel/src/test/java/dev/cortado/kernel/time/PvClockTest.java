package dev.cortado.kernel.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.HypervisorPage;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Structures as Linux's virt/kvm/x86/msr.rst lays them out. */
final class PvClockTest {
    private static final int TIME = 0;
    private static final int WALL = 32;

    private static final class Page extends HypervisorPage {
        Page() {
            super(0);
        }

        void time(int version, long timestamp, long nanos, long multiplier, int shift) {
            bytes().putInt(TIME, version).putLong(TIME + 8, timestamp).putLong(TIME + 16, nanos);
            bytes().putInt(TIME + 24, (int) multiplier).put(TIME + 28, (byte) shift);
        }

        void wallClock(int version, int seconds, int nanos) {
            bytes().putInt(WALL, version).putInt(WALL + 4, seconds).putInt(WALL + 8, nanos);
        }
    }

    private final Page page = new Page();

    /** What the CPU's counter says. */
    private long counter;

    private final PvClock clock = new PvClock(page, () -> counter);

    @Test
    void bytesOfTheSpecification() {
        page.bytes()
                .put(
                        0,
                        HexFormat.ofDelimiter(" ")
                                .parseHex(
                                        "04 00 00 00 ff ff ff ff" // version, pad
                                                + " 00 e4 0b 54 02 00 00 00" // tsc_timestamp: 10e9
                                                + " 00 ca 9a 3b 00 00 00 00" // system_time: 1e9
                                                + " 00 00 00 80 00 01 ff ff")); // 0.5 ns a tick
        page.bytes()
                .put(
                        WALL,
                        HexFormat.ofDelimiter(" ").parseHex("02 00 00 00 80 43 6d 38 15 cd 5b 07"));
        assertTrue(clock.readTime(TIME));
        assertEquals(2_000_000_000, clock.ticksPerSecond());
        assertEquals(1_000_000_000, clock.nanosAt(10_000_000_000L));
        assertEquals(3_500_000_000L, clock.nanosAt(15_000_000_000L));
        assertTrue(clock.readWallClock(WALL));
        assertEquals(
                946_684_800_123_456_789L + 3_500_000_000L, clock.epochNanosAt(15_000_000_000L));
    }

    @Test
    void scaleIsThatOfTheFormula() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            long multiplier = random.nextLong(1L << 31, 1L << 32);
            int shift = random.nextInt(-4, 3);
            long timestamp = random.nextLong(1L << 50);
            long delta = random.nextLong(1L << 50);
            long nanos = random.nextLong(1L << 50);
            page.time(2, timestamp, nanos, multiplier, shift);
            assertTrue(clock.readTime(TIME));
            BigInteger scaled = BigInteger.valueOf(delta).shiftLeft(shift);
            long expected =
                    scaled.multiply(BigInteger.valueOf(multiplier)).shiftRight(32).longValue();
            assertEquals(nanos + expected, clock.nanosAt(timestamp + delta));
            long second = clock.nanosAt(timestamp + clock.ticksPerSecond()) - nanos;
            assertTrue(Math.abs(second - 1_000_000_000) < 32, second + " with shift " + shift);
        }
    }

    @Test
    void counterThatIsBehindItsTimestampDoesNotRunAway() {
        page.time(2, 1000, 77, 1L << 31, 0);
        assertTrue(clock.readTime(TIME));
        assertEquals(77, clock.nanosAt(999));
    }

    @Test
    void timeThatChangesWhileItIsReadIsReadAgain() {
        Random random = new Random(4);
        for (int i = 0; i < 10_000; i++) {
            int[] reads = {random.nextInt(1, 40)};
            int[] version = {2};
            page.time(2, 2_000, 2_000_000, 1L << 31, 0);
            page.beforeRead(() -> {
                reads[0]--;
                if (reads[0] == 0 || reads[0] % 3 == 0 && reads[0] > 0) {
                    version[0]++;
                    int changes = version[0] & ~1;
                    // At an odd version only the timestamp is new.
                    page.time(version[0], version[0] * 1_000L, changes * 1_000_000L, 1L << 31, 0);
                } else if (reads[0] < 0 && (version[0] & 1) == 1) {
                    version[0]++;
                    page.time(
                            version[0], version[0] * 1_000L, version[0] * 1_000_000L, 1L << 31, 0);
                }
            });
            assertTrue(clock.readTime(TIME));
            page.beforeRead(() -> {});
            long read = clock.nanosAt(0) / 1_000_000;
            assertEquals(0, read % 2);
            assertEquals(read * 1_000_000 + 500, clock.nanosAt(read * 1_000 + 1_000));
        }
    }

    @Test
    void whatMakesNoSenseIsNoClock() {
        assertFalse(clock.readTime(TIME), "all zero");
        page.time(3, 1, 1, 1L << 31, 0);
        assertFalse(clock.readTime(TIME), "for ever half changed");
        page.time(2, 1, 1, 0, 0);
        assertFalse(clock.readTime(TIME), "stands still");
        page.time(2, 1, 1, 1L << 31, 32);
        assertFalse(clock.readTime(TIME), "shifted too far");
        page.time(2, 1, 1, 1L << 31, -32);
        assertFalse(clock.readTime(TIME), "shifted too far down");
        assertFalse(clock.readWallClock(WALL), "all zero");
        page.wallClock(1, 1, 1);
        assertFalse(clock.readWallClock(WALL), "for ever half changed");
        page.wallClock(2, 1, 1_000_000_000);
        assertFalse(clock.readWallClock(WALL), "more than a second of nanoseconds");
        page.wallClock(2, 0, 0);
        assertFalse(clock.readWallClock(WALL), "1970");
        page.wallClock(2, -1, 0);
        assertTrue(clock.readWallClock(WALL), "2106");
    }

    /** One structure a CPU makes the same time of counters that differ. */
    @Test
    void countersThatDifferTellTheSameTime() {
        Random random = new Random(4);
        for (int i = 0; i < 1_000; i++) {
            long offset = random.nextLong(1L << 50);
            long up = random.nextLong(1L << 55);
            page.time(2, offset, 5_000, 1L << 31, 0);
            counter = offset + up;
            assertEquals(5_000 + up / 2, clock.now(TIME));
            page.time(2, offset, 5_000, 1L << 31, -2);
            assertEquals(5_000 + up / 8, clock.now(TIME));
        }
    }

    @Test
    void aTimeIsNotReadWhileItChanges() {
        int[] reads = {0};
        page.time(3, 1, 1, 1L << 31, 0);
        page.beforeRead(() -> {
            if (++reads[0] == 50) {
                page.time(4, 1_000, 77_000, 1L << 31, 0);
            }
        });
        counter = 1_200;
        assertEquals(77_100, clock.now(TIME));
        page.beforeRead(() -> {});
        page.time(5, 1_000, 77_000, 1L << 31, 0);
        assertEquals(77_100, clock.now(TIME), "does not wait for ever");
    }

    /** Bit 0 of the flags. */
    @Test
    void itSaysWhetherAllCpusHaveTheSameTime() {
        page.time(2, 1, 1, 1L << 31, -1);
        assertFalse(clock.isStable(TIME));
        page.bytes().put(TIME + 29, (byte) 1);
        assertTrue(clock.isStable(TIME));
        page.bytes().put(TIME + 29, (byte) 2);
        assertFalse(clock.isStable(TIME), "another flag");
    }

    @Test
    void aTimerIsNotSetTooEarly() {
        Random random = new Random(5);
        for (int i = 0; i < 100_000; i++) {
            page.time(2, 0, 0, random.nextLong(1L << 31, 1L << 32), random.nextInt(-2, 2));
            long nanos = random.nextLong(1L << random.nextInt(1, 50));
            counter = clock.ticks(TIME, nanos);
            long late = clock.now(TIME) - nanos;
            assertTrue(late >= 0 && late <= 20 + (nanos >>> 26), late + " of " + nanos);
        }
    }
}
