package dev.cortado.kernel.machine;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.thread.Parking;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.thread.WaitQueue;
import org.graalvm.nativeimage.c.struct.SizeOf;

/**
 * What somebody outside wants of the program: a signal, by its number on Linux, or that the monitor
 * look at its keys. An interrupt handler may ask; one thread waits, and does it in Java.
 */
public final class Requests {
    static final String REASON = "Asked for in an interrupt.";

    /** No signal has this number. */
    public static final int MONITOR = 0;

    public static final int SIGNAL_INTERRUPT = 2;
    public static final int SIGNAL_TERMINATE = 15;

    /** A bit each; asking twice before it is done is asking once. */
    private static int pending;

    private static WaitQueue waiting;

    private Requests() {}

    /** False: no memory. */
    @Uninterruptible(reason = REASON)
    public static boolean initialize() {
        waiting = (WaitQueue) Memory.allocateZeroed(SizeOf.get(WaitQueue.class));
        return waiting.isNonNull();
    }

    /**
     * Asks for one of the constants, or for another signal.
     *
     * @param what from 0 to 31
     */
    @Uninterruptible(reason = REASON)
    public static void ask(int what) {
        long flags = Scheduler.lock();
        askLocked(what);
        Scheduler.unlock(flags);
    }

    /** As {@link #ask}, for who holds {@link Scheduler#lock}. */
    @Uninterruptible(reason = REASON)
    public static void askLocked(int what) {
        pending |= 1 << what;
        if (waiting.isNonNull()) {
            Parking.wakeOne(waiting);
        }
    }

    /** Waits until something is asked for, and takes it all: a bit each. */
    @Uninterruptible(reason = REASON)
    public static int await() {
        long flags = Scheduler.lock();
        while (pending == 0) {
            Parking.block(waiting, Scheduler.FOREVER);
        }
        int taken = pending;
        pending = 0;
        Scheduler.unlock(flags);
        return taken;
    }

    /** Asks again for what could not be done. */
    @Uninterruptible(reason = REASON)
    public static void askAgain(int bits) {
        long flags = Scheduler.lock();
        pending |= bits;
        Scheduler.unlock(flags);
    }
}
