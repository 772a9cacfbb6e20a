package dev.cortado.kernel.message;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.Parking;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.time.Clock;

/**
 * Before a thread blocks with its slot, it looks for a while whether its wait is over already: an
 * interrupt to another CPU, and one back, take twenty times as long as an answer that is ready
 * soon. Only if the last wait was ended from another CPU, never for one that runs on this CPU, and
 * not if others wait for this CPU; so where there is one CPU, nobody looks.
 *
 * <p>For as long as blocking would take at the most: whoever decides so never waits for twice as
 * long as had it known (Karlin, Li, Manasse, Owicki: "Empirical Studies of Competitive Spinning for
 * a Shared-Memory Multiprocessor", SOSP 1991). A virtual CPU that the hypervisor has stopped is
 * therefore waited for no longer than that. Who has looked in vain looks for half the time next,
 * and after a dozen times for the whole again: two that both block answer each other too late to be
 * seen in a short time, however fast they would be if both looked.
 */
public final class Spin {
    /** What it takes to block and be woken. */
    static final long MOST_NANOS = 30_000;

    static final long LEAST_NANOS = MOST_NANOS / 16;

    /** The clock is slower to read than the state. */
    private static final int LOOKS = 8;

    /** How often a thread has looked. */
    private static long count;

    private Spin() {}

    /** How often a thread has looked since boot, before it would have blocked. */
    public static long count() {
        return count;
    }

    /** The wait of a slot is over because of what this CPU does. The lock is held. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static void endedBy(MessageSlot slot, KernelThread thread) {
        slot.setEndedBy(thread.getProcessor() + 1);
    }

    /** Whether the slot's thread, the current one, is to look. The lock is held. */
    @Uninterruptible(reason = Scheduler.REASON)
    static boolean isWorthwhile(MessageSlot slot) {
        int here = slot.getThread().getProcessor() + 1;
        return slot.getEndedBy() != 0
                && slot.getEndedBy() != here
                && !Parking.othersWait(slot.getThread());
    }

    /** Looks. The lock is held, given back meanwhile, and held again on return. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void await(MessageSlot slot, long deadline) {
        long nanos = slot.getSpinNanos();
        long end = Numbers.min(deadline, Clock.nanoTime() + duration(nanos));
        count++;
        Scheduler.unlock(Cpu.FLAGS_INTERRUPTS, slot.getThread());
        boolean over = SlotWait.isOver(slot);
        while (!over && Clock.nanoTime() < end) {
            for (int i = 0; i < LOOKS && !over; i++) {
                Cpu.pause();
                over = SlotWait.isOver(slot);
            }
        }
        Scheduler.lock();
        slot.setSpinNanos(next(nanos, over));
    }

    /** For how long to look when a slot has this {@link MessageSlot#getSpinNanos}. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long duration(long nanos) {
        return nanos == 0 ? MOST_NANOS : Numbers.max(LEAST_NANOS, nanos);
    }

    /** The slot's next one. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long next(long nanos, boolean found) {
        return found ? 0 : (nanos == 0 ? MOST_NANOS : nanos) / 2;
    }
}
