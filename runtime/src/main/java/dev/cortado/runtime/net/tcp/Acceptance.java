package dev.cortado.runtime.net.tcp;

/** Makes a connection of a handshake that the other side began. */
final class Acceptance {
    private Acceptance() {}

    /** The state is SYN-RECEIVED after that: the acknowledgement of our SYN does the rest. */
    static void apply(TransmissionControlBlock tcb, Handshake handshake, long now) {
        TcpSettings settings = tcb.settings;
        tcb.state = State.SYN_RECEIVED;
        if (handshake.answeredAt != 0) {
            tcb.time(handshake.answeredAt);
        }
        tcb.setInitialReceive(handshake.initialReceive);
        tcb.setReceiveEdge(Math.min(0xffff, settings.receiveBuffer));
        tcb.sendWindow = handshake.window;
        tcb.largestWindow = handshake.window;
        tcb.selective = handshake.selective;
        tcb.recovery.setSelective(handshake.selective);
        tcb.timestamps = handshake.timestamps;
        tcb.timestampOffset = handshake.timestampOffset;
        tcb.recentTimestamp = handshake.recentTimestamp;
        tcb.recentTimestampAt = now;
        tcb.ecn = handshake.ecn;
        tcb.scaling = handshake.sendScale >= 0;
        tcb.sendScale = Math.max(0, handshake.sendScale);
        tcb.receiveScale = handshake.sendScale >= 0 ? SynOptions.scale(settings) : 0;
        tcb.peerSegmentBytes = handshake.peerSegmentBytes;
        SynSent.setSegmentBytes(tcb);
        if (handshake.answeredAt != 0) {
            tcb.recovery.sent(handshake.answeredAt, tcb.initialSend + 1);
        } else {
            tcb.recovery.sentBefore(now, tcb.initialSend + 1);
        }
        tcb.sendNext = tcb.initialSend + 1;
        tcb.giveUpAt = now + settings.connectTimeout;
    }
}
