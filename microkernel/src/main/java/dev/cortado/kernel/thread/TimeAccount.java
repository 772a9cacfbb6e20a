package dev.cortado.kernel.thread;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.Uninterruptible;

/**
 * Who pays for the time of a CPU. A thread pays for what has passed since its time began, each time
 * that the clock is read when it loses the CPU.
 *
 * <p>The clock takes longer to read than a message takes to be handed over. So what a service does
 * for a caller who has handed it the CPU is on that caller's account, as if it had done the work
 * itself, until the service waits, loses the CPU or is asked for its time: then the caller pays,
 * and the service itself from there on. Who waits meanwhile earns no credit for it either.
 */
public final class TimeAccount {
    /** The running thread pays itself. */
    private static final long ITSELF = 0;

    private final ThreadFields threads;
    private final WaitingCredit credit;

    public TimeAccount(ThreadFields threads) {
        this.threads = threads;
        credit = new WaitingCredit(threads);
    }

    /** The running thread, or on whose account it runs, pays for the time until now. */
    @AlwaysInline("Threads are switched all the time.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    public void settle(long running, long now) {
        long payer = threads.payer(running) == ITSELF ? running : threads.payer(running);
        long ran = now - threads.switchedToAt(running);
        threads.setCpuNanos(payer, threads.cpuNanos(payer) + ran);
        credit.spend(payer, ran);
        threads.setPayer(running, ITSELF);
        threads.setSwitchedToAt(running, now);
    }

    /** The running thread hands its CPU to one that has waited, for work on its account. */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    public void lend(long running, long next) {
        long since = threads.switchedToAt(running);
        long payer = threads.payer(running);
        if (threads.blockedAt(next) < since) {
            credit.earn(next, since - threads.blockedAt(next));
        }
        threads.setPayer(next, payer == ITSELF ? running : payer);
        threads.setPayer(running, ITSELF);
        threads.setBlockedAt(running, since);
        threads.setSwitchedToAt(next, since);
    }

    /**
     * Hands the CPU back to whoever waits for what the running thread has done, if that is on their
     * account, or on that of whoever waits for them.
     *
     * <p>It goes by the time alone. A thread that began to wait for something else at the same
     * reading of the clock, such as the one whose wait let the payer run, is not told apart from
     * one that waits for this work: it runs on the payer's account until the clock is read, and
     * earns nothing for its wait.
     *
     * @return false if the clock has to be read, for {@link #settleBetween}
     */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    public boolean giveBack(long running, long next) {
        long since = threads.switchedToAt(running);
        long payer = threads.payer(running);
        if (payer == ITSELF || threads.blockedAt(next) != since) {
            return false;
        }
        threads.setPayer(next, payer == next ? ITSELF : payer);
        threads.setPayer(running, ITSELF);
        threads.setBlockedAt(running, since);
        threads.setSwitchedToAt(next, since);
        return true;
    }

    /** The running thread hands its CPU to one that has waited, and pays from here on itself. */
    @AlwaysInline("Where it is called from is out of the way already.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    public void settleBetween(long running, long next, long now) {
        settle(running, now);
        credit.earn(next, now - threads.blockedAt(next));
        threads.setBlockedAt(running, now);
        threads.setSwitchedToAt(next, now);
    }
}
