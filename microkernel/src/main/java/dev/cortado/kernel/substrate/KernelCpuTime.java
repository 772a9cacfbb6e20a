package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.thread.ThreadCpuTimeSupport;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.nativeimage.IsolateThread;

/** CPU time of threads; program and kernel are one, so system time is not told apart. */
final class KernelCpuTime implements ThreadCpuTimeSupport {
    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long getCurrentThreadCpuTime(boolean includeSystemTime) {
        return KernelThreads.cpuNanos(Scheduler.current());
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long getThreadCpuTime(IsolateThread thread, boolean includeSystemTime) {
        return KernelThreads.cpuNanos(KernelThreadSupport.of(thread));
    }
}
