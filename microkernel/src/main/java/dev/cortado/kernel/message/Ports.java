package dev.cortado.kernel.message;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.list.NodeList;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * Calls and replies at a {@link Port}. A call hands the caller's CPU to a receiver that waits, and
 * a reply with which the receiver goes on receiving hands it back: two switches a round trip, and
 * no run queue. Results are those of {@link WaitResult}. The thread of the slot that a thread waits
 * with has been set to that thread before ({@link MessageSlot#setThread}).
 */
public final class Ports {
    /** So many waits are ended before others may have the lock: any number may wait at a port. */
    private static final int MOST_AT_ONCE = 16;

    private Ports() {}

    /** An open port in the kernel heap, or null. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static Port create() {
        int size = SizeOf.get(Port.class);
        int listSize = SizeOf.get(NodeList.class);
        Pointer block = Memory.allocateZeroed(size + 3 * listSize);
        if (block.isNull()) {
            return WordFactory.nullPointer();
        }
        Port port = (Port) block;
        port.setCallers((NodeList) block.add(size));
        port.setReceivers((NodeList) block.add(size + listSize));
        port.setTaken((NodeList) block.add(size + 2 * listSize));
        return port;
    }

    /** Sends the slot's call and waits for the reply. */
    @AlwaysInline("Who enters the kernel so is there.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    public static int call(Port port, MessageSlot slot, long deadline) {
        long flags = Scheduler.lock();
        MessageSlot receiver = (MessageSlot) port.getReceivers().getFirst();
        if (receiver.isNull() || port.getState() != Port.OPEN) {
            return callUnheard(port, slot, deadline, flags);
        }
        NodeList.Operations.removeFirst(port.getReceivers());
        slot.setPort(port);
        take(port, slot, receiver);
        if (!SlotWait.mayHandOver(slot, receiver)) {
            return callAcross(slot, receiver, deadline, flags);
        }
        boolean inTime = SlotWait.handOver(slot, receiver, false, deadline);
        if (slot.getState() != MessageSlot.DONE) {
            return callLonger(slot, deadline, flags, inTime);
        }
        slot.setState(MessageSlot.IDLE);
        Scheduler.unlockAfterSwitch(flags);
        return WaitResult.DONE;
    }

    /** Nobody receives. */
    @Uninterruptible(reason = Scheduler.REASON)
    private static int callUnheard(Port port, MessageSlot slot, long deadline, long flags) {
        int result;
        if (port.getState() == Port.OPEN) {
            slot.setPort(port);
            slot.setState(MessageSlot.QUEUED);
            NodeList.Operations.append(port.getCallers(), slot);
            result = replied(slot, SlotWait.await(slot, deadline));
        } else {
            result = port.getState() == Port.DOWN ? WaitResult.ABANDONED : WaitResult.CLOSED;
        }
        Scheduler.unlock(flags);
        return result;
    }

    /** The receiver has the call, and another CPU than this thread's. */
    @Uninterruptible(reason = Scheduler.REASON)
    private static int callAcross(
            MessageSlot slot, MessageSlot receiver, long deadline, long flags) {
        SlotWait.wake(receiver);
        int result = replied(slot, SlotWait.await(slot, deadline));
        Scheduler.unlock(flags);
        return result;
    }

    /** The thread has the CPU back, but no reply. */
    @Uninterruptible(reason = Scheduler.REASON)
    private static int callLonger(MessageSlot slot, long deadline, long flags, boolean inTime) {
        int result = replied(slot, SlotWait.goOn(slot, deadline, inTime));
        Scheduler.unlock(flags);
        return result;
    }

    /** Goes on waiting for the reply to a call after a {@link WaitResult#NUDGED}. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static int resume(MessageSlot slot, long deadline) {
        long flags = Scheduler.lock();
        int result = replied(slot, SlotWait.await(slot, deadline));
        Scheduler.unlock(flags);
        return result;
    }

    /** Takes back a call after a {@link WaitResult#NUDGED}, which is also the result then. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static int cancel(MessageSlot slot) {
        long flags = Scheduler.lock();
        int result = withdraw(slot);
        Scheduler.unlock(flags);
        return result;
    }

    /** A wait for a reply has ended so. */
    @Uninterruptible(reason = Scheduler.REASON)
    private static int replied(MessageSlot slot, int result) {
        if (result == WaitResult.TIMED_OUT) {
            withdraw(slot);
        } else if (result != WaitResult.NUDGED) {
            slot.setState(MessageSlot.IDLE);
        }
        return result;
    }

    /** The call is no more, and a reply comes too late; unless its wait is over already. */
    @Uninterruptible(reason = Scheduler.REASON)
    private static int withdraw(MessageSlot slot) {
        int state = slot.getState();
        slot.setState(MessageSlot.IDLE);
        switch (state) {
            case MessageSlot.QUEUED:
                NodeList.Operations.remove(slot.getPort().getCallers(), slot);
                return WaitResult.NUDGED;
            case MessageSlot.TAKEN:
                NodeList.Operations.remove(slot.getPort().getTaken(), slot);
                return WaitResult.NUDGED;
            case MessageSlot.DONE:
                return WaitResult.DONE;
            case MessageSlot.CLOSED:
                return WaitResult.CLOSED;
            default:
                return WaitResult.ABANDONED;
        }
    }

    @AlwaysInline("A call takes no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    private static void take(Port port, MessageSlot call, MessageSlot receiver) {
        call.setState(MessageSlot.TAKEN);
        NodeList.Operations.append(port.getTaken(), call);
        receiver.setState(MessageSlot.DONE);
        receiver.setReceived(call);
        receiver.setReceivedSequence(call.getSequence());
    }

    /** Takes a call, or waits for one; which one is then in the slot, where the life is before. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static int receive(Port port, MessageSlot slot, long deadline) {
        return receive(port, slot, deadline, Scheduler.lock());
    }

    @Uninterruptible(reason = Scheduler.REASON)
    private static int receive(Port port, MessageSlot slot, long deadline, long flags) {
        MessageSlot call = (MessageSlot) port.getCallers().getFirst();
        if (!mayReceive(port, slot)) {
            slot.setState(MessageSlot.CLOSED);
        } else if (call.isNonNull()) {
            NodeList.Operations.remove(port.getCallers(), call);
            take(port, call, slot);
        } else {
            slot.setState(MessageSlot.RECEIVING);
            NodeList.Operations.append(port.getReceivers(), slot);
        }
        return received(port, slot, SlotWait.await(slot, deadline), flags);
    }

    /** A wait for a call has ended so. */
    @Uninterruptible(reason = Scheduler.REASON)
    private static int received(Port port, MessageSlot slot, int result, long flags) {
        if (slot.getState() == MessageSlot.RECEIVING) {
            NodeList.Operations.remove(port.getReceivers(), slot);
        }
        slot.setState(MessageSlot.IDLE);
        Scheduler.unlock(flags);
        return result;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static boolean mayReceive(Port port, MessageSlot slot) {
        return port.getState() != Port.CLOSED && port.getLife() == slot.getLife();
    }

    /**
     * Replies to a call that was received from this port.
     *
     * @return false if nobody waits for it any more
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public static boolean reply(MessageSlot call, long sequence) {
        long flags = Scheduler.lock();
        boolean waited = isAwaited(call, sequence);
        if (waited) {
            finish(call);
            SlotWait.wake(call);
        }
        Scheduler.unlock(flags);
        return waited;
    }

    /** Replies, then takes the next call or waits for one. A reply too late goes nowhere. */
    @AlwaysInline("Who enters the kernel so is there.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    public static int replyAndReceive(
            MessageSlot call, long sequence, Port port, MessageSlot slot, long deadline) {
        long flags = Scheduler.lock();
        if (!isAwaited(call, sequence)) {
            return receive(port, slot, deadline, flags);
        }
        finish(call);
        if (port.getCallers().getFirst().isNonNull()
                || !mayReceive(port, slot)
                || !SlotWait.mayHandOver(slot, call)) {
            SlotWait.wake(call);
            return receive(port, slot, deadline, flags);
        }
        slot.setState(MessageSlot.RECEIVING);
        NodeList.Operations.append(port.getReceivers(), slot);
        boolean inTime = SlotWait.handOver(slot, call, true, deadline);
        if (slot.getState() != MessageSlot.DONE) {
            return received(port, slot, SlotWait.goOn(slot, deadline, inTime), flags);
        }
        slot.setState(MessageSlot.IDLE);
        Scheduler.unlockAfterSwitch(flags);
        return WaitResult.DONE;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static boolean isAwaited(MessageSlot call, long sequence) {
        return call.getSequence() == sequence && call.getState() == MessageSlot.TAKEN;
    }

    /** The call has its reply. */
    @AlwaysInline("A call takes no detour.")
    @Uninterruptible(reason = Scheduler.REASON, callerMustBe = true)
    private static void finish(MessageSlot call) {
        NodeList.Operations.remove(call.getPort().getTaken(), call);
        call.setState(MessageSlot.DONE);
    }

    /** All calls end with {@link WaitResult#CLOSED}, those to come, too, and so do receivers. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static void close(Port port) {
        long flags = Scheduler.lock();
        port.setState(Port.CLOSED);
        flags = finishAll(port.getTaken(), MessageSlot.CLOSED, flags);
        flags = finishAll(port.getCallers(), MessageSlot.CLOSED, flags);
        flags = finishAll(port.getReceivers(), MessageSlot.CLOSED, flags);
        Scheduler.unlock(flags);
    }

    /** Who received has died: calls fail, those to come until {@link #open}, too. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static void abandon(Port port) {
        long flags = Scheduler.lock();
        if (port.getState() != Port.CLOSED) {
            port.setState(Port.DOWN);
            port.setLife(port.getLife() + 1);
            flags = finishAll(port.getTaken(), MessageSlot.ABANDONED, flags);
            flags = finishAll(port.getCallers(), MessageSlot.ABANDONED, flags);
            flags = finishAll(port.getReceivers(), MessageSlot.CLOSED, flags);
        }
        Scheduler.unlock(flags);
    }

    /** Who received has died: calls wait for whoever receives next, those it had taken first. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static void requeue(Port port) {
        long flags = Scheduler.lock();
        if (port.getState() != Port.CLOSED) {
            port.setLife(port.getLife() + 1);
            flags = finishAll(port.getReceivers(), MessageSlot.CLOSED, flags);
            NodeList taken = port.getTaken();
            for (int i = 1; taken.getLast().isNonNull(); i++) {
                MessageSlot call = (MessageSlot) taken.getLast();
                NodeList.Operations.remove(taken, call);
                call.setState(MessageSlot.QUEUED);
                NodeList.Operations.prepend(port.getCallers(), call);
                flags = i % MOST_AT_ONCE == 0 ? Scheduler.pause(flags) : flags;
            }
        }
        Scheduler.unlock(flags);
    }

    /** Somebody receives again. */
    @Uninterruptible(reason = Scheduler.REASON)
    public static void open(Port port) {
        long flags = Scheduler.lock();
        if (port.getState() == Port.DOWN) {
            port.setState(Port.OPEN);
        }
        Scheduler.unlock(flags);
    }

    /** Nobody is added meanwhile: the port's state says so. */
    @Uninterruptible(reason = Scheduler.REASON)
    private static long finishAll(NodeList list, int state, long flags) {
        long held = flags;
        for (int i = 1; list.getFirst().isNonNull(); i++) {
            MessageSlot slot = (MessageSlot) list.getFirst();
            NodeList.Operations.remove(list, slot);
            SlotWait.finish(slot, state);
            held = i % MOST_AT_ONCE == 0 ? Scheduler.pause(held) : held;
        }
        return held;
    }
}
