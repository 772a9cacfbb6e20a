package dev.cortado.kernel.message;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.Parking;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.word.WordFactory;

/** Waiting with a slot. It is the slot's state that says what has come, not who woke its thread. */
public final class SlotWait {
    private SlotWait() {}

    /** Blocks the slot's thread until its state says that its wait is over. The lock is held. */
    @Uninterruptible(reason = Scheduler.REASON)
    static int await(MessageSlot slot, long deadline) {
        if (!isOver(slot) && Spin.isWorthwhile(slot)) {
            Spin.await(slot, deadline);
        }
        return goOn(slot, deadline, true);
    }

    /**
     * Goes on waiting.
     *
     * @param untilNowInTime whether the deadline has not come
     */
    @Uninterruptible(reason = Scheduler.REASON)
    static int goOn(MessageSlot slot, long deadline, boolean untilNowInTime) {
        boolean inTime = untilNowInTime;
        while (!isOver(slot) && inTime) {
            slot.setWaiting(1);
            inTime = Parking.block(WordFactory.nullPointer(), deadline);
            slot.setWaiting(0);
        }
        return result(slot, inTime);
    }

    /**
     * Whether the slot's thread, which is about to wait, may hand its CPU to the thread of another
     * slot, whose wait is over. The thread of one that does not wait may be no more.
     */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    static boolean mayHandOver(MessageSlot slot, MessageSlot next) {
        return slot.getNudged() == 0
                && next.getWaiting() != 0
                && Parking.mayHandOver(slot.getThread(), next.getThread());
    }

    /**
     * Does so: the other thread has this CPU at once, with what is left of this thread's time. This
     * one may have to {@link #goOn go on waiting} afterwards.
     *
     * @param answers whether the other thread waits for what this one has done
     * @return false if the deadline has come
     */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    static boolean handOver(MessageSlot slot, MessageSlot next, boolean answers, long deadline) {
        next.setEndedBy(0);
        slot.setWaiting(1);
        boolean inTime = Parking.handOver(slot.getThread(), next.getThread(), answers, deadline);
        slot.setWaiting(0);
        return inTime;
    }

    @Uninterruptible(reason = Scheduler.REASON)
    private static int result(MessageSlot slot, boolean inTime) {
        switch (slot.getState()) {
            case MessageSlot.DONE:
                return WaitResult.DONE;
            case MessageSlot.CLOSED:
                return WaitResult.CLOSED;
            case MessageSlot.ABANDONED:
                return WaitResult.ABANDONED;
            default:
                if (inTime) {
                    slot.setNudged(0);
                    return WaitResult.NUDGED;
                }
                return WaitResult.TIMED_OUT;
        }
    }

    /** Also without the lock: then it says only whether to look with it. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean isOver(MessageSlot slot) {
        int state = slot.getState();
        return state < MessageSlot.QUEUED || state > MessageSlot.RECEIVING || slot.getNudged() != 0;
    }

    /** The wait is over; its thread is woken. The lock is held. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void finish(MessageSlot slot, int state) {
        slot.setState(state);
        wake(slot);
    }

    /** The slot's wait is over, as its state says: its thread is woken. The lock is held. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void wake(MessageSlot slot) {
        Spin.endedBy(slot, Scheduler.current());
        if (isBlocked(slot)) {
            Parking.wake(slot.getThread());
        }
    }

    /** Not so while its deadline has woken it but it has not run yet. */
    @Uninterruptible(reason = Scheduler.REASON)
    private static boolean isBlocked(MessageSlot slot) {
        return slot.getWaiting() != 0 && slot.getThread().getState() == KernelThread.BLOCKED;
    }

    /** Ends the slot's wait early, this one or the next. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static void nudge(MessageSlot slot) {
        long flags = Scheduler.lock();
        slot.setNudged(1);
        if (isBlocked(slot)) {
            Parking.wake(slot.getThread());
        }
        Scheduler.unlock(flags);
    }
}
