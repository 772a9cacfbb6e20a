package dev.cortado.runtime.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptSourceTest {
    private static final class TwoProcessors implements InterruptSource.Moments {
        private final long[] counts = new long[2];
        private boolean started;

        @Override
        public void start() {
            started = true;
        }

        @Override
        public int slots() {
            return 2;
        }

        @Override
        public long fold(int slot) {
            return 1000 * slot + counts[slot];
        }

        @Override
        public long count(int slot) {
            return counts[slot];
        }
    }

    private final TwoProcessors machine = new TwoProcessors();
    private final InterruptSource source = new InterruptSource(machine);
    private final List<Long> numbers = new ArrayList<>();

    @Test
    void momentsAreNotedFromTheFirstGatheringOn() {
        assertEquals(0, source.gather(numbers::add));
        assertTrue(machine.started);
    }

    @Test
    void manyInterruptsAreOneBit() {
        machine.counts[1] = 63;
        assertEquals(0, source.gather(numbers::add));
        assertEquals(List.of(), numbers);
        machine.counts[1] = 130;
        assertEquals(2, source.gather(numbers::add));
        assertEquals(List.of(1130L), numbers);
        machine.counts[1] = 191;
        assertEquals(0, source.gather(numbers::add), "three over and 61");
        machine.counts[1] = 192;
        assertEquals(1, source.gather(numbers::add));
    }

    @Test
    void whatCameBeforeTheMachineWasCopiedIsNotCounted() {
        machine.counts[0] = 100;
        source.forget();
        assertEquals(0, source.gather(numbers::add));
        machine.counts[0] = 164;
        assertEquals(1, source.gather(numbers::add));
    }

    @Test
    void aNumberIsWorthNoMoreThanItsBits() {
        machine.counts[0] = 1_000_000;
        machine.counts[1] = 64;
        assertEquals(64 + 1, source.gather(numbers::add));
        assertEquals(0, source.gather(numbers::add), "each interrupt counts once");
    }
}
