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
        return awaitWaking(slot, deadline, WordFactory.nullPointer());
    }

    /**
     * As above, and wakes {@code next}, which is blocked, at the same time: where that may run
     * here, it has this CPU at once, with what is left of this thread's time.
     *
     * @param next may be null
     * @param answers whether {@code next} waits for what this thread has done
     */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    static int await(MessageSlot slot, long deadline, KernelThread next, boolean answers) {
        if (next.isNull() || isOver(slot) || !Parking.mayHandOver(slot.getThread(), next)) {
            return awaitWaking(slot, deadline, next);
        }
        slot.setWaiting(1);
        boolean inTime = Parking.handOver(slot.getThread(), next, answers, deadline);
        slot.setWaiting(0);
        return slot.getState() == MessageSlot.DONE
                ? WaitResult.DONE
                : goOnWaiting(slot, deadline, inTime);
    }

    @Uninterruptible(reason = Scheduler.REASON)
    private static int awaitWaking(MessageSlot slot, long deadline, KernelThread next) {
        if (next.isNonNull()) {
            Parking.wake(next);
        }
        if (!isOver(slot) && Spin.isWorthwhile(slot)) {
            Spin.await(slot, deadline);
        }
        return goOnWaiting(slot, deadline, true);
    }

    @Uninterruptible(reason = Scheduler.REASON)
    private static int goOnWaiting(MessageSlot slot, long deadline, boolean untilNowInTime) {
        boolean inTime = untilNowInTime;
        while (!isOver(slot) && inTime) {
            slot.setWaiting(1);
            inTime = Parking.block(WordFactory.nullPointer(), deadline);
            slot.setWaiting(0);
        }
        return result(slot, inTime);
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
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    static boolean isOver(MessageSlot slot) {
        int state = slot.getState();
        return state < MessageSlot.QUEUED || state > MessageSlot.RECEIVING || slot.getNudged() != 0;
    }

    /** The wait is over; its thread is woken. The lock is held. */
    @Uninterruptible(reason = Scheduler.REASON)
    static void finish(MessageSlot slot, int state) {
        Spin.endedBy(slot, Scheduler.current());
        slot.setState(state);
        if (isBlocked(slot)) {
            Parking.wake(slot.getThread());
        }
    }

    /** The slot's thread if it is blocked with the slot, else null. The lock is held. */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    static KernelThread blocked(MessageSlot slot) {
        return isBlocked(slot) ? slot.getThread() : WordFactory.nullPointer();
    }

    /** Not so while its deadline has woken it but it has not run yet. */
    @AlwaysInline("Messages between threads take no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
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
