package dev.cortado.kernel.message;

import dev.cortado.kernel.list.ListNode;
import dev.cortado.kernel.thread.KernelThread;
import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawStructure;

/**
 * A thread's place in messages: it calls, receives or waits for signals at one place at a time.
 * Never freed, only used again by another thread, so that a stale address does no harm: {@link
 * #getSequence} tells calls apart. All zero is an idle one.
 */
@RawStructure
public interface MessageSlot extends ListNode {
    /** Waits for nothing. */
    int IDLE = 0;

    /** Its call waits for a receiver. */
    int QUEUED = 1;

    /** Its call has been received and waits for the reply. */
    int TAKEN = 2;

    /** Waits for a call, or for signals. */
    int RECEIVING = 3;

    /** What it waited for has come. */
    int DONE = 4;

    /** What it waited at has been closed. */
    int CLOSED = 5;

    /** Who was to reply has died. */
    int ABANDONED = 6;

    /** One of the above. */
    @RawField
    int getState();

    @RawField
    void setState(int value);

    /** Its number, for finding the objects that belong to it. Never changes. */
    @RawField
    int getIndex();

    @RawField
    void setIndex(int value);

    /** 1 while its thread is blocked with it. */
    @RawField
    int getWaiting();

    @RawField
    void setWaiting(int value);

    /** 1 if a wait is to end early, this one or the next. */
    @RawField
    int getNudged();

    @RawField
    void setNudged(int value);

    /** The life of the port that it receives for. */
    @RawField
    int getLife();

    @RawField
    void setLife(int value);

    /** Whose it was at the last operation. */
    @RawField
    KernelThread getThread();

    @RawField
    void setThread(KernelThread value);

    /** Number of its call. */
    @RawField
    long getSequence();

    @RawField
    void setSequence(long value);

    /** The port of its call. */
    @RawField
    Port getPort();

    @RawField
    void setPort(Port value);

    /** The slot of the call that was received. */
    @RawField
    MessageSlot getReceived();

    @RawField
    void setReceived(MessageSlot value);

    /** The number that call had when it was received. */
    @RawField
    long getReceivedSequence();

    @RawField
    void setReceivedSequence(long value);

    /**
     * Number of the CPU from which its last wait was ended, plus 1; 0 before that, and if the CPU
     * was handed over to it.
     */
    @RawField
    int getEndedBy();

    @RawField
    void setEndedBy(int value);

    /** For how long it looks before its thread blocks, see {@link Spin}; 0: as long as it may. */
    @RawField
    long getSpinNanos();

    @RawField
    void setSpinNanos(long value);

    /** The signals that it waits for; then, those that came. */
    @RawField
    long getSignals();

    @RawField
    void setSignals(long value);
}
