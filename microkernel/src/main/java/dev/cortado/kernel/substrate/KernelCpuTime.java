package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.thread.PlatformThreads;
import com.oracle.svm.core.thread.ThreadCpuTimeSupport;
import com.oracle.svm.core.thread.ThreadStatus;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.nativeimage.IsolateThread;

/** CPU time of threads; program and kernel are one, so system time is not told apart. */
final class KernelCpuTime implements ThreadCpuTimeSupport {
    /** See {@link java.lang.management.ThreadMXBean#getThreadCpuTime}. */
    private static final long NOT_ALIVE = -1;

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long getCurrentThreadCpuTime(boolean includeSystemTime) {
        return KernelThreads.cpuNanos(Scheduler.current());
    }

    /** A thread is still among the others when those who waited for its end go on. */
    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long getThreadCpuTime(IsolateThread thread, boolean includeSystemTime) {
        Thread java = PlatformThreads.fromVMThread(thread);
        if (java != null && PlatformThreads.getThreadStatus(java) == ThreadStatus.TERMINATED) {
            return NOT_ALIVE;
        }
        return KernelThreads.cpuNanos(KernelThreadSupport.of(thread));
    }
}
