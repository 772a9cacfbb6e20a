package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.thread.VMThreads;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.nativeimage.IsolateThread;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.ComparableWord;
import org.graalvm.word.WordFactory;

/** Kernel threads as the Java runtime's operating system threads: a handle is a control block. */
final class KernelThreadSupport extends VMThreads {
    private static final int NANOS_PER_MILLI = 1_000_000;

    @Override
    @Uninterruptible(reason = "Thread state not set up.")
    public void failFatally(int code, CCharPointer message) {
        for (int i = 0; message.read(i) != 0; i++) {
            Console.write(message.read(i));
        }
        Console.write((byte) '\n');
        PanicCause.panic("a thread cannot be used", null);
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
