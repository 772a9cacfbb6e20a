package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CIsolateData;
import com.oracle.svm.core.c.CIsolateDataFactory;
import com.oracle.svm.core.jdk.InternalVMMethod;
import com.oracle.svm.core.locks.VMCondition;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.thread.Condition;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.thread.WaitQueue;
import dev.cortado.kernel.time.Clock;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** A condition inside the Java runtime. Waits return the nanoseconds that are left, or 0. */
@InternalVMMethod
final class KernelCondition extends VMCondition {
    private static final String NATIVE_ONLY = "The thread has left Java code by itself.";

    private final KernelMutex owner;
    private final CIsolateData<WaitQueue> queue;

    @Platforms(Platform.HOSTED_ONLY.class)
    KernelCondition(KernelMutex mutex, String name) {
        super(mutex, name);
        owner = mutex;
        queue = CIsolateDataFactory.createStruct("kernelCondition_" + getName(), WaitQueue.class);
    }

    @Override
    @Uninterruptible(reason = "Too early for safepoints.")
    public int initialize() {
        return 0; // all zero is empty
    }

    @Override
    @Uninterruptible(reason = "The isolate teardown is in progress.")
    public int destroy() {
        return 0;
    }

    @Override
    public void block() {
        await(Scheduler.FOREVER);
    }

    @Override
    public long block(long nanos) {
        if (nanos <= 0) {
            return 0;
        }
        long deadline = Clock.deadlineIn(nanos);
        return await(deadline) ? remaining(deadline) : 0;
    }

    private boolean await(long deadline) {
        owner.disown(true);
        int signalled = SystemCalls.await(queue.get(), owner.mutex(), deadline);
        owner.own(true);
        return signalled != 0;
    }

    @Override
    @Uninterruptible(reason = NATIVE_ONLY, callerMustBe = true)
    public void blockNoTransition() {
        awaitNoTransition(Scheduler.FOREVER, true);
    }

    @Override
    @Uninterruptible(reason = NATIVE_ONLY, callerMustBe = true)
    public void blockNoTransitionUnspecifiedOwner() {
        awaitNoTransition(Scheduler.FOREVER, false);
    }

    @Override
    @Uninterruptible(reason = NATIVE_ONLY, callerMustBe = true)
    public long blockNoTransition(long nanos) {
        if (nanos <= 0) {
            return 0;
        }
        long deadline = Clock.deadlineIn(nanos);
        return awaitNoTransition(deadline, true) ? remaining(deadline) : 0;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private boolean awaitNoTransition(long deadline, boolean specifiedOwner) {
        owner.disown(specifiedOwner);
        boolean signalled = Condition.await(queue.get(), owner.mutex(), deadline);
        owner.own(specifiedOwner);
        return signalled;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long remaining(long deadline) {
        return Numbers.max(1, deadline - Clock.nanoTime());
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void signal() {
        Condition.signal(queue.get());
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void broadcast() {
        Condition.broadcast(queue.get());
    }
}
