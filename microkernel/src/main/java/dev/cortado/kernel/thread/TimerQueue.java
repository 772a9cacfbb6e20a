package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.WordFactory;

/** Threads that wake up at a deadline, the earliest first. Interrupts are off. */
final class TimerQueue {
    private static KernelThread first;

    private TimerQueue() {}

    @Uninterruptible(reason = Scheduler.REASON)
    static void add(KernelThread thread) {
        KernelThread previous = WordFactory.nullPointer();
        KernelThread next = first;
        while (next.isNonNull() && next.getDeadline() <= thread.getDeadline()) {
            previous = next;
            next = next.getTimerNext();
        }
        thread.setTimerPrevious(previous);
        thread.setTimerNext(next);
        thread.setOnTimerQueue(1);
        if (previous.isNull()) {
            first = thread;
        } else {
            previous.setTimerNext(thread);
        }
        if (next.isNonNull()) {
            next.setTimerPrevious(thread);
        }
    }

    /** Does nothing if the thread is not on the queue. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void remove(KernelThread thread) {
        if (thread.getOnTimerQueue() == 0) {
            return;
        }
        KernelThread previous = thread.getTimerPrevious();
        KernelThread next = thread.getTimerNext();
        if (previous.isNull()) {
            first = next;
        } else {
            previous.setTimerNext(next);
        }
        if (next.isNonNull()) {
            next.setTimerPrevious(previous);
        }
        thread.setOnTimerQueue(0);
    }

    /** A thread whose deadline is not after {@code now}, or null. */
    @Uninterruptible(reason = Scheduler.REASON)
    static KernelThread firstExpired(long now) {
        return first.isNonNull() && first.getDeadline() <= now ? first : WordFactory.nullPointer();
    }

    /** The earliest deadline, {@link Scheduler#FOREVER} if nobody waits for one. */
    @Uninterruptible(reason = Scheduler.REASON)
    static long earliest() {
        return first.isNull() ? Scheduler.FOREVER : first.getDeadline();
    }
}
