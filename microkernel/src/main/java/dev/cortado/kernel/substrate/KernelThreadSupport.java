package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.thread.VMThreads;
import com.oracle.svm.core.threadlocal.FastThreadLocalFactory;
import com.oracle.svm.core.threadlocal.FastThreadLocalWord;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.nativeimage.IsolateThread;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.ComparableWord;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** Kernel threads as the Java runtime's operating system threads: a handle is a control block. */
final class KernelThreadSupport extends VMThreads {
    private static final int NANOS_PER_MILLI = 1_000_000;

    /** A cache line's: no two threads write to one. */
    private static final int THREAD_ALIGNMENT = 64;

    private static final FastThreadLocalWord<Pointer> THREAD_BLOCK =
            FastThreadLocalFactory.createWord("KernelThreadSupport.threadBlock");

    /** Of a thread's Java state; the first thread sets it, before any other is started. */
    private static int threadBytes;

    @Override
    @Uninterruptible(reason = "Thread state not set up.")
    public void failFatally(int code, CCharPointer message) {
        for (int i = 0; message.read(i) != 0; i++) {
            Console.write(message.read(i));
        }
        Console.write((byte) '\n');
        PanicCause.panic("a thread cannot be used", null);
    }

    /**
     * Memory for the Java state of a thread that is about to be started: zeroed, or null if there
     * is none. A thread that found none itself could tell nobody.
     */
    static Pointer prepareThread() {
        return Memory.allocateZeroed(threadBytes);
    }

    @Override
    @Uninterruptible(reason = "Thread state not set up.")
    public IsolateThread allocateIsolateThread(int bytes) {
        threadBytes = bytes + THREAD_ALIGNMENT;
        Pointer block = KernelPlatformThreads.threadBlock(Scheduler.current());
        if (block.isNull()) {
            block = Memory.allocateZeroed(threadBytes);
        }
        if (block.isNull()) {
            return WordFactory.nullPointer();
        }
        long aligned = Frames.roundUp(block.rawValue(), THREAD_ALIGNMENT);
        IsolateThread thread = WordFactory.pointer(aligned);
        THREAD_BLOCK.set(thread, block);
        return thread;
    }

    @Override
    @Uninterruptible(reason = "Thread state no longer set up.")
    protected void freeIsolateThread(IsolateThread thread) {
        Memory.free(THREAD_BLOCK.get(thread).rawValue());
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected void joinNoTransition(OSThreadHandle handle) {
        KernelThreads.join(WordFactory.pointer(handle.rawValue()));
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected OSThreadHandle getCurrentOSThreadHandle() {
        return WordFactory.pointer(Scheduler.current().rawValue());
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected OSThreadId getCurrentOSThreadId() {
        return WordFactory.unsigned(Scheduler.current().getId());
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void nativeSleep(int milliseconds) {
        KernelThreads.sleep((long) milliseconds * NANOS_PER_MILLI);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void yield() {
        Scheduler.yield();
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public boolean supportsNativeYieldAndSleep() {
        return true;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static KernelThread of(IsolateThread thread) {
        return WordFactory.pointer(VMThreads.OSThreadHandleTL.get(thread).rawValue());
    }

    /** No Java thread begins or ends meanwhile. */
    static void lockThreads() {
        THREAD_MUTEX.lock();
    }

    static void unlockThreads() {
        THREAD_MUTEX.unlock();
    }

    /** From a kernel thread to its Java thread. */
    static final class Lookup extends VMThreads.ThreadLookup {
        @Override
        @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
        public ComparableWord getThreadIdentifier() {
            return WordFactory.unsigned(Scheduler.current().rawValue());
        }

        @Override
        @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
        public boolean matchesThread(IsolateThread thread, ComparableWord identifier) {
            return VMThreads.OSThreadHandleTL.get(thread).rawValue() == identifier.rawValue();
        }
    }
}
