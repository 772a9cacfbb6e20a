package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;

/**
 * What {@link RunQueue} and {@link DeadlineHeap} read and write of a thread: fields of 8 bytes that
 * precede its control block, at offsets which are known before the compiler lays out structures.
 */
final class ThreadNode {
    /** Bytes that precede the control block. */
    static final int SIZE = 80;

    private static final long AFFINITY = -8;
    private static final long DEADLINE = -16;

    static final NodeLayout QUEUE = new NodeLayout(-24, -32, -40, -48, AFFINITY);
    static final DeadlineHeap.Layout HEAP = new DeadlineHeap.Layout(DEADLINE, -56, -64, -72, -80);

    private ThreadNode() {}

    /** Bit n set: may run on CPU n. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long affinity(KernelThread thread) {
        return ((Pointer) thread).readLong((int) AFFINITY);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static void setAffinity(KernelThread thread, long mask) {
        ((Pointer) thread).writeLong((int) AFFINITY, mask);
    }

    /** When to wake up at the latest, in nanoseconds of the monotonic clock. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long deadline(KernelThread thread) {
        return ((Pointer) thread).readLong((int) DEADLINE);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static void setDeadline(KernelThread thread, long nanos) {
        ((Pointer) thread).writeLong((int) DEADLINE, nanos);
    }
}
