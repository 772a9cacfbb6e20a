package dev.cortado.kernel.thread;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Numbers;

/**
 * Threads that mostly wait go before those of their priority that compute: without this, whoever is
 * woken would wait for time slices to end. Waiting earns credit, a quarter of its time and not much
 * at most; running spends it; a thread that is woken with credit is one level higher until that is
 * spent. So two threads that wake each other all the time soon take turns with all others again.
 */
final class WaitingCredit {
    private static final long MOST_NANOS = 4_000_000;
    private static final int WAIT_DIVISOR = 4;

    private WaitingCredit() {}

    /** The thread has waited since {@link KernelThread#getBlockedAt}. */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    static void earn(KernelThread thread, long now) {
        long earned = thread.getCredit() + (now - thread.getBlockedAt()) / WAIT_DIVISOR;
        thread.setCredit(Numbers.min(MOST_NANOS, earned));
        boolean ahead = thread.getCredit() > 0 && thread.getBaseLevel() + 1 < RunQueue.LEVELS;
        thread.setLevel(ahead ? thread.getBaseLevel() + 1 : thread.getBaseLevel());
    }

    /** The thread has run for that long. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void spend(KernelThread thread, long nanos) {
        thread.setCredit(Numbers.max(-MOST_NANOS, thread.getCredit() - nanos));
    }

    /** What is left is not enough for what the thread has run since it was switched to. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void endIfSpent(KernelThread thread, long now) {
        if (thread.getCredit() <= now - thread.getSwitchedToAt()) {
            thread.setLevel(thread.getBaseLevel());
        }
    }
}
