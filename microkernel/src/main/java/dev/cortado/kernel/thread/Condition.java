package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;

/** Waiting for a condition that a {@link Mutex} guards. The queue holds those who wait. */
public final class Condition {
    private Condition() {}

    /**
     * Unlocks the mutex, waits, locks it again; unlocking and waiting are one step.
     *
     * @param deadline in nanoseconds of the monotonic clock
     * @return false if the deadline came first
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public static boolean await(WaitQueue condition, Mutex mutex, long deadline) {
        long flags = Scheduler.lock();
        Mutex.Operations.unlockHeld(mutex);
        boolean signalled = Parking.block(condition, deadline);
        Mutex.Operations.lockHeld(mutex);
        Scheduler.unlock(flags);
        return signalled;
    }

    @Uninterruptible(reason = Scheduler.REASON)
    public static void signal(WaitQueue condition) {
        long flags = Scheduler.lock();
        Parking.wakeOne(condition);
        Scheduler.unlock(flags);
    }

    @Uninterruptible(reason = Scheduler.REASON)
    public static void broadcast(WaitQueue condition) {
        long flags = Scheduler.lock();
        Scheduler.unlock(Parking.wakeAll(condition, flags));
    }
}
