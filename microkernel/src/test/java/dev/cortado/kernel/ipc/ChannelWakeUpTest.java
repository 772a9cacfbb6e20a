package dev.cortado.kernel.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.HostMemory;
import org.junit.jupiter.api.Test;

/**
 * No wake-up is lost, whatever one side does between any two accesses of the other, and with writes
 * that become visible as late as the CPU may let them.
 */
final class ChannelWakeUpTest {
    private static final int CAPACITY = 64;
    private static final int ACCESSES = 40;

    private final HostMemory memory = new HostMemory(ChannelLayout.bytes(CAPACITY));
    private final BufferedMemory senders = new BufferedMemory(memory);
    private final BufferedMemory receivers = new BufferedMemory(memory);
    private final ChannelSender sender = new ChannelSender(senders, HostMemory.BASE, CAPACITY);
    private final ChannelReceiver receiver =
            new ChannelReceiver(receivers, HostMemory.BASE, CAPACITY);
    private boolean notified;
    private int answer;

    private void send(int length) {
        assertTrue(sender.claim(length) > 0);
        sender.commit();
        notified |= sender.mustNotify();
    }

    private void receive() {
        assertTrue(receiver.next() >= 0);
        receiver.release();
        notified |= receiver.mustNotify();
    }

    private void wantMessage() {
        answer = receiver.wantMessage();
    }

    private void wantRoom() {
        answer = sender.wantRoom(24);
    }

    private void assertNotLost(int accesses) {
        senders.fullFence();
        receivers.fullFence();
        assertTrue(
                notified || answer == ChannelReceiver.READY,
                "lost after " + accesses + " accesses");
    }

    /** Runs a case in a new channel for each access before which the interruption may happen. */
    private static void atEveryAccess(Case oneCase) {
        int disturbed = 0;
        for (int accesses = 0; accesses < ACCESSES; accesses++) {
            ChannelWakeUpTest channel = new ChannelWakeUpTest();
            disturbed += oneCase.run(channel, accesses) ? 1 : 0;
        }
        assertTrue(disturbed > 3 && disturbed < ACCESSES, disturbed + " accesses were disturbed");
    }

    private interface Case {
        /** Whether the interruption happened. */
        boolean run(ChannelWakeUpTest channel, int accesses);
    }

    /**
     * One side does something, and the other one something while it does, or afterwards if that
     * takes less accesses.
     *
     * @return whether the interruption happened
     */
    private boolean interrupt(
            Runnable action, BufferedMemory memory, int accesses, Runnable interruption) {
        memory.interruptAfter(accesses, interruption);
        action.run();
        boolean disturbed = !memory.isUndisturbed();
        if (!disturbed) {
            interruption.run();
        }
        assertNotLost(accesses);
        return disturbed;
    }

    @Test
    void aMessageComesWhileTheReceiverDecidesToWait() {
        atEveryAccess((c, accesses) ->
                c.interrupt(c::wantMessage, c.receivers, accesses, () -> c.send(8)));
    }

    @Test
    void theReceiverDecidesToWaitWhileAMessageIsSent() {
        atEveryAccess(
                (c, accesses) -> c.interrupt(() -> c.send(8), c.senders, accesses, c::wantMessage));
    }

    /** A ring that has no room for 24 bytes until its first message is received. */
    private void fill() {
        send(24);
        send(8);
        senders.fullFence();
        notified = false;
    }

    @Test
    void roomIsMadeWhileTheSenderDecidesToWait() {
        atEveryAccess((c, accesses) -> {
            c.fill();
            return c.interrupt(c::wantRoom, c.senders, accesses, c::receive);
        });
    }

    @Test
    void theSenderDecidesToWaitWhileRoomIsMade() {
        atEveryAccess((c, accesses) -> {
            c.fill();
            return c.interrupt(c::receive, c.receivers, accesses, c::wantRoom);
        });
    }

    /** Between sending and asking whom to notify, anything may happen. */
    @Test
    void theReceiverDecidesToWaitBeforeTheSenderAsks() {
        assertTrue(sender.claim(8) > 0);
        sender.commit();
        wantMessage();
        assertEquals(ChannelReceiver.WAIT, answer, "the message is not visible yet");
        assertTrue(sender.mustNotify());
        wantMessage();
        assertEquals(ChannelReceiver.READY, answer);
    }
}
