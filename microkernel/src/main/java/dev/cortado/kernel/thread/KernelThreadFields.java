package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.WordFactory;

/** A thread's fields by the address of its {@link KernelThread}. */
final class KernelThreadFields implements ThreadFields {
    private static final String INLINED = "Called from uninterruptible code.";

    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    private static KernelThread at(long thread) {
        return WordFactory.pointer(thread);
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long next(long thread) {
        return at(thread).getNext().rawValue();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setNext(long thread, long value) {
        at(thread).setNext(at(value));
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long previous(long thread) {
        return at(thread).getPrevious().rawValue();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setPrevious(long thread, long value) {
        at(thread).setPrevious(at(value));
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long affinity(long thread) {
        return at(thread).getAffinity();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public int level(long thread) {
        return at(thread).getLevel();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setLevel(long thread, int value) {
        at(thread).setLevel(value);
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public int baseLevel(long thread) {
        return at(thread).getBaseLevel();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long credit(long thread) {
        return at(thread).getCredit();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setCredit(long thread, long value) {
        at(thread).setCredit(value);
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long queuedAt(long thread) {
        return at(thread).getQueuedAt();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setQueuedAt(long thread, long value) {
        at(thread).setQueuedAt(value);
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long sliceLeft(long thread) {
        return at(thread).getSliceLeft();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setSliceLeft(long thread, long value) {
        at(thread).setSliceLeft(value);
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long switchedToAt(long thread) {
        return at(thread).getSwitchedToAt();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setSwitchedToAt(long thread, long value) {
        at(thread).setSwitchedToAt(value);
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long payer(long thread) {
        return at(thread).getPayer();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setPayer(long thread, long value) {
        at(thread).setPayer(value);
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long blockedAt(long thread) {
        return at(thread).getBlockedAt();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setBlockedAt(long thread, long value) {
        at(thread).setBlockedAt(value);
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long cpuNanos(long thread) {
        return at(thread).getCpuNanos();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setCpuNanos(long thread, long value) {
        at(thread).setCpuNanos(value);
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long deadline(long thread) {
        return at(thread).getDeadline();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long heapOrder(long thread) {
        return at(thread).getHeapOrder();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setHeapOrder(long thread, long value) {
        at(thread).setHeapOrder(value);
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public int heapRank(long thread) {
        return at(thread).getHeapRank();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setHeapRank(long thread, int value) {
        at(thread).setHeapRank(value);
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long heapParent(long thread) {
        return at(thread).getHeapParent();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setHeapParent(long thread, long value) {
        at(thread).setHeapParent(value);
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long heapLeft(long thread) {
        return at(thread).getHeapLeft();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setHeapLeft(long thread, long value) {
        at(thread).setHeapLeft(value);
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public long heapRight(long thread) {
        return at(thread).getHeapRight();
    }

    @Override
    @Uninterruptible(reason = INLINED, mayBeInlined = true)
    public void setHeapRight(long thread, long value) {
        at(thread).setHeapRight(value);
    }
}
