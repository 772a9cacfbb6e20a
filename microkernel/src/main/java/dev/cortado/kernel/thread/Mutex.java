package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawStructure;

/** A lock for threads; not recursive. All zero is unlocked. */
@RawStructure
public interface Mutex extends WaitQueue {
    /** The thread that holds it, or null. */
    @RawField
    KernelThread getOwner();

    @RawField
    void setOwner(KernelThread value);

    /** The operations on a mutex. */
    final class Operations {
        private Operations() {}

        @Uninterruptible(reason = Scheduler.REASON)
        public static void lock(Mutex mutex) {
            long flags = Scheduler.lock();
            lockHeld(mutex);
            Scheduler.unlock(flags);
        }

        /** The lock is held. */
        @Uninterruptible(reason = Scheduler.REASON)
        static void lockHeld(Mutex mutex) {
            if (mutex.getOwner().isNull()) {
                mutex.setOwner(Scheduler.current());
            } else {
                // The one who unlocks hands the mutex over, so that nobody overtakes for ever.
                Parking.block(mutex, Scheduler.FOREVER);
            }
        }

        @Uninterruptible(reason = Scheduler.REASON)
        public static void unlock(Mutex mutex) {
            long flags = Scheduler.lock();
            unlockHeld(mutex);
            Scheduler.unlock(flags);
        }

        /** The lock is held. */
        @Uninterruptible(reason = Scheduler.REASON)
        static void unlockHeld(Mutex mutex) {
            KernelThread next = (KernelThread) mutex.getFirst();
            mutex.setOwner(next);
            if (next.isNonNull()) {
                Parking.wakeOne(mutex);
            }
        }
    }
}
