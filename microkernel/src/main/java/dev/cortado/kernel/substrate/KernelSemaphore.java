package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CIsolateData;
import com.oracle.svm.core.c.CIsolateDataFactory;
import com.oracle.svm.core.jdk.InternalVMMethod;
import com.oracle.svm.core.locks.VMSemaphore;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.thread.Semaphore;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** A semaphore inside the Java runtime. */
@InternalVMMethod
final class KernelSemaphore extends VMSemaphore {
    private final CIsolateData<Semaphore> semaphore;

    @Platforms(Platform.HOSTED_ONLY.class)
    KernelSemaphore(String name) {
        super(name);
        semaphore = CIsolateDataFactory.createStruct("kernelSemaphore_" + name, Semaphore.class);
    }

    @Override
    @Uninterruptible(reason = "Too early for safepoints.")
    public int initialize() {
        return 0; // all zero has no permits
    }

    @Override
    @Uninterruptible(reason = "The isolate teardown is in progress.")
    public int destroy() {
        return 0;
    }

    @Override
    public void await() {
        SystemCalls.acquire(semaphore.get(), Scheduler.FOREVER);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void signal() {
        Semaphore.Operations.release(semaphore.get(), Long.MAX_VALUE);
    }
}
