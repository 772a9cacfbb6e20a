package dev.cortado.runtime.net.tcp;

import static dev.cortado.runtime.net.tcp.TransmissionControlBlock.NO_POSITION;

import dev.cortado.runtime.net.tcp.sequence.SequenceNumber;
import dev.cortado.runtime.net.wire.TcpSegment;

/**
 * A segment arrives in a state with a window (RFC 9293, 3.10.7.4): SYN-RECEIVED and all that follow
 * but TIME-WAIT. The connection's lock is held.
 */
final class SegmentArrival {
    private final TransmissionControlBlock tcb;
    private final SegmentOutput output;
    private final SegmentCheck check;
    private final AcknowledgementArrival acknowledgements;
    private final ReceiveTuning tuning;
    private final Ending ending;
    private final ReachabilityHint reachability;

    SegmentArrival(
            TransmissionControlBlock tcb,
            SegmentOutput output,
            SegmentCheck check,
            ReceiveTuning tuning,
            Ending ending,
            ReachabilityHint reachability) {
        this.tcb = tcb;
        this.output = output;
        this.check = check;
        this.tuning = tuning;
        this.ending = ending;
        this.reachability = reachability;
        this.acknowledgements = new AcknowledgementArrival(tcb);
    }

    void arrived(IncomingSegment segment, long now) {
        if (isAnswerToCrossedSyn(segment)) {
            tcb.acknowledgeNow = true;
            establish(segment, now);
            acknowledgements.take(segment, now);
            output.output(now);
            return;
        }
        switch (check.check(segment, now)) {
            case DROP -> {}
            case RESET -> ending.abort(errorOfReset());
            case ACCEPTABLE -> accepted(segment, now);
        }
    }

    /** Who has had the other side's FIN has all that it sent, and only cannot write any more. */
    private TcpError errorOfReset() {
        return switch (tcb.state) {
            case SYN_RECEIVED -> TcpError.REFUSED;
            case CLOSE_WAIT -> TcpError.BROKEN_PIPE;
            default -> TcpError.RESET;
        };
    }

    /** RFC 9293, 3.5, figure 8: both have opened, and each answers the other's SYN. */
    private boolean isAnswerToCrossedSyn(IncomingSegment segment) {
        int flags = TcpSegment.SYN | TcpSegment.ACK | TcpSegment.RST | TcpSegment.FIN;
        return tcb.state == State.SYN_RECEIVED
                && (segment.flags & flags) == (TcpSegment.SYN | TcpSegment.ACK)
                && segment.sequence == SequenceNumber.wire(tcb.initialReceive)
                && segment.acknowledgment == SequenceNumber.wire(tcb.sendNext);
    }

    private void accepted(IncomingSegment segment, long now) {
        long position = SequenceNumber.near(tcb.receiveNext, segment.sequence);
        long acknowledgedBefore = tcb.unacknowledged;
        long receivedBefore = tcb.receiveNext;
        tcb.lastHeardAt = now;
        tcb.keepAliveSent = 0;
        noteTimestamp(segment, position, now);
        if (tcb.state == State.SYN_RECEIVED) {
            establish(segment, now);
        }
        acknowledgements.take(segment, now);
        if (tcb.finSent() && tcb.unacknowledged > tcb.finPosition) {
            ending.ownFinAcknowledged(now);
            if (tcb.state == State.CLOSED || tcb.state == State.TIME_WAIT) {
                return;
            }
        }
        takeMarks(segment);
        takeUrgent(segment, position);
        if (segment.payloadLength > 0) {
            takeText(segment, position, now);
        }
        if (tcb.unacknowledged > acknowledgedBefore || tcb.receiveNext > receivedBefore) {
            reachability.progress(now);
        }
        if (segment.has(TcpSegment.FIN)) {
            noteFin(position + segment.payloadLength);
        }
        // Who sends beyond its FIN has ended there all the same.
        if (tcb.peerFin != NO_POSITION && tcb.peerFin <= tcb.receiveNext && tcb.state.receives()) {
            tcb.receiveNext++;
            // At once: in TIME-WAIT, which may follow, there is no connection any more to send it.
            output.acknowledge(now);
            ending.peerFinArrived(now);
        }
        if (tcb.state != State.CLOSED && tcb.state != State.TIME_WAIT) {
            output.output(now);
        }
    }

    private void establish(IncomingSegment segment, long now) {
        tcb.state = tcb.outputClosed ? State.FIN_WAIT_1 : State.ESTABLISHED;
        tcb.giveUpAt = TransmissionControlBlock.NEVER;
        tcb.lastProgressAt = now;
        tcb.windowSequence = SequenceNumber.near(tcb.receiveNext, segment.sequence);
        tcb.windowAcknowledgment = tcb.unacknowledged;
        tcb.events |= ConnectionEvents.CONNECTED | ConnectionEvents.WRITABLE;
    }

    /** RFC 7323, 4.3. */
    private void noteTimestamp(IncomingSegment segment, long position, long now) {
        if (tcb.timestamps
                && segment.options.hasTimestamps()
                && position <= tcb.lastAcknowledged
                && (segment.options.timestampValue() - tcb.recentTimestamp >= 0
                        || now - tcb.recentTimestampAt >= SegmentCheck.TIMESTAMP_LIFE)) {
            tcb.recentTimestamp = segment.options.timestampValue();
            tcb.recentTimestampAt = now;
        }
    }

    /** RFC 3168, 6.1.3. */
    private void takeMarks(IncomingSegment segment) {
        if (tcb.ecn) {
            if (segment.has(TcpSegment.CWR)) {
                tcb.echoCongestion = false;
            }
            if (segment.congestionExperienced && segment.payloadLength > 0) {
                tcb.echoCongestion = true;
                tcb.acknowledgeNow = true;
            }
        }
    }

    /** RFC 9293, 3.10.7.4, sixth, with the pointer behind the last urgent byte (RFC 6093, 3.1). */
    private void takeUrgent(IncomingSegment segment, long position) {
        if (segment.has(TcpSegment.URG) && tcb.state.receives()) {
            tcb.receiveUrgent = Math.max(tcb.receiveUrgent, position + segment.urgentPointer);
        }
    }

    private void takeText(IncomingSegment segment, long position, long now) {
        if (!tcb.state.receives()) {
            return;
        }
        if (tcb.orphan) {
            // RFC 9293, 3.6.1: nobody will read it, and the other side should know.
            if (position + segment.payloadLength > tcb.receiveNext) {
                output.reset(now);
                ending.abort(TcpError.ABORTED);
            }
            return;
        }
        boolean inTurn = position <= tcb.receiveNext;
        boolean hadGap = !tcb.receive.queue().isEmpty();
        int length = segment.payloadLength;
        long edge = tcb.peerFin == NO_POSITION ? tcb.toldEdge : Math.min(tcb.toldEdge, tcb.peerFin);
        int readable =
                tcb.receive.insert(position, segment.packet, segment.payloadOffset, length, edge);
        if (tcb.inputClosed) {
            tcb.receive.discard();
        }
        tcb.receiveNext += readable;
        if (!inTurn || hadGap || readable == 0) {
            // RFC 5681, 4.2: out of order, or it fills a gap: the sender is waiting to hear of it.
            tcb.acknowledgeNow = true;
        }
        if (readable > 0) {
            tcb.events |= ConnectionEvents.READABLE;
            int one = segment.packet.segmentSize();
            AcknowledgementPolicy.inOrder(tcb, now, length, one, segment.has(TcpSegment.PSH));
            tuning.arrived(segment, now);
        }
    }

    private void noteFin(long position) {
        if (tcb.peerFin == NO_POSITION && position >= tcb.receiveNext && tcb.state.receives()) {
            if (position > tcb.toldEdge) {
                return;
            }
            tcb.peerFin = position;
            if (position > tcb.receiveNext) {
                tcb.acknowledgeNow = true;
            }
        } else if (position < tcb.receiveNext) {
            tcb.acknowledgeNow = true;
        }
    }
}
