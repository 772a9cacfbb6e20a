package dev.cortado.kernel.thread;

import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.list.ListNode;
import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawFieldAddress;
import org.graalvm.nativeimage.c.struct.RawStructure;
import org.graalvm.word.PointerBase;

/**
 * A thread's control block. In the kernel heap, where the garbage collector neither looks nor moves
 * it. Guarded by SpinLock.SCHEDULER. As a {@link ListNode} it is on the wait queue where it waits,
 * or on the run queue.
 */
@RawStructure
public interface KernelThread extends ListNode {
    /** On the run queue or running. */
    int RUNNABLE = 0;

    /** On a wait queue, or only waiting for its deadline. */
    int BLOCKED = 1;

    /** Has ended; its control block and stack go away when it has been joined. */
    int ENDED = 2;

    @RawField
    long getId();

    @RawField
    void setId(long value);

    @RawField
    int getState();

    @RawField
    void setState(int value);

    /** Where the registers are saved while the thread does not run, see layout.ThreadFrame. */
    @RawField
    long getStackPointer();

    @RawField
    void setStackPointer(long value);

    @RawFieldAddress
    PointerBase addressOfStackPointer();

    /** Lowest usable address of the stack, 0 for the idle thread, which runs on the boot stack. */
    @RawField
    long getStackBegin();

    @RawField
    void setStackBegin(long value);

    @RawField
    long getStackBytes();

    @RawField
    void setStackBytes(long value);

    /** The wait queue that the thread is on, or null. */
    @RawField
    WaitQueue getWaitQueue();

    @RawField
    void setWaitQueue(WaitQueue value);

    /** Number of its wait on that queue: later ones have larger numbers. */
    @RawField
    long getWait();

    @RawField
    void setWait(long value);

    /** When to wake up at the latest, in nanoseconds of the monotonic clock. */
    @RawField
    long getDeadline();

    @RawField
    void setDeadline(long value);

    /** {@link DeadlineHeap}'s: when it was added; 0 while it waits for no deadline. */
    @RawField
    long getHeapOrder();

    @RawField
    void setHeapOrder(long value);

    /** {@link DeadlineHeap}'s: how far it is to the end of its right side. */
    @RawField
    int getHeapRank();

    @RawField
    void setHeapRank(int value);

    /** {@link DeadlineHeap}'s neighbours. */
    @RawField
    long getHeapParent();

    @RawField
    void setHeapParent(long value);

    @RawField
    long getHeapLeft();

    @RawField
    void setHeapLeft(long value);

    @RawField
    long getHeapRight();

    @RawField
    void setHeapRight(long value);

    /** Number of the CPU whose deadlines it is among, if it is. */
    @RawField
    int getDeadlineProcessor();

    @RawField
    void setDeadlineProcessor(int value);

    /** Number of the CPU that it runs on, or ran on last, or on whose run queue it is. */
    @RawField
    int getProcessor();

    @RawField
    void setProcessor(int value);

    /** The CPU that it runs on, or ran on last; for the current thread the shortest way there. */
    @RawField
    Processor getRunsOn();

    @RawField
    void setRunsOn(Processor value);

    /**
     * The CPU that it ran on when it blocked, on no queue, and may run on still: there others may
     * hand theirs over to it. Null if it is not blocked so.
     */
    @RawField
    Processor getPausedOn();

    @RawField
    void setPausedOn(Processor value);

    /** Bit n set: may run on CPU n. */
    @RawField
    long getAffinity();

    @RawField
    void setAffinity(long value);

    /** From 0 to {@code RunQueue.LEVELS - 1}; higher ones run first. */
    @RawField
    int getLevel();

    @RawField
    void setLevel(int value);

    /** The level of its priority; {@link #getLevel} may be higher for a while. */
    @RawField
    int getBaseLevel();

    @RawField
    void setBaseLevel(int value);

    /** See {@link WaitingCredit}, in nanoseconds. */
    @RawField
    long getCredit();

    @RawField
    void setCredit(long value);

    /** When its last wait began. */
    @RawField
    long getBlockedAt();

    @RawField
    void setBlockedAt(long value);

    /** What is left of its time slice, see {@link Turns}; 0: the next one is a whole one. */
    @RawField
    long getSliceLeft();

    @RawField
    void setSliceLeft(long value);

    /**
     * Since when it has been on the run queue, or the one behind it, in nanoseconds of the
     * monotonic clock.
     */
    @RawField
    long getQueuedAt();

    @RawField
    void setQueuedAt(long value);

    /** 1 while it is on a run queue. */
    @RawField
    int getQueued();

    @RawField
    void setQueued(int value);

    /** 1 if the last wait ended by its deadline. */
    @RawField
    int getTimedOut();

    @RawField
    void setTimedOut(int value);

    /** Function and argument that the thread starts with. */
    @RawField
    long getFunction();

    @RawField
    void setFunction(long value);

    @RawField
    long getArgument();

    @RawField
    void setArgument(long value);

    @RawField
    long getExitStatus();

    @RawField
    void setExitStatus(long value);

    /** CPU time used, in nanoseconds, up to the last time the thread was switched to. */
    @RawField
    long getCpuNanos();

    @RawField
    void setCpuNanos(long value);

    /**
     * Who pays for the time of this one, which runs; 0: it pays itself. See {@link TimeAccount}.
     */
    @RawField
    long getPayer();

    @RawField
    void setPayer(long value);

    @RawField
    long getSwitchedToAt();

    @RawField
    void setSwitchedToAt(long value);

    /**
     * Address of the InterruptFrame of the interrupt that took the CPU from it, 0 if it gave the
     * CPU up by itself.
     */
    @RawField
    long getInterruptFrame();

    @RawField
    void setInterruptFrame(long value);

    /** The C library's errno of this thread. */
    @RawField
    int getLastError();

    @RawField
    void setLastError(int value);

    /** The thread that waits for this one to end, or null. */
    @RawField
    KernelThread getJoiner();

    @RawField
    void setJoiner(KernelThread value);
}
