package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.tcp.recovery.Acknowledgement;
import dev.cortado.runtime.net.tcp.sequence.SequenceNumber;
import dev.cortado.runtime.net.wire.TcpSegment;

/** The ACK field of a segment that was checked (RFC 9293, 3.10.7.4, fifth). */
final class AcknowledgementArrival {
    private static final int MILLISECOND = 1_000_000;

    private final TransmissionControlBlock tcb;
    private final Acknowledgement acknowledgement = new Acknowledgement();

    AcknowledgementArrival(TransmissionControlBlock tcb) {
        this.tcb = tcb;
    }

    void take(IncomingSegment segment, long now) {
        long position = SequenceNumber.near(tcb.unacknowledged, segment.acknowledgment);
        takeProbe(position, now);
        boolean windowChanged = updateWindow(segment, position);
        long upTo = Math.max(position, tcb.unacknowledged);
        boolean progress = upTo > tcb.unacknowledged;
        acknowledgement.begin(now, upTo);
        acknowledgement.limited = tcb.congestionLimited;
        acknowledgement.mayBeDuplicate =
                position == tcb.unacknowledged && segment.length() == 0 && !windowChanged;
        readEcho(segment, now);
        readBlocks(segment);
        if (progress) {
            tcb.unacknowledged = upTo;
            tcb.lastProgressAt = now;
            int roomBefore = tcb.send.room();
            tcb.send.acknowledge(upTo);
            SendBufferTuning.grow(tcb);
            if (tcb.send.room() > roomBefore && isRoomWorthTelling()) {
                tcb.events |= ConnectionEvents.WRITABLE;
            }
        }
        if (position >= upTo) {
            // Also if nothing is under way: a probe may have been for nothing.
            tcb.recovery.acknowledged(acknowledgement);
        }
        if (tcb.ecn && segment.has(TcpSegment.ECE)) {
            tcb.recovery.congestionMark(now);
        }
        tcb.congestionReduced |= tcb.recovery.tellReduced() && tcb.ecn;
    }

    /** Room for a third of the buffer, as a program that waits to write wants more than a byte. */
    private boolean isRoomWorthTelling() {
        return tcb.send.room() >= tcb.send.limit() / 3;
    }

    /** The byte of a window probe was taken after all: it has been sent, then. */
    private void takeProbe(long position, long now) {
        if (tcb.probedTo != TransmissionControlBlock.NO_POSITION
                && position == tcb.probedTo
                && position == tcb.sendNext + 1) {
            tcb.recovery.sentBefore(now, position);
            tcb.sendNext = position;
        }
        if (position > tcb.unacknowledged) {
            tcb.probedTo = TransmissionControlBlock.NO_POSITION;
        }
    }

    private boolean updateWindow(IncomingSegment segment, long position) {
        long sequence = SequenceNumber.near(tcb.receiveNext, segment.sequence);
        boolean newer =
                position >= tcb.unacknowledged
                        && (tcb.windowSequence < sequence
                                || tcb.windowSequence == sequence
                                        && tcb.windowAcknowledgment <= position);
        if (!newer) {
            return false;
        }
        // RFC 7323, 2.2: not with a SYN, which may cross ours.
        int scale = segment.has(TcpSegment.SYN) ? 0 : tcb.sendScale;
        long window = (long) segment.window << scale;
        boolean changed = window != tcb.sendWindow;
        if (tcb.sendWindow == 0 && changed) {
            // What waits for more room than this is not to wait for as long as for any.
            tcb.persistAt = TransmissionControlBlock.NEVER;
        }
        tcb.sendWindow = window;
        tcb.windowSequence = sequence;
        tcb.windowAcknowledgment = position;
        tcb.largestWindow = Math.max(tcb.largestWindow, window);
        if (window > 0) {
            tcb.persistCount = 0;
        }
        return changed;
    }

    private void readEcho(IncomingSegment segment, long now) {
        if (!tcb.timestamps || !segment.options.hasTimestamps()) {
            return;
        }
        int echo = segment.options.timestampEcho();
        int age = tcb.timestamp(now) - echo;
        // What is older than anything under way can be was made up.
        if (echo != 0 && age >= 0 && age < 3_600_000) {
            acknowledgement.hasEcho = true;
            acknowledgement.echo = echo;
            acknowledgement.echoAge = Math.max(1, (long) age * MILLISECOND);
        }
    }

    private void readBlocks(IncomingSegment segment) {
        int count = tcb.selective ? segment.options.sackBlocks() : 0;
        for (int i = 0; i < count; i++) {
            acknowledgement.blocks[2 * i] =
                    SequenceNumber.near(tcb.unacknowledged, segment.options.sackLeft(i));
            acknowledgement.blocks[2 * i + 1] =
                    SequenceNumber.near(tcb.unacknowledged, segment.options.sackRight(i));
        }
        acknowledgement.blockCount = count;
    }
}
