package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.thread.PlatformThreads;
import com.oracle.svm.core.thread.VMThreads.OSThreadHandle;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.nativeimage.c.function.CFunctionPointer;
import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawStructure;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.nativeimage.c.type.WordPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.WordFactory;

/** Starts a kernel thread for each {@link Thread} that is no virtual one. */
final class KernelPlatformThreads extends PlatformThreads {
    /** What a new thread is handed: also the memory that it could not begin without. */
    @RawStructure
    interface StartData extends ThreadStartData {
        /** Of the thread's Java state, see {@link KernelThreadSupport#prepareThread}. */
        @RawField
        Pointer getThreadBlock();

        @RawField
        void setThreadBlock(Pointer value);
    }

    /**
     * All that can fail fails here, where the caller gets an {@link OutOfMemoryError}; but first,
     * the heap and direct buffers give back what nobody has any more.
     */
    @Override
    protected boolean doStartThread(Thread thread, long stackBytes) {
        if (start(thread, stackBytes)) {
            return true;
        }
        System.gc();
        return start(thread, stackBytes);
    }

    /** False: no memory. */
    private boolean start(Thread thread, long stackBytes) {
        Pointer block = KernelThreadSupport.prepareThread();
        if (block.isNull()) {
            return false;
        }
        StartData data;
        try {
            data = prepareStart(thread, SizeOf.get(StartData.class));
        } catch (OutOfMemoryError e) {
            Memory.free(block.rawValue());
            return false;
        }
        data.setThreadBlock(block);
        KernelThread started =
                KernelThreads.start(
                        threadStartRoutine.getFunctionPointer().rawValue(),
                        data.rawValue(),
                        stackBytes,
                        ThreadLevels.of(thread.getPriority()));
        if (started.isNull()) {
            Memory.free(block.rawValue());
            undoPrepareStartOnError(thread, data);
            return false;
        }
        return true;
    }

    /** The memory that {@code thread} was handed for its Java state, null if it was not. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static Pointer threadBlock(KernelThread thread) {
        if (thread.getFunction() != threadStartRoutine.getFunctionPointer().rawValue()) {
            return WordFactory.nullPointer();
        }
        StartData data = WordFactory.pointer(thread.getArgument());
        return data.getThreadBlock();
    }

    /** The kernel has no names for threads: stack traces and dumps use Java's. */
    @Override
    protected void setNativeName(Thread thread, String name) {}

    @Override
    protected void yieldCurrent() {
        SystemCalls.yield();
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public OSThreadHandle startThreadUnmanaged(
            CFunctionPointer routine, PointerBase data, int stackBytes) {
        KernelThread started =
                KernelThreads.start(
                        routine.rawValue(), data.rawValue(), stackBytes, Scheduler.NORMAL_LEVEL);
        return WordFactory.pointer(started.rawValue());
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public boolean joinThreadUnmanaged(OSThreadHandle handle, WordPointer exitStatus) {
        long status = KernelThreads.join(WordFactory.pointer(handle.rawValue()));
        if (exitStatus.isNonNull()) {
            exitStatus.write(WordFactory.signed(status));
        }
        return true;
    }
}
