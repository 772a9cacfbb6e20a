package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processors;

/**
 * At which moments devices on buses interrupted, and no CPU or timer of this machine, for who
 * gathers what nobody can predict. In an image where nobody does is none of it, see {@link #start}.
 */
public final class InterruptTimes {
    /** Numbered from 0, as CPUs are. */
    public static final int SLOTS = Processors.CAPACITY;

    /** Longs of a CPU's slot, a cache line, so that CPUs do not take it from each other. */
    private static final int STRIDE = 8;

    /** Of a slot: the moments, folded into one number. */
    private static final int FOLD = 0;

    /** Of a slot: how many. */
    private static final int COUNT = 1;

    /** So that a moment's last bits, the least predictable ones, come to all places in turn. */
    private static final int ROTATION = 7;

    private static final InterruptTimes ALL = new InterruptTimes();

    private final long[] slots = new long[SLOTS * STRIDE];

    private InterruptTimes() {}

    /** From now on interrupts are noted. */
    public static InterruptTimes start() {
        Interrupts.setTimes(ALL);
        return ALL;
    }

    /** An interrupt came, on this CPU. One that comes inside may be counted in its place. */
    @Uninterruptible(reason = Interrupts.REASON)
    void note() {
        int slot = Processors.online() == 0 ? 0 : Processors.current().getId() * STRIDE;
        long fold = slots[slot + FOLD];
        // Long.rotateLeft may not be called here.
        fold = fold << ROTATION | fold >>> Long.SIZE - ROTATION;
        slots[slot + FOLD] = fold ^ Cpu.readTimeStampCounter();
        slots[slot + COUNT]++;
    }

    /** All moments of a CPU's interrupts since they are noted, folded into one number. */
    public long fold(int slot) {
        return slots[slot * STRIDE + FOLD];
    }

    /** How many those are. */
    public long count(int slot) {
        return slots[slot * STRIDE + COUNT];
    }
}
