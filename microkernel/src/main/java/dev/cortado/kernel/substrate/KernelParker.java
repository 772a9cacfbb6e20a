package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.jdk.InternalVMMethod;
import com.oracle.svm.core.stack.StackOverflowCheck;
import com.oracle.svm.core.thread.Parker;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.thread.Semaphore;
import dev.cortado.kernel.time.Clock;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** {@code LockSupport.park}: a semaphore with at most one permit. */
@InternalVMMethod
final class KernelParker extends Parker {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Semaphore permit;

    private KernelParker() {
        // A thread that cannot wait for a monitor, where it has waited before, cannot go on.
        Pointer memory = WordFactory.pointer(Memory.allocateAny(SizeOf.get(Semaphore.class)));
        if (memory.isNull()) {
            throw new OutOfMemoryError("No memory to park a thread");
        }
        permit = (Semaphore) memory;
        permit.setFirst(WordFactory.nullPointer());
        permit.setLast(WordFactory.nullPointer());
        permit.setPermits(0);
    }

    @Override
    protected void reset() {
        tryFastPark();
    }

    @Override
    protected boolean tryFastPark() {
        return Semaphore.Operations.tryAcquire(permit);
    }

    @Override
    protected void park(boolean isAbsolute, long time) {
        StackOverflowCheck.singleton().makeYellowZoneAvailable();
        try {
            SystemCalls.acquire(permit, deadline(isAbsolute, time));
        } finally {
            StackOverflowCheck.singleton().protectYellowZone();
        }
    }

    private static long deadline(boolean isAbsolute, long time) {
        if (!isAbsolute) {
            return time == 0 ? Scheduler.FOREVER : Clock.deadlineIn(time);
        }
        long milliseconds = time - Clock.epochNanos() / NANOS_PER_MILLI;
        long longest = Long.MAX_VALUE / NANOS_PER_MILLI;
        return Clock.deadlineIn(Math.min(milliseconds, longest) * NANOS_PER_MILLI);
    }

    @Override
    protected void unpark() {
        Semaphore.Operations.release(permit, 1);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected void release() {
        Memory.free(permit.rawValue());
    }

    /** Makes them for the Java runtime. */
    static final class Factory implements ParkerFactory {
        @Override
        public Parker acquire() {
            return new KernelParker();
        }
    }
}
