package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.ThreadFrame;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.MachineMemory;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.Stacks;
import dev.cortado.kernel.time.Clock;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** Creates, starts, ends and joins threads. */
public final class KernelThreads {
    /**
     * Stack of a thread that does not ask for a size, in bytes: HotSpot's. It has memory as far as
     * it was used.
     */
    public static final long DEFAULT_STACK_BYTES = 1 << 20;

    /** Where a stack has all its memory from the beginning. */
    public static final long DEFAULT_WHOLE_STACK_BYTES = 1 << 19;

    public static final long MINIMUM_STACK_BYTES = 64 * 1024;
    public static final long MAXIMUM_STACK_BYTES = 1L << 30;

    private static long lastId;

    private KernelThreads() {}

    @Uninterruptible(reason = Scheduler.REASON)
    private static long defaultStackBytes() {
        return MachineMemory.mapping().canGrowStacks()
                ? DEFAULT_STACK_BYTES
                : DEFAULT_WHOLE_STACK_BYTES;
    }

    /**
     * Starts a thread.
     *
     * @param function address of a function that takes {@code argument} and returns the exit status
     * @param stackBytes 0 for the default
     * @param level see {@link KernelThread#getBaseLevel}
     * @return null if there is no memory for it
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public static KernelThread start(long function, long argument, long stackBytes, int level) {
        KernelThread thread = allocate();
        if (thread.isNull()) {
            return thread;
        }
        long bytes = stackBytes <= 0 ? defaultStackBytes() : stackBytes;
        bytes = Numbers.max(MINIMUM_STACK_BYTES, Numbers.min(bytes, MAXIMUM_STACK_BYTES));
        bytes = Frames.roundUp(bytes, Frames.SIZE);
        long stack = Stacks.allocate(bytes, true);
        if (stack == 0) {
            free(thread);
            return WordFactory.nullPointer();
        }
        thread.setStackBegin(stack);
        thread.setStackBytes(bytes);
        thread.setFunction(function);
        thread.setArgument(argument);
        thread.setStackPointer(prepareFrame(thread, stack + bytes));
        long flags = Scheduler.lock();
        KernelThread parent = Scheduler.current();
        thread.setBaseLevel(level);
        thread.setLevel(level);
        thread.setProcessor(parent.getProcessor());
        Scheduler.makeRunnable(thread, Clock.nanoTime());
        Scheduler.unlock(flags);
        return thread;
    }

    /** What {@code cortado_context_switch} takes from the stack when it first switches there. */
    @Uninterruptible(reason = Scheduler.REASON)
    private static long prepareFrame(KernelThread thread, long stackTop) {
        // The frame's end is 8 bytes off a multiple of 16, as after a call (System V ABI 3.2.2).
        Pointer frame = WordFactory.pointer(stackTop - 16 - ThreadFrame.SIZE);
        frame.writeInt(ThreadFrame.MXCSR, ThreadFrame.INITIAL_MXCSR);
        frame.writeInt(ThreadFrame.FPU_CONTROL, ThreadFrame.INITIAL_FPU_CONTROL);
        frame.writeLong(ThreadFrame.R15, 0L);
        frame.writeLong(ThreadFrame.R13, 0L);
        frame.writeLong(ThreadFrame.R12, 0L);
        frame.writeLong(ThreadFrame.RBX, ImageLayout.threadMain);
        frame.writeLong(ThreadFrame.RBP, thread.rawValue());
        frame.writeLong(ThreadFrame.RETURN_ADDRESS, ImageLayout.threadEntry);
        return frame.rawValue();
    }

    /**
     * Waits until the thread has ended, frees it, and returns its exit status. Of one thread, since
     * it is then free.
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public static long join(KernelThread thread) {
        long flags = Scheduler.lock();
        thread.setJoiner(Scheduler.current());
        while (thread.getState() != KernelThread.ENDED) {
            Parking.block(WordFactory.nullPointer(), Scheduler.FOREVER);
        }
        Scheduler.unlock(flags);
        long status = thread.getExitStatus();
        Stacks.free(thread.getStackBegin(), thread.getStackBytes());
        free(thread);
        return status;
    }

    /** Ends the current thread; does not return. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static void exit(long status) {
        Scheduler.exit(status);
    }

    /** Blocks the current thread for that long. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static void sleep(long nanos) {
        long flags = Scheduler.lock();
        Parking.block(WordFactory.nullPointer(), Clock.deadlineIn(nanos));
        Scheduler.unlock(flags);
    }

    /** CPU time that the thread has used, in nanoseconds. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static long cpuNanos(KernelThread thread) {
        long flags = Scheduler.lock();
        if (ThreadSwitch.running(Processors.get(thread.getProcessor())).equal(thread)) {
            ThreadSwitch.settle(thread, Clock.nanoTime());
        }
        long nanos = thread.getCpuNanos();
        Scheduler.unlock(flags);
        return nanos;
    }

    /** Where a thread may run: bit n set for CPU n. At least one CPU that is there. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static boolean setAffinity(KernelThread thread, long mask) {
        if ((mask & Processors.onlineMask()) == 0) {
            return false;
        }
        Scheduler.change(thread, mask, thread.getBaseLevel());
        return true;
    }

    /** See {@link KernelThread#getBaseLevel}. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static void setLevel(KernelThread thread, int level) {
        Scheduler.change(thread, thread.getAffinity(), level);
    }

    /** A zeroed control block with a number of its own, that may run anywhere, or null. */
    @Uninterruptible(reason = Scheduler.REASON)
    static KernelThread allocate() {
        KernelThread thread = (KernelThread) Memory.allocateZeroed(SizeOf.get(KernelThread.class));
        if (thread.isNull()) {
            return thread;
        }
        thread.setAffinity(-1L);
        long flags = Scheduler.lock();
        thread.setId(++lastId);
        Scheduler.unlock(flags);
        return thread;
    }

    @Uninterruptible(reason = Scheduler.REASON)
    private static void free(KernelThread thread) {
        Memory.free(thread.rawValue());
    }
}
