package dev.cortado.drivers.vmware.backdoor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.kernel.time.TimeSource;
import org.junit.jupiter.api.Test;

final class VmwareTimeTest {
    private static final class Pc implements TimeSource {
        @Override
        public void initialize() {}

        @Override
        public void initializeProcessor() {}

        @Override
        public long nanoTime() {
            return 17;
        }

        @Override
        public long epochNanos() {
            return 5_000_000_000L;
        }

        @Override
        public long epochStep() {
            return 1_000_000_000;
        }
    }

    private long told;
    private final VmwareTime time = new VmwareTime(new Pc(), () -> told);

    @Test
    void theHostTellsMicroseconds() {
        told = 5_123_456_000L;
        time.initialize();
        assertEquals(5_123_456_000L, time.epochNanos());
        assertEquals(1_000, time.epochStep());
        assertEquals(17, time.nanoTime());
    }

    /** A host without that command, or none of VMware's. */
    @Test
    void withoutTheHostTheBatteryBackedClockTells() {
        told = TimeSource.UNKNOWN;
        time.initialize();
        assertEquals(5_000_000_000L, time.epochNanos());
        assertEquals(1_000_000_000, time.epochStep());
    }

    /** What is read must not change its meaning between two looks. */
    @Test
    void hostsThatStopTellingAreNotReplaced() {
        told = 5_123_456_000L;
        time.initialize();
        told = TimeSource.UNKNOWN;
        assertEquals(TimeSource.UNKNOWN, time.epochNanos());
        assertEquals(1_000, time.epochStep());
    }
}
