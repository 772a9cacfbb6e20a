package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CIsolateData;
import com.oracle.svm.core.c.CIsolateDataFactory;
import com.oracle.svm.core.jdk.InternalVMMethod;
import com.oracle.svm.core.locks.VMMutex;
import dev.cortado.kernel.thread.Mutex;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** A lock inside the Java runtime. */
@InternalVMMethod
final class KernelMutex extends VMMutex {
    private final CIsolateData<Mutex> mutex;

    @Platforms(Platform.HOSTED_ONLY.class)
    KernelMutex(String name) {
        super(name);
        mutex = CIsolateDataFactory.createStruct("kernelMutex_" + name, Mutex.class);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    Mutex mutex() {
        return mutex.get();
    }

    @Override
    @Uninterruptible(reason = "Too early for safepoints.")
    public int initialize() {
        return 0; // all zero is unlocked
    }

    @Override
    @Uninterruptible(reason = "The isolate teardown is in progress.")
    public int destroy() {
        return 0;
    }

    @Override
    public VMMutex lock() {
        SystemCalls.lock(mutex());
        setOwnerToCurrentThread();
        return this;
    }

    @Override
    @Uninterruptible(reason = "The critical section is uninterruptible.", callerMustBe = true)
    public void lockNoTransition() {
        Mutex.Operations.lock(mutex());
        setOwnerToCurrentThread();
    }

    @Override
    @Uninterruptible(reason = "The critical section is uninterruptible.", callerMustBe = true)
    public void lockNoTransitionUnspecifiedOwner() {
        Mutex.Operations.lock(mutex());
        setOwnerToUnspecified();
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void unlock() {
        clearCurrentThreadOwner();
        Mutex.Operations.unlock(mutex());
    }

    @Override
    @Uninterruptible(reason = "The critical section is uninterruptible.", callerMustBe = true)
    public void unlockNoTransitionUnspecifiedOwner() {
        clearUnspecifiedOwner();
        Mutex.Operations.unlock(mutex());
    }

    /** For conditions, which give the mutex up while they wait. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    void disown(boolean specified) {
        if (specified) {
            clearCurrentThreadOwner();
        } else {
            clearUnspecifiedOwner();
        }
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    void own(boolean specified) {
        if (specified) {
            setOwnerToCurrentThread();
        } else {
            setOwnerToUnspecified();
        }
    }
}
