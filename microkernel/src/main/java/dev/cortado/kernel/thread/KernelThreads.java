package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.ThreadFrame;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.time.Clock;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** Creates, starts, ends and joins threads. */
public final class KernelThreads {
    /** Stack of a thread that does not ask for a size, in bytes. */
    public static final long DEFAULT_STACK_BYTES = 512 * 1024;

    private static final long MINIMUM_STACK_BYTES = 64 * 1024;
    private static final long MAXIMUM_STACK_BYTES = 1L << 30;

    private static long lastId;

    private KernelThreads() {}

    /**
     * Starts a thread.
     *
     * @param function address of a function that takes {@code argument} and returns the exit status
     * @param stackBytes 0 for the default
     * @return null if there is no memory for it
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public static KernelThread start(long function, long argument, long stackBytes) {
        KernelThread thread = allocate();
        if (thread.isNull()) {
            return thread;
        }
        long bytes = stackBytes <= 0 ? DEFAULT_STACK_BYTES : stackBytes;
        bytes = Numbers.max(MINIMUM_STACK_BYTES, Numbers.min(bytes, MAXIMUM_STACK_BYTES));
        bytes = Frames.roundUp(bytes, Frames.SIZE);
        long stack = Memory.allocateStack(bytes);
        if (stack == 0) {
            Memory.free(thread.rawValue());
            return WordFactory.nullPointer();
        }
        thread.setStackBegin(stack);
        thread.setStackBytes(bytes);
        thread.setFunction(function);
        thread.setArgument(argument);
        thread.setStackPointer(prepareFrame(thread, stack + bytes));
        long flags = Cpu.disableInterrupts();
        Scheduler.makeRunnable(thread);
        Cpu.restoreInterrupts(flags);
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

    /** Waits until the thread has ended, frees it, and returns its exit status. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static long join(KernelThread thread) {
        long flags = Cpu.disableInterrupts();
        while (thread.getState() != KernelThread.ENDED) {
            Scheduler.block(thread.getJoiners(), Scheduler.FOREVER);
        }
        Cpu.restoreInterrupts(flags);
        long status = thread.getExitStatus();
        Memory.freeStack(thread.getStackBegin(), thread.getStackBytes());
        Memory.free(thread.rawValue());
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
        long flags = Cpu.disableInterrupts();
        Scheduler.block(WordFactory.nullPointer(), Clock.deadlineIn(nanos));
        Cpu.restoreInterrupts(flags);
    }

    /** CPU time that the thread has used, in nanoseconds. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static long cpuNanos(KernelThread thread) {
        long flags = Cpu.disableInterrupts();
        long nanos = thread.getCpuNanos();
        if (thread.equal(Scheduler.current())) {
            nanos += Clock.nanoTime() - thread.getSwitchedToAt();
        }
        Cpu.restoreInterrupts(flags);
        return nanos;
    }

    /** A zeroed control block with a number of its own, or null. */
    @Uninterruptible(reason = Scheduler.REASON)
    static KernelThread allocate() {
        int size = SizeOf.get(KernelThread.class);
        Pointer block = allocateZeroed(size + SizeOf.get(WaitQueue.class));
        KernelThread thread = (KernelThread) block;
        if (thread.isNonNull()) {
            thread.setJoiners((WaitQueue) block.add(size));
            long flags = Cpu.disableInterrupts();
            thread.setId(++lastId);
            Cpu.restoreInterrupts(flags);
        }
        return thread;
    }

    @Uninterruptible(reason = Scheduler.REASON)
    static Pointer allocateZeroed(int bytes) {
        Pointer block = WordFactory.pointer(Memory.allocate(bytes));
        if (block.isNonNull()) {
            for (int i = 0; i < bytes; i++) {
                block.writeByte(i, (byte) 0);
            }
        }
        return block;
    }
}
