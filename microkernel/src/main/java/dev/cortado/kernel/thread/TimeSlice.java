package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.time.Timer;

/**
 * How long the running thread may keep the CPU while others of its level wait, and what the CPU's
 * timer is set to. Called on that CPU with {@link Scheduler#lock} held.
 */
final class TimeSlice {
    private static final long NANOS = 10_000_000;

    private TimeSlice() {}

    @Uninterruptible(reason = Scheduler.REASON)
    static void start(Processor processor, long now) {
        processor.setSliceEnd(now + NANOS);
        setTimer(processor);
    }

    /** Nobody else waits. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void end(Processor processor) {
        processor.setSliceEnd(Scheduler.FOREVER);
        setTimer(processor);
    }

    /**
     * To the end of the slice or the earliest deadline. A timer that fires early finds nothing to
     * do and is set again, so it is only ever moved to something earlier: the register is slow to
     * reach under a hypervisor.
     */
    @Uninterruptible(reason = Scheduler.REASON)
    static void setTimer(Processor processor) {
        long due = Numbers.min(processor.getSliceEnd(), Deadlines.earliest(processor));
        if (due < processor.getTimerDeadline()) {
            processor.setTimerDeadline(due);
            Timer.setDeadline(due);
        }
    }
}
