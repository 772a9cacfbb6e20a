package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.tcp.sequence.SequenceNumber;
import dev.cortado.runtime.net.wire.TcpSegment;

/**
 * Whether a segment may be believed, in a state with a window (RFC 9293, 3.10.7.4, first to fourth;
 * RFC 5961; RFC 7323, 5). What is not is counted, and answered as far as the rate allows.
 */
final class SegmentCheck {
    /** RFC 7323, 5.5: how long TS.Recent is worth anything. */
    static final long TIMESTAMP_LIFE = 24L * 24 * 3600 * 1_000_000_000;

    enum Verdict {
        /** Go on. */
        ACCEPTABLE,
        /** It is not looked at further. */
        DROP,
        /** A reset that is one. */
        RESET
    }

    private final TransmissionControlBlock tcb;
    private final SegmentOutput output;
    private final TcpCommons commons;
    private final PerSecondLimit ownLimit;

    SegmentCheck(TransmissionControlBlock tcb, SegmentOutput output, TcpCommons commons) {
        this.tcb = tcb;
        this.output = output;
        this.commons = commons;
        this.ownLimit = new PerSecondLimit(tcb.settings.challengesPerConnection);
    }

    Verdict check(IncomingSegment segment, long now) {
        long position = SequenceNumber.near(tcb.receiveNext, segment.sequence);
        if (segment.has(TcpSegment.RST)) {
            return checkReset(position, now);
        }
        if (segment.has(TcpSegment.SYN)) {
            // RFC 5961, 4.2: wherever it is. The answer makes a peer that has restarted reset us;
            // it knows nothing of our timestamps.
            return challenge(now, DropReason.TCP_CHALLENGED);
        }
        if (!isTimely(segment, now)) {
            return Verdict.DROP;
        }
        if (!isAcceptable(position, segment)) {
            noteDuplicate(position, segment);
            if (segment.length() > 0) {
                // It was not heard that we have it. An answer to this one has no length itself.
                commons.drops.count(DropReason.TCP_NOT_ACCEPTABLE);
                output.acknowledge(now);
                return Verdict.DROP;
            }
            return challenge(now, DropReason.TCP_NOT_ACCEPTABLE);
        }
        if (!segment.has(TcpSegment.ACK)) {
            commons.drops.count(DropReason.TCP_NOT_ACCEPTABLE);
            return Verdict.DROP;
        }
        return checkAcknowledgment(segment, now);
    }

    /** RFC 7323, 3.2 and 5.3, R1: PAWS. */
    private boolean isTimely(IncomingSegment segment, long now) {
        if (!tcb.timestamps) {
            return true;
        }
        if (!segment.options.hasTimestamps()) {
            commons.drops.count(DropReason.TCP_OLD_TIMESTAMP);
            return false;
        }
        boolean old = segment.options.timestampValue() - tcb.recentTimestamp < 0;
        if (old && now - tcb.recentTimestampAt < TIMESTAMP_LIFE) {
            challenge(now, DropReason.TCP_OLD_TIMESTAMP);
            return false;
        }
        return true;
    }

    /** RFC 5961, 3.2. */
    private Verdict checkReset(long position, long now) {
        if (position == tcb.receiveNext) {
            return Verdict.RESET;
        }
        // From the edge, too: who has filled the window and then aborts does not say it again.
        if (position > tcb.receiveNext && position <= tcb.toldEdge) {
            return challenge(now, DropReason.TCP_CHALLENGED);
        }
        commons.drops.count(DropReason.TCP_NOT_ACCEPTABLE);
        return Verdict.DROP;
    }

    /**
     * RFC 9293, 3.10.7.4, table 6. But who has filled the window acknowledges from its edge: if all
     * that was lost, and that of the other side, nobody would take another acknowledgement.
     */
    private boolean isAcceptable(long position, IncomingSegment segment) {
        long next = tcb.receiveNext;
        long edge = Math.max(tcb.toldEdge, next);
        int length = segment.length();
        if (length == 0) {
            return position >= next && position <= edge;
        }
        if (edge == next) {
            // A closed window lets acknowledgements through, whatever else is in the segment.
            return position == next;
        }
        boolean first = position >= next && position < edge;
        long last = position + length - 1;
        return first || last >= next && last < edge;
    }

    /** RFC 2883: tells the sender that it need not have sent it again. */
    private void noteDuplicate(long position, IncomingSegment segment) {
        long end = position + segment.payloadLength;
        if (tcb.selective && segment.payloadLength > 0 && end <= tcb.receiveNext) {
            tcb.duplicateStart = position;
            tcb.duplicateEnd = end;
        }
    }

    /** RFC 5961, 5.2. */
    private Verdict checkAcknowledgment(IncomingSegment segment, long now) {
        long position = SequenceNumber.near(tcb.unacknowledged, segment.acknowledgment);
        if (tcb.state == State.SYN_RECEIVED && position <= tcb.unacknowledged) {
            // It does not acknowledge our SYN: not of this connection.
            commons.drops.count(DropReason.TCP_NOT_ACCEPTABLE);
            commons.resets.answer(segment.packet, now);
            return Verdict.DROP;
        }
        long most = Math.max(tcb.sendNext, tcb.probedTo);
        if (position > most || position < tcb.unacknowledged - tcb.largestWindow) {
            return challenge(now, DropReason.TCP_NOT_ACCEPTABLE);
        }
        return Verdict.ACCEPTABLE;
    }

    /** Answers with where we are, unless that was done too often (RFC 5961, 7). */
    private Verdict challenge(long now, DropReason reason) {
        commons.drops.count(reason);
        if (ownLimit.allow(now) && commons.challengeLimit.allow(now)) {
            output.acknowledge(now);
        }
        return Verdict.DROP;
    }
}
