package dev.cortado.runtime.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EntropySourceTest {
    private static final LongConsumer NOBODY = number -> {};
    private static final int BEST = JitterSource.SAMPLES / 4;

    private static InstructionSource instruction(long... numbers) {
        var iterator = LongStream.of(numbers).iterator();
        Supplier<OptionalLong> next =
                () ->
                        iterator.hasNext()
                                ? OptionalLong.of(iterator.nextLong())
                                : OptionalLong.empty();
        return new InstructionSource(next, 64);
    }

    @Test
    void anInstructionThatFailsCountsForNothing() {
        assertEquals(0, instruction().gather(NOBODY));
    }

    @Test
    void anInstructionThatGivesTheSameForEverCountsForNothing() {
        InstructionSource stuck = instruction(5, 5, 5, 6);
        assertEquals(64, stuck.gather(NOBODY));
        assertEquals(0, stuck.gather(NOBODY));
        assertEquals(0, stuck.gather(NOBODY));
        assertEquals(64, stuck.gather(NOBODY));
    }

    @Test
    void zeroAndAllOnesCountForNothing() {
        InstructionSource broken = instruction(0, -1, 0, -1);
        for (int i = 0; i < 5; i++) {
            assertEquals(0, broken.gather(NOBODY));
        }
    }

    /** Of the second call, when the counter is known. */
    private static int jitter(LongSupplier counter) {
        JitterSource source = new JitterSource(counter);
        source.gather(NOBODY);
        return source.gather(NOBODY);
    }

    @Test
    void aCounterThatStandsStillCountsForNothing() {
        assertEquals(0, jitter(() -> 42));
    }

    @Test
    void aCounterThatGoesOnEvenlyCountsForNothing() {
        long[] count = {0};
        assertEquals(0, jitter(() -> count[0] += 1000));
    }

    @Test
    void aCounterThatGrowsEvenlyFasterCountsForNothing() {
        long[] count = {0, 0};
        assertEquals(0, jitter(() -> count[0] += ++count[1]));
    }

    /** As a clock of microseconds looks to a CPU that asks more often. */
    @Test
    void aCounterThatMovesSeldomCountsForNothing() {
        long[] count = {0};
        Random random = new Random(1);
        assertEquals(0, jitter(() -> count[0] += random.nextInt(20) == 0 ? 1000 : 0));
    }

    @Test
    void timesThatVaryCountForAQuarterOfABitEach() {
        long[] count = {0};
        Random random = new Random(1);
        int bits = jitter(() -> count[0] += 1000 + random.nextInt(100));
        assertTrue(bits > BEST * 8 / 10 && bits <= BEST, bits + " bits");
    }

    @Test
    void thisMachinesOwnClockIsFitForIt() {
        assertTrue(jitter(System::nanoTime) > 0);
    }
}
