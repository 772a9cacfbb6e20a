package dev.cortado.kernel.thread;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.ProcessorHeader;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.memory.MachineMemory;
import dev.cortado.kernel.time.Clock;
import dev.cortado.kernel.time.Timer;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * Who runs: on each CPU the runnable thread of the highest level, threads of one level in turn,
 * each for at most a time slice while others wait. Preemptive; without a periodic tick: a CPU's
 * timer is set to the next thing that is due there. A CPU that runs out of threads takes one from
 * another.
 *
 * <p>A switch happens with {@link #lock} held; the thread that goes on releases it. So no CPU sees
 * a thread that is neither running nor wholly saved.
 */
public final class Scheduler {
    public static final String REASON = "The scheduler must not be rescheduled, nor allocate.";

    /** A deadline that never comes. */
    public static final long FOREVER = Timer.NEVER;

    /** The level of a thread of {@link Thread#NORM_PRIORITY}. */
    public static final int NORMAL_LEVEL = 6;

    /** What the timer of a CPU calls. */
    public static final InterruptHandler TIMER_HANDLER = new TimerExpired();

    private static final InterruptHandler RESCHEDULE_HANDLER = new RescheduleRequested();

    /** How often a thread has handed its CPU over to another. */
    private static long handOvers;

    private Scheduler() {}

    /** Other CPUs may ask this one to look whom to run. Called once. */
    @Uninterruptible(reason = REASON)
    public static void initialize() {
        Interrupts.bind(Interrupts.RESCHEDULE_VECTOR, RESCHEDULE_HANDLER);
    }

    /**
     * The code that runs now, on the boot stack or a CPU's first stack, becomes the CPU's idle
     * thread. False: no memory.
     */
    @Uninterruptible(reason = REASON)
    public static boolean initializeProcessor(Processor processor, long stackBegin, long bytes) {
        KernelThread idle = KernelThreads.allocate();
        if (idle.isNull()) {
            return false;
        }
        idle.setProcessor(processor.getId());
        idle.setBaseLevel(-1);
        idle.setLevel(-1);
        idle.setStackBegin(stackBegin);
        idle.setStackBytes(bytes);
        processor.setIdleThread(idle.rawValue());
        processor.setSliceEnd(FOREVER);
        processor.setTimerDeadline(FOREVER);
        setRunning(processor, idle);
        return true;
    }

    /** Takes {@link SpinLock#SCHEDULER}. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long lock() {
        return SpinLock.acquire(SpinLock.SCHEDULER);
    }

    /**
     * Gives the lock back. Here a thread that has just woken one of a higher level makes room for
     * it; in an interrupt that waits for {@link #afterInterrupt}.
     */
    @Uninterruptible(reason = REASON)
    public static void unlock(long flags) {
        unlock(flags, current());
    }

    /** As above, for a caller who knows the current thread. */
    @Uninterruptible(reason = REASON)
    public static void unlock(long flags, KernelThread current) {
        if ((flags & Cpu.FLAGS_INTERRUPTS) != 0 && processorOf(current).getReschedule() != 0) {
            giveWay(0);
        }
        SpinLock.release(SpinLock.SCHEDULER, flags);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static KernelThread current() {
        return WordFactory.pointer(Cpu.currentThread());
    }

    /** Where a thread runs, or ran last; sooner than {@link Processors#current} for the current. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static Processor processorOf(KernelThread thread) {
        return Processors.get(thread.getProcessor());
    }

    /** The thread that runs on a CPU. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static KernelThread running(Processor processor) {
        return WordFactory.pointer(header(processor).readLong(ProcessorHeader.THREAD));
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static void setRunning(Processor processor, KernelThread thread) {
        header(processor).writeLong(ProcessorHeader.THREAD, thread.rawValue());
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static Pointer header(Processor processor) {
        return ((Pointer) processor).subtract(ProcessorHeader.SIZE);
    }

    /** Runs other threads whenever there are any, and halts otherwise. Interrupts are off. */
    @Uninterruptible(reason = REASON)
    public static void idle() {
        while (true) {
            long flags = lock();
            switchToNext();
            Processor processor = Processors.current();
            boolean halt = processor.getIdle() != 0;
            SpinLock.release(SpinLock.SCHEDULER, flags);
            if (halt) {
                // Whoever gives this CPU a thread from here on also sends an interrupt, which stays
                // pending until interrupts are on, and that is when the CPU halts.
                Cpu.waitForInterrupt();
                processor.setWakeUps(processor.getWakeUps() + 1);
            }
        }
    }

    /** Makes a new or blocked thread runnable. The lock is held. */
    @Uninterruptible(reason = REASON)
    static void makeRunnable(KernelThread thread) {
        long now = Clock.nanoTime();
        Processor processor = Placement.choose(thread);
        thread.setState(KernelThread.RUNNABLE);
        Placement.add(processor, thread, false, now);
        boolean here = processor.equal(Processors.current());
        if (thread.getLevel() > running(processor).getLevel()) {
            processor.setReschedule(1);
            processor.setIdle(0);
        } else if (processor.getSliceEnd() != FOREVER) {
            return; // its turn comes
        } else if (here) {
            TimeSlice.start(processor, now);
        }
        if (!here) {
            Interrupts.send(processor, Interrupts.RESCHEDULE_VECTOR);
        }
    }

    /**
     * Puts the current thread on a queue until {@link #wakeOne} or {@link #wakeAll} takes it off or
     * the deadline has come. The lock is held, and held again on return; a wake-up between the
     * caller's check and the wait is therefore not lost.
     *
     * @param queue null to wait for the deadline alone
     * @param deadline in nanoseconds of the monotonic clock
     * @return false if it was the deadline
     */
    @Uninterruptible(reason = REASON)
    public static boolean block(WaitQueue queue, long deadline) {
        KernelThread thread = current();
        if (!prepareToBlock(thread, queue, deadline, Clock.nanoTime())) {
            return false;
        }
        switchToNext();
        return thread.getTimedOut() == 0;
    }

    /**
     * Like {@link #block}, but hands the CPU and what is left of the time slice to {@code next}, a
     * blocked thread, which is woken: no run queue is passed. Where that may not run on this CPU,
     * or a thread of a higher level waits for it, both are as usual.
     *
     * @param thread the current one, which waits on no queue
     */
    @Uninterruptible(reason = REASON)
    public static boolean blockHandingOver(KernelThread thread, KernelThread next, long deadline) {
        WaitQueue queue = WordFactory.nullPointer();
        Processor processor = processorOf(thread);
        boolean othersFirst =
                processor.getReschedule() != 0
                        || Placement.queue(processor).highestLevel() > next.getLevel();
        if (othersFirst || !Placement.allows(next, processor.getId())) {
            wake(next);
            return block(queue, deadline);
        }
        long now = Clock.nanoTime();
        if (!prepareToBlock(thread, queue, deadline, now)) {
            wake(next);
            return false;
        }
        stopWaiting(next, now);
        next.setState(KernelThread.RUNNABLE);
        handOvers++;
        if (deadline != FOREVER) {
            TimeSlice.setTimer(processor);
        }
        switchTo(processor, next, now);
        return thread.getTimedOut() == 0;
    }

    /** How often {@link #blockHandingOver} did not have to do as usual. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long handOvers() {
        return handOvers;
    }

    /** False: the deadline has come already. */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = REASON, callerMustBe = true)
    private static boolean prepareToBlock(
            KernelThread thread, WaitQueue queue, long deadline, long now) {
        if (deadline != FOREVER) {
            if (deadline <= now) {
                return false;
            }
            Deadlines.add(Processors.current(), thread, deadline);
        } else {
            ThreadNode.setDeadline(thread, FOREVER);
        }
        thread.setState(KernelThread.BLOCKED);
        thread.setBlockedAt(now);
        thread.setTimedOut(0);
        thread.setInterruptFrame(0);
        thread.setWaitQueue(queue);
        if (queue.isNonNull()) {
            ThreadQueue.append(queue, thread);
        }
        return true;
    }

    /** Wakes the thread that has waited longest; false if none waits. The lock is held. */
    @Uninterruptible(reason = REASON)
    public static boolean wakeOne(WaitQueue queue) {
        KernelThread thread = queue.getFirst();
        if (thread.isNull()) {
            return false;
        }
        wake(thread);
        return true;
    }

    /** Wakes all threads on the queue. The lock is held. */
    @Uninterruptible(reason = REASON)
    public static void wakeAll(WaitQueue queue) {
        while (wakeOne(queue)) {
            // until nobody is left
        }
    }

    /** Wakes a blocked thread. The lock is held. */
    @Uninterruptible(reason = REASON)
    public static void wake(KernelThread thread) {
        stopWaiting(thread, Clock.nanoTime());
        makeRunnable(thread);
    }

    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = REASON, callerMustBe = true)
    private static void stopWaiting(KernelThread thread, long now) {
        WaitQueue queue = thread.getWaitQueue();
        if (queue.isNonNull()) {
            ThreadQueue.remove(queue, thread);
            thread.setWaitQueue(WordFactory.nullPointer());
        }
        if (ThreadNode.deadline(thread) != FOREVER) {
            Deadlines.remove(thread);
        }
        WaitingCredit.earn(thread, now);
    }

    /** Lets the other runnable threads of its level run first. */
    @Uninterruptible(reason = REASON)
    public static void yield() {
        long flags = lock();
        current().setInterruptFrame(0);
        requeue(current(), false);
        switchToNext();
        SpinLock.release(SpinLock.SCHEDULER, flags);
    }

    /** Ends the current thread. Whoever joins it frees it. */
    @Uninterruptible(reason = REASON)
    static void exit(long status) {
        lock();
        KernelThread thread = current();
        thread.setExitStatus(status);
        thread.setState(KernelThread.ENDED);
        wakeAll(thread.getJoiners());
        switchToNext();
    }

    /**
     * Called at the end of every interrupt, with interrupts off: the place of preemption.
     *
     * @param frame address of the InterruptFrame
     */
    @Uninterruptible(reason = REASON)
    public static void afterInterrupt(long frame) {
        if (Processors.online() == 0 || Processors.current().getReschedule() == 0) {
            return;
        }
        long flags = lock();
        if (Processors.current().getReschedule() != 0) {
            giveWay(frame);
        }
        SpinLock.release(SpinLock.SCHEDULER, flags);
    }

    /** The current thread goes on its queue, and the CPU to whoever comes first. */
    @Uninterruptible(reason = REASON)
    private static void giveWay(long interruptFrame) {
        KernelThread thread = current();
        thread.setInterruptFrame(interruptFrame);
        Processor processor = Processors.current();
        boolean sliceIsLeft = Clock.nanoTime() < processor.getSliceEnd();
        requeue(thread, sliceIsLeft);
        switchToNext();
    }

    /** The current thread stays runnable, if it is not the idle one. */
    @Uninterruptible(reason = REASON)
    private static void requeue(KernelThread thread, boolean first) {
        Processor processor = Processors.current();
        if (thread.rawValue() != processor.getIdleThread()) {
            long now = Clock.nanoTime();
            WaitingCredit.endIfSpent(thread, now);
            if (Placement.allows(thread, processor.getId())) {
                Placement.add(processor, thread, first, now);
            } else {
                makeRunnable(thread);
            }
        }
    }

    @Uninterruptible(reason = REASON)
    private static void switchToNext() {
        Processor processor = Processors.current();
        long now = Clock.nanoTime();
        KernelThread next = Placement.takeNext(processor, now);
        boolean leaves = next.isNonNull() && Placement.isParked(processor);
        if (next.isNull()) {
            next = WordFactory.pointer(processor.getIdleThread());
        }
        if (leaves || Placement.queue(processor).count() > 0) {
            TimeSlice.start(processor, now);
        } else {
            TimeSlice.end(processor);
        }
        switchTo(processor, next, now);
    }

    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = REASON, callerMustBe = true)
    private static void switchTo(Processor processor, KernelThread next, long now) {
        KernelThread previous = running(processor);
        processor.setReschedule(0);
        boolean toIdle = next.rawValue() == processor.getIdleThread();
        processor.setIdle(toIdle ? 1 : 0);
        if (next.equal(previous)) {
            return;
        }
        if (toIdle) {
            MachineMemory.translations().endThreads(processor);
        } else if (processor.getForgetsLater() != 0) {
            MachineMemory.translations().beginThreads(processor);
        }
        long ran = now - previous.getSwitchedToAt();
        previous.setCpuNanos(previous.getCpuNanos() + ran);
        WaitingCredit.spend(previous, ran);
        next.setSwitchedToAt(now);
        next.setProcessor(processor.getId());
        processor.setContextSwitches(processor.getContextSwitches() + 1);
        setRunning(processor, next);
        Cpu.switchContext(previous.addressOfStackPointer(), next.getStackPointer());
    }

    /** Changes where a thread may run, or how soon; moves it if it has to move. */
    @Uninterruptible(reason = REASON)
    static void change(KernelThread thread, long affinity, int level) {
        long flags = lock();
        boolean queued = thread.getQueued() != 0;
        if (queued) {
            Placement.remove(thread);
        }
        ThreadNode.setAffinity(thread, affinity);
        thread.setBaseLevel(level);
        thread.setLevel(level);
        if (queued) {
            makeRunnable(thread);
        } else if (thread.getState() == KernelThread.RUNNABLE) {
            Processor processor = Processors.get(thread.getProcessor());
            processor.setReschedule(1);
            if (processor.notEqual(Processors.current())) {
                Interrupts.send(processor, Interrupts.RESCHEDULE_VECTOR);
            }
        }
        unlock(flags);
    }

    /**
     * Takes a CPU out of scheduling, or brings it back. Its threads leave it at the end of their
     * time slices at the latest. The first CPU stays.
     *
     * @return false if there is no such CPU
     */
    @Uninterruptible(reason = REASON)
    public static boolean park(int id, boolean parked) {
        if (id <= 0 || id >= Processors.online()) {
            return false;
        }
        long flags = lock();
        Processors.setParked(id, parked);
        Processor processor = Processors.get(id);
        processor.setReschedule(1);
        if (processor.notEqual(Processors.current())) {
            Interrupts.send(processor, Interrupts.RESCHEDULE_VECTOR);
        }
        unlock(flags);
        return true;
    }

    /** This CPU's timer has forgotten what it was set to. */
    @Uninterruptible(reason = REASON)
    public static void setTimerAgain() {
        long flags = lock();
        Processor processor = Processors.current();
        processor.setTimerDeadline(FOREVER);
        TimeSlice.setTimer(processor);
        SpinLock.release(SpinLock.SCHEDULER, flags);
    }

    /** The timer has fired: wakes whose deadline has come, ends a time slice that is over. */
    private static final class TimerExpired implements InterruptHandler {
        @Override
        @Uninterruptible(reason = REASON)
        public void handle() {
            long flags = lock();
            Processor processor = Processors.current();
            processor.setTimerDeadline(FOREVER);
            long now = Clock.nanoTime();
            KernelThread thread = Deadlines.firstExpired(processor, now);
            while (thread.isNonNull()) {
                thread.setTimedOut(1);
                wake(thread);
                thread = Deadlines.firstExpired(processor, now);
            }
            if (processor.getSliceEnd() <= now) {
                processor.setReschedule(1);
            }
            TimeSlice.setTimer(processor);
            SpinLock.release(SpinLock.SCHEDULER, flags);
        }
    }

    /** Another CPU has put a thread on this one's queue. */
    private static final class RescheduleRequested implements InterruptHandler {
        @Override
        @Uninterruptible(reason = REASON)
        public void handle() {
            long flags = lock();
            Processor processor = Processors.current();
            if (Placement.queue(processor).count() > 0 && processor.getSliceEnd() == FOREVER) {
                TimeSlice.start(processor, Clock.nanoTime());
            }
            SpinLock.release(SpinLock.SCHEDULER, flags);
        }
    }
}
