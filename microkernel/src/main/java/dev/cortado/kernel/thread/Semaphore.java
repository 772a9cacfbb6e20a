package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawStructure;

/** A counting semaphore. All zero is one without permits. */
@RawStructure
public interface Semaphore extends WaitQueue {
    @RawField
    long getPermits();

    @RawField
    void setPermits(long value);

    /** The operations on a semaphore. */
    final class Operations {
        private Operations() {}

        /**
         * Takes a permit, or waits for one.
         *
         * @param deadline in nanoseconds of the monotonic clock
         * @return false if the deadline came first
         */
        @Uninterruptible(reason = Scheduler.REASON)
        public static boolean acquire(Semaphore semaphore, long deadline) {
            long flags = Scheduler.lock();
            boolean acquired = true;
            if (semaphore.getPermits() > 0) {
                semaphore.setPermits(semaphore.getPermits() - 1);
            } else {
                // A release hands its permit to the thread that it wakes.
                acquired = Parking.block(semaphore, deadline);
            }
            Scheduler.unlock(flags);
            return acquired;
        }

        /** Takes a permit if there is one. */
        @Uninterruptible(reason = Scheduler.REASON)
        public static boolean tryAcquire(Semaphore semaphore) {
            long flags = Scheduler.lock();
            boolean acquired = semaphore.getPermits() > 0;
            if (acquired) {
                semaphore.setPermits(semaphore.getPermits() - 1);
            }
            Scheduler.unlock(flags);
            return acquired;
        }

        /** Adds a permit unless there are {@code limit} already, or wakes a thread. */
        @Uninterruptible(reason = Scheduler.REASON)
        public static void release(Semaphore semaphore, long limit) {
            long flags = Scheduler.lock();
            if (!Parking.wakeOne(semaphore) && semaphore.getPermits() < limit) {
                semaphore.setPermits(semaphore.getPermits() + 1);
            }
            Scheduler.unlock(flags);
        }
    }
}
