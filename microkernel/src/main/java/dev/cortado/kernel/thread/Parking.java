package dev.cortado.kernel.thread;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.list.NodeList;
import dev.cortado.kernel.time.Clock;
import org.graalvm.word.WordFactory;

/**
 * How threads wait and are woken. {@link Scheduler#lock} is held, by a thread that waits also when
 * it goes on: a wake-up between its check and its wait is not lost.
 */
public final class Parking {
    /** So many threads are woken before others may have the lock. */
    static final int MOST_AT_ONCE = 16;

    private static final WaitingCredit CREDIT = new WaitingCredit(new KernelThreadFields());

    /** How often a thread has handed its CPU over to another. */
    private static long handOvers;

    /** Numbers waits, in the order of their begin. */
    private static long waits;

    private Parking() {}

    /**
     * Puts the current thread on a queue until {@link #wakeOne} or {@link #wakeAll} takes it off or
     * the deadline has come.
     *
     * @param queue null to wait for the deadline alone
     * @param deadline in nanoseconds of the monotonic clock
     * @return false if it was the deadline
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public static boolean block(WaitQueue queue, long deadline) {
        KernelThread thread = Scheduler.current();
        long now = Clock.nanoTime();
        if (!prepareToBlock(thread, queue, deadline, now)) {
            return false;
        }
        ThreadSwitch.toNext(now);
        return thread.getTimedOut() == 0;
    }

    /**
     * Like {@link #block}, but hands the CPU and what is left of the time slice to {@code next}: no
     * run queue is passed, and the clock only read for a deadline or where {@link TimeAccount}
     * needs it.
     *
     * @param thread the current one, which waits on no queue
     * @param next it {@link #mayHandOver may have the CPU}
     * @param answers whether {@code next} waits for what the current thread has done
     */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    public static boolean handOver(
            KernelThread thread, KernelThread next, boolean answers, long deadline) {
        if (deadline != Scheduler.FOREVER && !addDeadline(thread, deadline)) {
            wake(next);
            return false;
        }
        if (next.getDeadline() != Scheduler.FOREVER) {
            Deadlines.remove(next);
            next.setDeadline(Scheduler.FOREVER);
        }
        Processor processor = thread.getRunsOn();
        thread.setState(KernelThread.BLOCKED);
        thread.setPausedOn(processor);
        thread.setInterruptFrame(0);
        next.setState(KernelThread.RUNNABLE);
        next.setPausedOn(WordFactory.nullPointer());
        handOvers++;
        ThreadSwitch.handOver(processor, thread, next, answers);
        return deadline == Scheduler.FOREVER || thread.getTimedOut() == 0;
    }

    /** False: it has come already. */
    @Uninterruptible(reason = Scheduler.REASON)
    private static boolean addDeadline(KernelThread thread, long deadline) {
        if (deadline <= Clock.nanoTime()) {
            return false;
        }
        Processor processor = thread.getRunsOn();
        thread.setTimedOut(0);
        Deadlines.add(processor, thread, deadline);
        ThreadTimer.set(processor);
        return true;
    }

    /**
     * Whether {@code next} may have the CPU of the current thread: it is blocked, on no queue, may
     * run here, where it ran last, and nobody of a higher level waits for this CPU.
     */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    public static boolean mayHandOver(KernelThread current, KernelThread next) {
        Processor processor = current.getRunsOn();
        return next.getPausedOn().equal(processor)
                && processor.getReschedule() == 0
                && !Placement.queue(processor).hasAbove(next.getLevel());
    }

    /** Whether others wait for the CPU of the current thread. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static boolean othersWait(KernelThread current) {
        return Placement.queue(current.getRunsOn()).count() > 0;
    }

    /** How often a thread has handed its CPU over. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long handOvers() {
        return handOvers;
    }

    /** False: the deadline has come already. */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    private static boolean prepareToBlock(
            KernelThread thread, WaitQueue queue, long deadline, long now) {
        if (deadline != Scheduler.FOREVER) {
            if (deadline <= now) {
                return false;
            }
            Deadlines.add(Processors.current(), thread, deadline);
        } else {
            thread.setDeadline(Scheduler.FOREVER);
        }
        thread.setState(KernelThread.BLOCKED);
        thread.setBlockedAt(now);
        thread.setTimedOut(0);
        thread.setInterruptFrame(0);
        thread.setWaitQueue(queue);
        if (queue.isNull()) {
            pause(thread);
        } else {
            thread.setWait(++waits);
            NodeList.Operations.append(queue, thread);
        }
        return true;
    }

    /** It may just have been told to run somewhere else. */
    @Uninterruptible(reason = Scheduler.REASON)
    private static void pause(KernelThread thread) {
        if (Placement.allows(thread, thread.getRunsOn().getId())) {
            thread.setPausedOn(thread.getRunsOn());
        }
    }

    /** Wakes the thread that has waited longest; false if none waits. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static boolean wakeOne(WaitQueue queue) {
        KernelThread thread = (KernelThread) queue.getFirst();
        if (thread.isNull()) {
            return false;
        }
        wake(thread);
        return true;
    }

    /**
     * Wakes all threads that are on the queue now. They may be many: the lock is given up now and
     * then, and interrupts are as they were then.
     *
     * @param flags what {@link Scheduler#lock} has returned
     * @return what {@link Scheduler#unlock} wants now
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public static long wakeAll(WaitQueue queue, long flags) {
        long held = flags;
        long last = waits;
        int woken = 0;
        KernelThread thread = (KernelThread) queue.getFirst();
        while (thread.isNonNull() && thread.getWait() <= last) {
            if (woken++ == MOST_AT_ONCE) {
                woken = 0;
                held = Scheduler.pause(held);
            } else {
                wake(thread);
            }
            thread = (KernelThread) queue.getFirst();
        }
        return held;
    }

    /** Wakes a blocked thread. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static void wake(KernelThread thread) {
        wake(thread, Clock.nanoTime());
    }

    @Uninterruptible(reason = Scheduler.REASON)
    static void wake(KernelThread thread, long now) {
        stopWaiting(thread, now);
        Scheduler.makeRunnable(thread, now);
    }

    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    private static void stopWaiting(KernelThread thread, long now) {
        thread.setPausedOn(WordFactory.nullPointer());
        WaitQueue queue = thread.getWaitQueue();
        if (queue.isNonNull()) {
            NodeList.Operations.remove(queue, thread);
            thread.setWaitQueue(WordFactory.nullPointer());
        }
        if (thread.getDeadline() != Scheduler.FOREVER) {
            Deadlines.remove(thread);
        }
        CREDIT.earn(thread.rawValue(), now - thread.getBlockedAt());
    }
}
