package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.time.Clock;
import dev.cortado.kernel.time.Timer;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * Who runs: round robin among the runnable threads, each for at most a time slice while others
 * wait. Preemptive; without a periodic tick: the timer is set to the next thing that is due.
 *
 * <p>The kernel lock is "interrupts off" on the one CPU; a method whose comment says so expects its
 * caller to hold it.
 */
public final class Scheduler {
    public static final String REASON = "The scheduler must not be rescheduled, nor allocate.";

    /** A deadline that never comes. */
    public static final long FOREVER = Timer.NEVER;

    private static final long TIME_SLICE_NANOS = 10_000_000;

    private static WaitQueue runQueue;
    private static KernelThread current;
    private static KernelThread idle;
    private static boolean reschedule;
    private static long sliceEnd = FOREVER;

    private Scheduler() {}

    /** What the timer calls. */
    public static final InterruptHandler TIMER_HANDLER = new TimerExpired();

    /** The code that runs now, on the boot stack, becomes the idle thread. False: no memory. */
    @Uninterruptible(reason = REASON)
    public static boolean initialize() {
        idle = KernelThreads.allocate();
        Pointer queue = KernelThreads.allocateZeroed(SizeOf.get(WaitQueue.class));
        if (idle.isNull() || queue.isNull()) {
            return false;
        }
        runQueue = (WaitQueue) queue;
        current = idle;
        return true;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static KernelThread current() {
        return current;
    }

    /** Runs other threads whenever there are any, and halts otherwise. Interrupts are off. */
    @Uninterruptible(reason = REASON)
    public static void idle() {
        while (true) {
            if (runQueue.getFirst().isNonNull()) {
                switchToNext();
            } else {
                Timer.setDeadline(TimerQueue.earliest());
                Cpu.waitForInterrupt();
            }
        }
    }

    /** Makes a new or blocked thread runnable. The kernel lock is held. */
    @Uninterruptible(reason = REASON)
    static void makeRunnable(KernelThread thread) {
        thread.setState(KernelThread.RUNNABLE);
        ThreadQueue.append(runQueue, thread);
        if (current.equal(idle)) {
            reschedule = true;
        } else if (sliceEnd == FOREVER) {
            startSlice(Clock.nanoTime());
        }
    }

    /**
     * Puts the current thread on a queue until {@link #wakeOne} or {@link #wakeAll} takes it off or
     * the deadline has come. The kernel lock is held, and held again on return; a wake-up between
     * the caller's check and the wait is therefore not lost.
     *
     * @param queue null to wait for the deadline alone
     * @param deadline in nanoseconds of the monotonic clock
     * @return false if it was the deadline
     */
    @Uninterruptible(reason = REASON)
    public static boolean block(WaitQueue queue, long deadline) {
        KernelThread thread = current;
        if (deadline != FOREVER) {
            if (deadline <= Clock.nanoTime()) {
                return false;
            }
            thread.setDeadline(deadline);
            TimerQueue.add(thread);
        }
        thread.setState(KernelThread.BLOCKED);
        thread.setTimedOut(0);
        thread.setWaitQueue(queue);
        if (queue.isNonNull()) {
            ThreadQueue.append(queue, thread);
        }
        switchToNext();
        return thread.getTimedOut() == 0;
    }

    /** Wakes the thread that has waited longest; false if none waits. The kernel lock is held. */
    @Uninterruptible(reason = REASON)
    public static boolean wakeOne(WaitQueue queue) {
        KernelThread thread = queue.getFirst();
        if (thread.isNull()) {
            return false;
        }
        wake(thread);
        return true;
    }

    /** Wakes all threads on the queue. The kernel lock is held. */
    @Uninterruptible(reason = REASON)
    public static void wakeAll(WaitQueue queue) {
        while (wakeOne(queue)) {
            // until nobody is left
        }
    }

    @Uninterruptible(reason = REASON)
    private static void wake(KernelThread thread) {
        WaitQueue queue = thread.getWaitQueue();
        if (queue.isNonNull()) {
            ThreadQueue.remove(queue, thread);
            thread.setWaitQueue(WordFactory.nullPointer());
        }
        TimerQueue.remove(thread);
        makeRunnable(thread);
    }

    /** Lets the other runnable threads run first. */
    @Uninterruptible(reason = REASON)
    public static void yield() {
        long flags = Cpu.disableInterrupts();
        yieldLocked();
        Cpu.restoreInterrupts(flags);
    }

    @Uninterruptible(reason = REASON)
    private static void yieldLocked() {
        if (runQueue.getFirst().isNonNull()) {
            if (current.notEqual(idle)) {
                ThreadQueue.append(runQueue, current);
            }
            switchToNext();
        }
    }

    /** Ends the current thread. Whoever joins it frees it. */
    @Uninterruptible(reason = REASON)
    static void exit(long status) {
        Cpu.disableInterrupts();
        current.setExitStatus(status);
        current.setState(KernelThread.ENDED);
        wakeAll(current.getJoiners());
        switchToNext();
    }

    /** Called at the end of every interrupt, with interrupts off: the place of preemption. */
    @Uninterruptible(reason = REASON)
    public static void afterInterrupt() {
        if (reschedule && current.isNonNull()) {
            yieldLocked();
        }
    }

    /** The timer has fired: wakes whose deadline has come, ends a time slice that is over. */
    @Uninterruptible(reason = REASON)
    private static void timerExpired() {
        long now = Clock.nanoTime();
        KernelThread thread = TimerQueue.firstExpired(now);
        while (thread.isNonNull()) {
            thread.setTimedOut(1);
            wake(thread);
            thread = TimerQueue.firstExpired(now);
        }
        if (sliceEnd <= now) {
            reschedule = true;
        }
        setTimer();
    }

    @Uninterruptible(reason = REASON)
    private static void switchToNext() {
        KernelThread previous = current;
        KernelThread next = runQueue.getFirst();
        long now = Clock.nanoTime();
        reschedule = false;
        if (next.isNonNull()) {
            ThreadQueue.remove(runQueue, next);
        } else {
            next = idle;
        }
        if (runQueue.getFirst().isNonNull()) {
            startSlice(now);
        } else {
            sliceEnd = FOREVER;
            setTimer();
        }
        if (next.equal(previous)) {
            return;
        }
        previous.setCpuNanos(previous.getCpuNanos() + now - previous.getSwitchedToAt());
        next.setSwitchedToAt(now);
        current = next;
        Cpu.switchContext(previous.addressOfStackPointer(), next.getStackPointer());
    }

    @Uninterruptible(reason = REASON)
    private static void startSlice(long now) {
        sliceEnd = now + TIME_SLICE_NANOS;
        setTimer();
    }

    @Uninterruptible(reason = REASON)
    private static void setTimer() {
        Timer.setDeadline(Numbers.min(sliceEnd, TimerQueue.earliest()));
    }

    private static final class TimerExpired implements InterruptHandler {
        @Override
        @Uninterruptible(reason = REASON)
        public void handle() {
            timerExpired();
        }
    }
}
