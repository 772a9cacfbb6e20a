package dev.cortado.kernel.thread;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.time.Clock;
import dev.cortado.kernel.time.Timer;
import org.graalvm.word.WordFactory;

/**
 * Who runs: on each CPU the thread whose turn it is ({@link Turns}); a CPU that runs out of threads
 * takes one from another ({@link Placement}). Preemptive; without a periodic tick: a CPU's timer is
 * set to the next thing that is due there ({@link ThreadTimer}). How threads wait is {@link
 * Parking}'s, how one makes room for another {@link ThreadSwitch}'s.
 */
public final class Scheduler {
    public static final String REASON = "The scheduler must not be rescheduled, nor allocate.";

    /** A deadline that never comes. */
    public static final long FOREVER = Timer.NEVER;

    /** The level of a thread of {@link Thread#NORM_PRIORITY}. */
    public static final int NORMAL_LEVEL = 6;

    private static final InterruptHandler RESCHEDULE_HANDLER = new RescheduleRequested();

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
        processor.setTimerDeadline(FOREVER);
        ThreadSwitch.setRunning(processor, idle);
        return true;
    }

    /** Takes {@link SpinLock#SCHEDULER}. */
    @AlwaysInline("Messages between threads take no detour.")
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
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = REASON, callerMustBe = true)
    public static void unlock(long flags, KernelThread current) {
        if ((flags & Cpu.FLAGS_INTERRUPTS) != 0 && current.getRunsOn().getReschedule() != 0) {
            giveWay(0);
        }
        SpinLock.release(SpinLock.SCHEDULER, flags);
    }

    /**
     * As above, for a thread that has blocked and goes on: who made it go on has looked who comes
     * first.
     */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = REASON, callerMustBe = true)
    public static void unlockAfterSwitch(long flags) {
        SpinLock.release(SpinLock.SCHEDULER, flags);
    }

    /**
     * Gives the lock back for a moment, and takes it again.
     *
     * @return what {@link #unlock} wants now
     */
    @Uninterruptible(reason = REASON)
    public static long pause(long flags) {
        unlock(flags);
        return lock();
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static KernelThread current() {
        return WordFactory.pointer(Cpu.currentThread());
    }

    /** Runs other threads whenever there are any, and halts otherwise. Interrupts are off. */
    @Uninterruptible(reason = REASON)
    public static void idle() {
        while (true) {
            long flags = lock();
            ThreadSwitch.toNext(Clock.nanoTime());
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
    static void makeRunnable(KernelThread thread, long now) {
        Processor processor = Placement.choose(thread);
        Turns turns = Placement.turns(processor);
        thread.setState(KernelThread.RUNNABLE);
        Placement.add(processor, thread, now);
        boolean here = processor.equal(Processors.current());
        if (turns.cutsShort(thread.rawValue(), ThreadSwitch.running(processor).rawValue())) {
            processor.setReschedule(1);
            processor.setIdle(0);
        } else if (turns.end() != FOREVER) {
            return; // its turn comes
        } else if (here) {
            turns.othersWait(now);
            ThreadTimer.set(processor);
        }
        if (!here) {
            Interrupts.send(processor, Interrupts.RESCHEDULE_VECTOR);
        }
    }

    /** Lets the other runnable threads of its level run first. */
    @Uninterruptible(reason = REASON)
    public static void yield() {
        long flags = lock();
        current().setInterruptFrame(0);
        requeue(current(), true, Clock.nanoTime());
        SpinLock.release(SpinLock.SCHEDULER, flags);
    }

    /** Ends the current thread. Whoever joins it frees it. */
    @Uninterruptible(reason = REASON)
    static void exit(long status) {
        lock();
        KernelThread thread = current();
        thread.setExitStatus(status);
        thread.setState(KernelThread.ENDED);
        ThreadSwitch.paysNoMore(thread);
        KernelThread joiner = thread.getJoiner();
        if (joiner.isNonNull() && joiner.getState() == KernelThread.BLOCKED) {
            Parking.wake(joiner);
        }
        ThreadSwitch.toNext(Clock.nanoTime());
    }

    /**
     * Called at the end of every interrupt, with interrupts off: the place of preemption.
     *
     * @param frame address of the InterruptFrame
     */
    @Uninterruptible(reason = REASON)
    public static void afterInterrupt(long frame) {
        if (Processors.online() == 0
                || Processors.current().getReschedule() == 0
                || Processors.current().getWaitsForLock() != 0) {
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
        requeue(thread, false, Clock.nanoTime());
    }

    /**
     * The current thread stays runnable, if it is not the idle one, and the CPU goes to whoever
     * comes first.
     *
     * @param yields whether it wants others of its level to run
     */
    @Uninterruptible(reason = REASON)
    private static void requeue(KernelThread thread, boolean yields, long now) {
        Processor processor = Processors.current();
        if (thread.rawValue() != processor.getIdleThread()) {
            long ran = now - thread.getSwitchedToAt();
            if (!Placement.allows(thread, processor.getId())) {
                makeRunnable(thread, now);
            } else if (yields) {
                thread.setQueued(1);
                Placement.turns(processor).yield(thread.rawValue(), now, ran);
            } else {
                thread.setQueued(1);
                Placement.turns(processor).giveWay(thread.rawValue(), now, ran);
            }
        }
        ThreadSwitch.toNext(now);
    }

    /** Changes where a thread may run, or how soon; moves it if it has to move. */
    @Uninterruptible(reason = REASON)
    static void change(KernelThread thread, long affinity, int level) {
        long flags = lock();
        boolean queued = thread.getQueued() != 0;
        if (queued) {
            Placement.remove(thread);
        }
        thread.setPausedOn(WordFactory.nullPointer());
        thread.setAffinity(affinity);
        thread.setBaseLevel(level);
        thread.setLevel(level);
        if (queued) {
            makeRunnable(thread, Clock.nanoTime());
        } else if (thread.getState() == KernelThread.RUNNABLE) {
            askToReschedule(Processors.get(thread.getProcessor()));
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
        askToReschedule(Processors.get(id));
        unlock(flags);
        return true;
    }

    @Uninterruptible(reason = REASON)
    private static void askToReschedule(Processor processor) {
        processor.setReschedule(1);
        if (processor.notEqual(Processors.current())) {
            Interrupts.send(processor, Interrupts.RESCHEDULE_VECTOR);
        }
    }

    /** Another CPU has put a thread on this one's queue. */
    private static final class RescheduleRequested implements InterruptHandler {
        @Override
        @Uninterruptible(reason = REASON)
        public void handle() {
            long flags = lock();
            Processor processor = Processors.current();
            Turns turns = Placement.turns(processor);
            if (turns.queue().count() > 0 && turns.end() == FOREVER) {
                turns.othersWait(Clock.nanoTime());
                ThreadTimer.set(processor);
            }
            SpinLock.release(SpinLock.SCHEDULER, flags);
        }
    }
}
