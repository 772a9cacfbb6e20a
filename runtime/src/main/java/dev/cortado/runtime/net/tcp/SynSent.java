package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.tcp.recovery.Acknowledgement;
import dev.cortado.runtime.net.tcp.sequence.SequenceNumber;
import dev.cortado.runtime.net.wire.TcpOptions;
import dev.cortado.runtime.net.wire.TcpSegment;

/** A segment arrives in SYN-SENT (RFC 9293, 3.10.7.3). The connection's lock is held. */
final class SynSent {
    /** RFC 9293, 3.7.1: what counts when the other side does not say. */
    private static final int DEFAULT_IPV4 = 536;

    private static final int DEFAULT_IPV6 = 1220;

    /** Nobody's segments are that small, but a peer that wants us to work for nothing. */
    private static final int SMALLEST = 88;

    private final TransmissionControlBlock tcb;
    private final SegmentOutput output;
    private final ResetSender resets;
    private final DropCounters drops;
    private final Ending ending;
    private final Acknowledgement acknowledgement = new Acknowledgement();

    SynSent(
            TransmissionControlBlock tcb,
            SegmentOutput output,
            ResetSender resets,
            DropCounters drops,
            Ending ending) {
        this.tcb = tcb;
        this.output = output;
        this.resets = resets;
        this.drops = drops;
        this.ending = ending;
    }

    void arrived(IncomingSegment segment, long now) {
        boolean acknowledges = segment.has(TcpSegment.ACK);
        long position = SequenceNumber.near(tcb.unacknowledged, segment.acknowledgment);
        if (acknowledges && (position <= tcb.initialSend || position > tcb.sendNext)) {
            drops.count(DropReason.TCP_NOT_ACCEPTABLE);
            if (!segment.has(TcpSegment.RST)) {
                resets.answer(segment.packet, now);
            }
            return;
        }
        if (segment.has(TcpSegment.RST)) {
            if (acknowledges) {
                ending.abort(TcpError.REFUSED);
            } else {
                drops.count(DropReason.TCP_NOT_ACCEPTABLE);
            }
            return;
        }
        if (!segment.has(TcpSegment.SYN)) {
            drops.count(DropReason.TCP_NOT_ACCEPTABLE);
            return;
        }
        takeSyn(tcb, segment, now);
        if (acknowledges) {
            established(segment, position, now);
        } else {
            // Both have opened at the same time (3.5, figure 8).
            tcb.state = State.SYN_RECEIVED;
            tcb.ecn =
                    tcb.settings.ecn && segment.has(TcpSegment.ECE) && segment.has(TcpSegment.CWR);
            output.answerSyn(now);
        }
    }

    private void established(IncomingSegment segment, long position, long now) {
        tcb.ecn = tcb.settings.ecn && segment.has(TcpSegment.ECE) && !segment.has(TcpSegment.CWR);
        boolean lost = tcb.roundTripTime.backoffs() > 0;
        acknowledgement.begin(now, position);
        tcb.recovery.acknowledged(acknowledgement);
        if (lost) {
            tcb.congestion.synWasLost();
            tcb.roundTripTime.restartAfterLostSyn();
        }
        tcb.unacknowledged = position;
        tcb.windowSequence = tcb.initialReceive;
        tcb.windowAcknowledgment = position;
        tcb.state = State.ESTABLISHED;
        tcb.giveUpAt = TransmissionControlBlock.NEVER;
        tcb.lastProgressAt = now;
        tcb.acknowledgeNow = true;
        tcb.events |= ConnectionEvents.CONNECTED | ConnectionEvents.WRITABLE;
        output.output(now);
    }

    /** Takes over what a SYN says: sequence number, window and options. */
    static void takeSyn(TransmissionControlBlock tcb, IncomingSegment segment, long now) {
        TcpOptions options = segment.options;
        TcpSettings settings = tcb.settings;
        tcb.setInitialReceive(segment.sequence);
        // RFC 7323, 2.2: not scaled.
        tcb.sendWindow = segment.window;
        tcb.largestWindow = segment.window;
        tcb.selective = settings.selectiveAcknowledgement && options.sackPermitted();
        tcb.recovery.setSelective(tcb.selective);
        boolean scaling = settings.windowScaling && options.windowScale() >= 0;
        tcb.scaling = scaling;
        tcb.sendScale = scaling ? options.windowScale() : 0;
        tcb.receiveScale = scaling ? SynOptions.scale(settings) : 0;
        tcb.timestamps = settings.timestamps && options.hasTimestamps();
        tcb.recentTimestamp = options.timestampValue();
        tcb.recentTimestampAt = now;
        tcb.lastHeardAt = now;
        tcb.peerSegmentBytes = peerSegmentBytes(tcb.addresses, options.maximumSegmentSize());
        setSegmentBytes(tcb);
    }

    static int peerSegmentBytes(TableEntry addresses, int told) {
        if (told == 0) {
            boolean ipv4 = Ipv6.isMapped(addresses.remoteHigh, addresses.remoteLow);
            return ipv4 ? DEFAULT_IPV4 : DEFAULT_IPV6;
        }
        return Math.max(SMALLEST, told);
    }

    /** RFC 9293, 3.7.1: the smaller of both sides', less what the options take. */
    static void setSegmentBytes(TransmissionControlBlock tcb) {
        int most = Math.min(tcb.peerSegmentBytes, tcb.pathSegmentBytes);
        tcb.setSegmentBytes(most - SegmentWriter.dataOptionBytes(tcb));
    }
}
