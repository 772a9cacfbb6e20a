package dev.cortado.kernel.thread;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.Uninterruptible;

/**
 * Who pays for the time of a CPU. A thread pays for what has passed since its time began, each time
 * that the clock is read when it loses the CPU.
 *
 * <p>The clock takes longer to read than a message takes to be handed over. So what a service does
 * for a caller who has handed it the CPU, and answers without having waited, is on that caller's
 * account: its time goes on as if it had done the work itself. Who waits meanwhile earns no credit
 * for it either.
 */
public final class TimeAccount {
    private final ThreadFields threads;
    private final WaitingCredit credit;

    public TimeAccount(ThreadFields threads) {
        this.threads = threads;
        credit = new WaitingCredit(threads);
    }

    /** The running thread pays for the time until now. */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    public void settle(long running, long now) {
        long ran = now - threads.switchedToAt(running);
        threads.setCpuNanos(running, threads.cpuNanos(running) + ran);
        threads.setSwitchedToAt(running, now);
        credit.spend(running, ran);
    }

    /** The running thread hands its CPU to one that has waited. */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    public void handOver(long running, long next, long now) {
        settle(running, now);
        credit.earn(next, now - threads.blockedAt(next));
        threads.setBlockedAt(running, now);
        threads.setSwitchedToAt(next, now);
    }

    /**
     * Hands the CPU back to whoever waits for what the running thread has done, if that is on their
     * account.
     *
     * @return false if the clock has to be read, for {@link #handOver}
     */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    public boolean handBack(long running, long next) {
        long since = threads.switchedToAt(running);
        if (threads.blockedAt(next) != since) {
            return false;
        }
        threads.setBlockedAt(running, since);
        threads.setSwitchedToAt(next, since);
        return true;
    }
}
