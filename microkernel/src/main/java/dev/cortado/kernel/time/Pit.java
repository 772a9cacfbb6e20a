package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;

/** Channel 2 of the 8254 interval timer, whose frequency is the same on every PC. */
final class Pit {
    static final long FREQUENCY = 1_193_182;

    private static final int CHANNEL_2 = 0x42;
    private static final int COMMAND = 0x43;
    private static final int GATE = 0x61;
    private static final int GATE_ENABLE = 1;
    private static final int SPEAKER = 2;
    private static final int OUTPUT = 1 << 5;
    private static final int CHANNEL_2_LOW_HIGH_MODE_0 = 0xb0;
    private static final int MAXIMUM_POLLS = 1_000_000;

    private Pit() {}

    /** Waits for {@code count} of its ticks; false if it does not count. */
    @Uninterruptible(reason = Clock.REASON)
    static boolean await(int count) {
        int gate = Cpu.in8(GATE) & ~(GATE_ENABLE | SPEAKER);
        Cpu.out8(GATE, gate);
        Cpu.out8(COMMAND, CHANNEL_2_LOW_HIGH_MODE_0);
        Cpu.out8(CHANNEL_2, count & 0xff);
        Cpu.out8(CHANNEL_2, count >>> 8);
        Cpu.out8(GATE, gate | GATE_ENABLE);
        for (int polls = 0; polls < MAXIMUM_POLLS; polls++) {
            if ((Cpu.in8(GATE) & OUTPUT) != 0) {
                return polls > 0; // at once: nothing is there
            }
        }
        return false;
    }
}
