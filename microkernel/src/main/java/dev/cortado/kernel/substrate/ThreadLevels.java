package dev.cortado.kernel.substrate;

import com.oracle.svm.core.jdk.InternalVMMethod;
import com.oracle.svm.core.thread.PlatformThreads;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.nativeimage.IsolateThread;

/** Java's priorities as the scheduler's levels. */
@InternalVMMethod
final class ThreadLevels {
    private ThreadLevels() {}

    /** The level of a Java priority, 1 to 10. */
    static int of(int priority) {
        return priority - Thread.NORM_PRIORITY + Scheduler.NORMAL_LEVEL;
    }

    /** Moves a thread that runs already; one that is started later takes its level then. */
    static void apply(Thread thread, int priority) {
        KernelThreadSupport.lockThreads();
        try {
            IsolateThread isolateThread = PlatformThreads.getIsolateThread(thread);
            if (isolateThread.isNonNull()) {
                KernelThreads.setLevel(KernelThreadSupport.of(isolateThread), of(priority));
            }
        } finally {
            KernelThreadSupport.unlockThreads();
        }
    }
}
