package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.time.Clock;
import dev.cortado.kernel.time.Timer;

/** What each CPU's timer is set to: the next thing that is due there, and what happens then. */
public final class ThreadTimer {
    /** What the timer of a CPU calls. */
    public static final InterruptHandler HANDLER = new Expired();

    /** As many threads one interrupt wakes; if more are due, the next one comes at once. */
    static final int MOST_AT_ONCE = 16;

    private ThreadTimer() {}

    /**
     * To the end of the turn or the earliest deadline. A timer that fires early finds nothing to do
     * and is set again, so it is only ever moved to something earlier: the register is slow to
     * reach under a hypervisor. The lock is held, on that CPU.
     */
    @Uninterruptible(reason = Scheduler.REASON)
    static void set(Processor processor) {
        // A turn that is over, or is about to be, ends as soon as its CPU may switch threads. Until
        // then the timer would fire for it at once, each time, and keep the CPU from that place.
        long end =
                processor.getReschedule() != 0
                        ? Scheduler.FOREVER
                        : Placement.turns(processor).end();
        long due = Numbers.min(end, Deadlines.earliest(processor));
        if (due < processor.getTimerDeadline()) {
            processor.setTimerDeadline(due);
            Timer.setDeadline(due);
        }
    }

    /** This CPU's timer has forgotten what it was set to. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static void setAgain() {
        long flags = Scheduler.lock();
        Processor processor = Processors.current();
        processor.setTimerDeadline(Scheduler.FOREVER);
        set(processor);
        SpinLock.release(SpinLock.SCHEDULER, flags);
    }

    /** Wakes whose deadline has come, ends a turn that is over. */
    private static final class Expired implements InterruptHandler {
        @Override
        @Uninterruptible(reason = Scheduler.REASON)
        public void handle() {
            long flags = Scheduler.lock();
            Processor processor = Processors.current();
            processor.setTimerDeadline(Scheduler.FOREVER);
            long now = Clock.nanoTime();
            KernelThread thread = Deadlines.firstExpired(processor, now);
            for (int i = 0; i < MOST_AT_ONCE && thread.isNonNull(); i++) {
                thread.setTimedOut(1);
                Parking.wake(thread, now);
                thread = Deadlines.firstExpired(processor, now);
            }
            if (Placement.turns(processor).end() <= now) {
                processor.setReschedule(1);
            }
            set(processor);
            SpinLock.release(SpinLock.SCHEDULER, flags);
        }
    }
}
