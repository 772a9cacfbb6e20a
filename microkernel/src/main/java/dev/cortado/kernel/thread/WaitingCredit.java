package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Numbers;

/**
 * Threads that mostly wait go before those of their priority that compute: without this, whoever is
 * woken would wait for time slices to end. Waiting earns credit, a quarter of its time and not much
 * at most; running spends it; a thread that is woken with credit is one level higher until that is
 * spent. So two threads that wake each other all the time soon take turns with all others again.
 */
public final class WaitingCredit {
    private static final long MOST_NANOS = 4_000_000;
    private static final int WAIT_DIVISOR = 4;

    private final ThreadFields threads;

    public WaitingCredit(ThreadFields threads) {
        this.threads = threads;
    }

    /** The thread has waited for that long. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void earn(long thread, long nanos) {
        long earned = threads.credit(thread) + nanos / WAIT_DIVISOR;
        long credit = Numbers.min(MOST_NANOS, earned);
        int level = threads.baseLevel(thread);
        threads.setCredit(thread, credit);
        threads.setLevel(thread, credit > 0 && level + 1 < RunQueue.LEVELS ? level + 1 : level);
    }

    /** The thread has run for that long. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void spend(long thread, long nanos) {
        threads.setCredit(thread, Numbers.max(-MOST_NANOS, threads.credit(thread) - nanos));
    }

    /** The running thread has run for that long, and may have spent all. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void endIfSpent(long thread, long nanos) {
        if (threads.credit(thread) <= nanos) {
            threads.setLevel(thread, threads.baseLevel(thread));
        }
    }
}
