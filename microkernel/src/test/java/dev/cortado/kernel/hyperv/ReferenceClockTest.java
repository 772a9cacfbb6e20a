package dev.cortado.kernel.hyperv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferenceClockTest {
    private static final int TIME_REF_COUNT = 0x4000_0020;
    private static final int REFERENCE_TSC = 0x4000_0021;

    /** A counter of 2.5 GHz: 250 ticks are 100 ns. */
    private static final long SCALE = scale(2_500_000_000L);

    private final HypervModel machine = new HypervModel();
    private final ReferenceClock clock = new ReferenceClock(machine, machine, machine);

    private static long scale(long ticksPerSecond) {
        return BigInteger.ONE
                .shiftLeft(64)
                .multiply(BigInteger.valueOf(10_000_000))
                .divide(BigInteger.valueOf(ticksPerSecond))
                .longValue();
    }

    @BeforeEach
    void share() {
        machine.registers.put(REFERENCE_TSC, 0L);
        machine.registers.put(TIME_REF_COUNT, 77L);
        clock.usePage(HypervModel.VIRTUAL, HypervModel.PHYSICAL);
    }

    @Test
    void thePageIsSharedAndReservedBitsStay() {
        assertEquals(HypervModel.PHYSICAL | 1, machine.readMsr(REFERENCE_TSC));
        machine.registers.put(REFERENCE_TSC, 0xabcd_0554L);
        clock.usePage(HypervModel.VIRTUAL, HypervModel.PHYSICAL);
        assertEquals(HypervModel.PHYSICAL | 0x555, machine.readMsr(REFERENCE_TSC));
    }

    @Test
    void thePageTellsNanoseconds() {
        machine.tell(1, SCALE, 1000);
        machine.ticks = 2_500_000_000L;
        assertEquals(1_000_100_000L, clock.nanos(), 1);
        machine.ticks += 5;
        assertEquals(1_000_100_002L, clock.nanos(), 1);
        assertTrue(clock.isByTimeStampCounter());
    }

    @Test
    void itIsTheFormulaOfTheSpecification() {
        Random random = new Random(27);
        for (int i = 0; i < 10_000; i++) {
            long ticks = random.nextLong() >>> random.nextInt(4, 30);
            long scale = random.nextLong() >>> random.nextInt(4, 12);
            long offset = random.nextLong(1L << 40);
            machine.tell(1, scale, offset);
            machine.ticks = ticks;
            BigInteger product = BigInteger.valueOf(ticks).multiply(BigInteger.valueOf(scale));
            BigInteger expected =
                    product.multiply(BigInteger.valueOf(100))
                            .shiftRight(64)
                            .add(BigInteger.valueOf(offset * 100));
            if (expected.bitLength() < 62) {
                assertEquals(expected.longValueExact(), clock.nanos());
            }
        }
    }

    @Test
    void scalesOf64BitsAreUnsigned() {
        machine.tell(1, -1L << 62, 0);
        machine.ticks = 400;
        assertEquals(30_000, clock.nanos());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void withoutASequenceTheRegisterTells(int sequence) {
        machine.tell(sequence, SCALE, 0);
        machine.ticks = 1_000_000;
        assertEquals(77 * 100 + 99, clock.nanos());
        assertFalse(clock.isByTimeStampCounter());
    }

    @Test
    void withoutAPageTheRegisterTells() {
        ReferenceClock bare = new ReferenceClock(machine, machine, machine);
        assertEquals(77 * 100 + 99, bare.nanos());
        assertFalse(bare.isByTimeStampCounter());
    }

    /** It changes between two reads: never half of the one and half of the other. */
    @Test
    void changesAreSeenWholeOrNotAtAll() {
        machine.ticks = 250_000;
        for (int at = 0; at < 4; at++) {
            ReferenceClock fresh = new ReferenceClock(machine, machine, machine);
            fresh.usePage(HypervModel.VIRTUAL, HypervModel.PHYSICAL);
            machine.tell(1, SCALE, 0);
            fresh.nanos();
            int[] reads = {at};
            machine.beforeRead(() -> {
                if (reads[0]-- == 0) {
                    machine.tell(2, SCALE / 2, 4_000_000);
                }
            });
            long nanos = fresh.nanos();
            boolean isOld = Math.abs(nanos - 100_000) <= 1;
            boolean isNew = Math.abs(nanos - 400_050_000) < 100;
            assertTrue(isOld || isNew, at + ": " + nanos);
            machine.beforeRead(() -> {});
        }
    }

    @Test
    void aPageThatNeverRestsIsLeft() {
        int[] sequence = {1};
        machine.beforeRead(() -> machine.tell(++sequence[0], SCALE, 0));
        assertEquals(77 * 100 + 99, clock.nanos());
    }

    @Test
    void timesThatCannotBeAreNotTold() {
        machine.tell(1, SCALE, Long.MAX_VALUE);
        machine.ticks = 1_000_000;
        assertEquals(77 * 100 + 99, clock.nanos());
        machine.tell(1, SCALE, -1L << 60);
        assertEquals(77 * 100 + 99, clock.nanos());
    }

    /** The specification's time has units of 100 ns, and goes on where it was in these. */
    @Test
    void timeNeverGoesBackBetweenSequences() {
        Random random = new Random(4);
        long last = Long.MIN_VALUE;
        long offset = 5_000;
        machine.tell(1, SCALE, offset);
        for (int i = 0; i < 10_000; i++) {
            machine.ticks += random.nextInt(400);
            long units = Math.unsignedMultiplyHigh(machine.ticks, SCALE) + offset;
            if (random.nextInt(3) == 0) {
                machine.ticks = random.nextLong(1L << 40);
                offset = units - Math.unsignedMultiplyHigh(machine.ticks, SCALE);
                machine.tell(2 + i, SCALE, offset);
            }
            long nanos = clock.nanos();
            assertTrue(nanos >= last, "after " + last + " comes " + nanos);
            assertTrue(nanos >= units * 100 && nanos < units * 100 + 200, units + ": " + nanos);
            last = nanos;
        }
    }

    /** Both are the same counter, which the page knows better. */
    @Test
    void timeNeverGoesBackBetweenPageAndRegister() {
        Random random = new Random(3);
        long last = Long.MIN_VALUE;
        for (int i = 0; i < 10_000; i++) {
            machine.ticks += random.nextInt(400);
            machine.tell(random.nextInt(3), SCALE, 5_000);
            long units = Math.unsignedMultiplyHigh(machine.ticks, SCALE) + 5_000;
            machine.registers.put(TIME_REF_COUNT, units);
            long nanos = clock.nanos();
            assertTrue(nanos >= last, "after " + last + " comes " + nanos);
            assertTrue(Math.abs(nanos - units * 100) < 200, units + ": " + nanos);
            last = nanos;
        }
    }
}
