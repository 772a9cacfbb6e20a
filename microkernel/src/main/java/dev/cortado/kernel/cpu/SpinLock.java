package dev.cortado.kernel.cpu;

import com.oracle.svm.core.Uninterruptible;

/**
 * The kernel's locks between CPUs. Whoever holds one has interrupts off, holds it for microseconds
 * and does not wait for anything meanwhile. Kernel entries are short and few threads meet in them,
 * so that one lock for threads and messages does (Peters, Danis, Elphinstone, Heiser: "For a
 * Microkernel, a Big Lock Is Fine", APSys 2015).
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

    private SpinLock() {}

    /**
     * Takes interrupts off and the lock.
     *
     * @return what {@link #release} wants
     */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long acquire(int lock) {
        return Cpu.lock(lock);
    }

    /** Gives the lock back, then interrupts as they were. */
    @Uninterruptible(reason = REASON)
    public static void release(int lock, long flags) {
        Cpu.unlock(lock, flags);
    }
}
