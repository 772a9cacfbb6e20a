package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;

/**
 * What {@link RunQueue}, {@link Turns}, {@link TimeAccount}, {@link DeadlineHeap} and others read
 * and write of a thread, which is a number for them: in the kernel the address of its {@link
 * KernelThread}, which says what each field is.
 */
public interface ThreadFields {
    String REASON = Scheduler.REASON;

    @Uninterruptible(reason = REASON)
    long next(long thread);

    @Uninterruptible(reason = REASON)
    void setNext(long thread, long value);

    @Uninterruptible(reason = REASON)
    long previous(long thread);

    @Uninterruptible(reason = REASON)
    void setPrevious(long thread, long value);

    @Uninterruptible(reason = REASON)
    long affinity(long thread);

    @Uninterruptible(reason = REASON)
    int level(long thread);

    @Uninterruptible(reason = REASON)
    void setLevel(long thread, int value);

    @Uninterruptible(reason = REASON)
    int baseLevel(long thread);

    @Uninterruptible(reason = REASON)
    long credit(long thread);

    @Uninterruptible(reason = REASON)
    void setCredit(long thread, long value);

    @Uninterruptible(reason = REASON)
    long queuedAt(long thread);

    @Uninterruptible(reason = REASON)
    void setQueuedAt(long thread, long value);

    @Uninterruptible(reason = REASON)
    long sliceLeft(long thread);

    @Uninterruptible(reason = REASON)
    void setSliceLeft(long thread, long value);

    @Uninterruptible(reason = REASON)
    long switchedToAt(long thread);

    @Uninterruptible(reason = REASON)
    void setSwitchedToAt(long thread, long value);

    @Uninterruptible(reason = REASON)
    long payer(long thread);

    @Uninterruptible(reason = REASON)
    void setPayer(long thread, long value);

    @Uninterruptible(reason = REASON)
    long blockedAt(long thread);

    @Uninterruptible(reason = REASON)
    void setBlockedAt(long thread, long value);

    @Uninterruptible(reason = REASON)
    long cpuNanos(long thread);

    @Uninterruptible(reason = REASON)
    void setCpuNanos(long thread, long value);

    @Uninterruptible(reason = REASON)
    long deadline(long thread);

    @Uninterruptible(reason = REASON)
    long heapOrder(long thread);

    @Uninterruptible(reason = REASON)
    void setHeapOrder(long thread, long value);

    @Uninterruptible(reason = REASON)
    int heapRank(long thread);

    @Uninterruptible(reason = REASON)
    void setHeapRank(long thread, int value);

    @Uninterruptible(reason = REASON)
    long heapParent(long thread);

    @Uninterruptible(reason = REASON)
    void setHeapParent(long thread, long value);

    @Uninterruptible(reason = REASON)
    long heapLeft(long thread);

    @Uninterruptible(reason = REASON)
    void setHeapLeft(long thread, long value);

    @Uninterruptible(reason = REASON)
    long heapRight(long thread);

    @Uninterruptible(reason = REASON)
    void setHeapRight(long thread, long value);
}
