package dev.cortado.kernel.cpu;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.Uninterruptible;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * The kernel's locks between CPUs. Whoever holds one has interrupts off, holds it for microseconds
 * and does not wait for anything meanwhile. Kernel entries are short and few threads meet in them,
 * so that one lock for threads and messages does (Peters, Danis, Elphinstone, Heiser: "For a
 * Microkernel, a Big Lock Is Fine", APSys 2015).
 *
 * <p>CPUs that wait have a lock in turn ({@link FairLock}). The one who has it may be stopped by
 * the hypervisor; who has waited for it for a while, gives its CPU up ({@link SpinWait}), and lets
 * interrupts in if they were on.
 *
 * <p>Order: a CPU that holds a lock takes only locks of a higher number. {@link #SCHEDULER} and
 * {@link #MEMORY} are never held together: threads and messages are made of memory that was
 * allocated before.
 */
public final class SpinLock {
    private static final String REASON = "A thread that holds a spin lock must not be stopped.";

    /** Threads, run queues, wait queues, deadlines, messages. */
    public static final int SCHEDULER = 0;

    /** Frames, page tables, kernel heap, free addresses. */
    public static final int MEMORY = 1;

    /** Tables of interrupt handlers and the IO-APIC's registers. */
    public static final int INTERRUPTS = 2;

    /** The console device's registers. */
    public static final int CONSOLE = 3;

    /** The machine is being stopped; never released. */
    public static final int STOP = 4;

    /** Tables that a driver shares with the hypervisor. */
    public static final int HYPERVISOR = 5;

    /** The wall clock's corrections. */
    public static final int CLOCK = 6;

    /** Of waits of {@link FairLock#LOOKS}, after so many the CPU is given up. */
    private static final int LONG = 8;

    private static final FairLock[] LOCKS = locks();

    /** Known while the image is built: the way through the kernel is short. */
    private static final FairLock SCHEDULER_LOCK = LOCKS[SCHEDULER];

    private static SpinWait wait;

    private SpinLock() {}

    private static FairLock[] locks() {
        FairLock[] locks = new FairLock[CLOCK + 1];
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new FairLock();
        }
        return locks;
    }

    @AlwaysInline("The number is constant.")
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static FairLock at(int lock) {
        return lock == SCHEDULER ? SCHEDULER_LOCK : LOCKS[lock];
    }

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setWait(SpinWait chosen) {
        wait = chosen;
    }

    /**
     * Takes interrupts off and the lock.
     *
     * @return what {@link #release} wants
     */
    @AlwaysInline("Mostly it is free.")
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long acquire(int lock) {
        long flags = Cpu.prepareLock();
        if (!at(lock).tryTake()) {
            await(at(lock), flags);
        }
        return flags;
    }

    /** Only a CPU that runs beside others can find a lock taken: it has a number already. */
    @Uninterruptible(reason = REASON)
    private static void await(FairLock lock, long flags) {
        Processor self = Processors.current();
        for (int waits = 1; !lock.await(self.getId(), wait); waits++) {
            boolean isLong = waits % LONG == 0;
            if ((flags & Cpu.FLAGS_INTERRUPTS) != 0) {
                letInterruptsIn(lock, self, isLong);
            } else if (isLong) {
                wait.yield();
            }
        }
        if ((flags & Cpu.FLAGS_INTERRUPTS) != 0 && self.getReschedule() != 0) {
            // An interrupt that was let in has wanted another thread to run here: that is looked at
            // once again. Not so for an interrupt's own wait: it looks at its end, and one sent for
            // each wait, while this CPU waits for a lock already, would find it waiting again.
            wait.wake(self);
        }
    }

    /**
     * The thread stays on this CPU, by whose number others look for it.
     *
     * @param givesUp whether the CPU is given up until then
     */
    @Uninterruptible(reason = REASON)
    private static void letInterruptsIn(FairLock lock, Processor self, boolean givesUp) {
        self.setWaitsForLock(1);
        if (givesUp && wait.sleeps()) {
            if (lock.maySleep(self.getId())) {
                Cpu.waitForInterrupt();
            }
        } else {
            Cpu.enableInterrupts();
            if (givesUp) {
                wait.yield();
            }
            Cpu.disableInterrupts();
        }
        self.setWaitsForLock(0);
    }

    /** Gives the lock back, then interrupts as they were. */
    @AlwaysInline("Mostly nobody waits for it.")
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static void release(int lock, long flags) {
        if (!at(lock).tryRelease()) {
            releaseToOthers(at(lock));
        }
        Cpu.restoreInterrupts(flags);
    }

    @Uninterruptible(reason = REASON)
    private static void releaseToOthers(FairLock lock) {
        int sleeper = lock.release();
        if (sleeper != FairLock.NOBODY) {
            wait.wake(Processors.get(sleeper));
        }
    }
}
