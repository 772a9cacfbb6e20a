package dev.cortado.runtime.random;

import dev.cortado.kernel.interrupt.InterruptTimes;
import java.util.function.LongConsumer;

/**
 * At which moments devices interrupted, which depends on others than this machine: on who sends
 * packets, and on disks. So many of them are worth one bit.
 */
public final class InterruptSource implements EntropySource {
    static final int INTERRUPTS_PER_BIT = 64;

    /** Most of a CPU's at once: the number that its moments are folded into has no more. */
    static final int MOST_BITS = Long.SIZE;

    /** Where a machine notes the moments, in a slot for each CPU. */
    interface Moments {
        /** They are noted from now on. Called again and again. */
        void start();

        int slots();

        /** All moments of a slot, folded into one number. */
        long fold(int slot);

        /** How many those are. */
        long count(int slot);
    }

    private final Moments moments;
    private final long[] seen;

    InterruptSource(Moments moments) {
        this.moments = moments;
        seen = new long[moments.slots()];
    }

    /** This machine's. */
    static final class OfMachine implements Moments {
        private InterruptTimes times;

        @Override
        public void start() {
            if (times == null) {
                times = InterruptTimes.start(); // not while the image is built
            }
        }

        @Override
        public int slots() {
            return InterruptTimes.SLOTS;
        }

        @Override
        public long fold(int slot) {
            return times.fold(slot);
        }

        @Override
        public long count(int slot) {
            return times.count(slot);
        }
    }

    @Override
    public void forget() {
        moments.start();
        for (int slot = 0; slot < seen.length; slot++) {
            seen[slot] = moments.count(slot);
        }
    }

    @Override
    public int gather(LongConsumer numbers) {
        moments.start();
        int bits = 0;
        for (int slot = 0; slot < seen.length; slot++) {
            long worth = (moments.count(slot) - seen[slot]) / INTERRUPTS_PER_BIT;
            if (worth > 0) {
                numbers.accept(moments.fold(slot));
                seen[slot] += worth * INTERRUPTS_PER_BIT;
                bits += (int) Math.min(worth, MOST_BITS);
            }
        }
        return bits;
    }
}
