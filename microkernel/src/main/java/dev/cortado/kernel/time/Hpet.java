package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.DeviceMemory;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * The main counter of the high precision event timer (IA-PC HPET Specification 1.0a), to measure
 * other clocks by. Only its lower 32 bits are used, which is enough for half a minute.
 */
final class Hpet {
    /** Bytes of its registers (2.3.1). */
    private static final int REGISTER_BYTES = 1024;

    /** General capabilities and ID (2.3.4): the period is in its upper half, in femtoseconds. */
    private static final int CAPABILITIES_PERIOD = 0x004;

    private static final int CONFIGURATION = 0x010;
    private static final int MAIN_COUNTER = 0x0f0;

    /** Of the configuration (2.3.5): the counter runs. */
    private static final int ENABLE_CNF = 1;

    /** COUNTER_CLK_PERIOD's limits: 100 ns by the specification, and one that no timer reaches. */
    private static final long LONGEST_PERIOD = 0x05f5_e100;

    private static final long SHORTEST_PERIOD = 100_000;

    /** A read takes some nanoseconds at least, so many of them longer than any period. */
    private static final int MAXIMUM_POLLS = 100_000;

    private static final long FEMTOSECONDS_PER_NANO = 1_000_000;

    private static Pointer registers;
    private static long period;

    private Hpet() {}

    /** Lets the counter run; false if there is none that counts. */
    @Uninterruptible(reason = Clock.REASON)
    static boolean start(long physical) {
        registers = WordFactory.pointer(DeviceMemory.map(physical, REGISTER_BYTES));
        if (registers.isNull()) {
            return false;
        }
        period = registers.readInt(CAPABILITIES_PERIOD) & 0xffff_ffffL;
        if (!isPlausible(period)) {
            return false;
        }
        registers.writeInt(CONFIGURATION, registers.readInt(CONFIGURATION) | ENABLE_CNF);
        int first = counter();
        for (int polls = 0; polls < MAXIMUM_POLLS; polls++) {
            if (counter() != first) {
                return true;
            }
        }
        return false;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean isPlausible(long femtoseconds) {
        return femtoseconds >= SHORTEST_PERIOD && femtoseconds <= LONGEST_PERIOD;
    }

    @Uninterruptible(reason = Clock.REASON)
    static int counter() {
        return registers.readInt(MAIN_COUNTER);
    }

    /** How much time has passed from one value of the counter to a later one, in nanoseconds. */
    @Uninterruptible(reason = Clock.REASON)
    static long nanos(int from, int to) {
        return nanos(from, to, period);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long nanos(int from, int to, long period) {
        return (to - from & 0xffff_ffffL) * period / FEMTOSECONDS_PER_NANO;
    }
}
