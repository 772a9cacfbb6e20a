package dev.cortado.runtime.net.tcp;

import static dev.cortado.runtime.net.tcp.TransmissionControlBlock.NEVER;
import static dev.cortado.runtime.net.wire.TcpSegment.ACK;
import static dev.cortado.runtime.net.wire.TcpSegment.CWR;
import static dev.cortado.runtime.net.wire.TcpSegment.ECE;
import static dev.cortado.runtime.net.wire.TcpSegment.FIN;
import static dev.cortado.runtime.net.wire.TcpSegment.PSH;
import static dev.cortado.runtime.net.wire.TcpSegment.RST;
import static dev.cortado.runtime.net.wire.TcpSegment.SYN;

import dev.cortado.runtime.net.ip.IpOutput;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.tcp.recovery.LossRecovery;
import dev.cortado.runtime.net.wire.TcpSegment;

/** What goes out, and when. The connection's lock is held. */
final class SegmentOutput {
    /** How long to wait when the device or the pool is full. */
    private static final long FULL_DELAY = 1_000_000;

    private final TransmissionControlBlock tcb;
    private final LossRecovery recovery;
    private final IpOutput output;
    private final SegmentWriter writer;
    private final BlackHole blackHole;

    SegmentOutput(TransmissionControlBlock tcb, IpOutput output, BlackHole blackHole) {
        this.tcb = tcb;
        this.recovery = tcb.recovery;
        this.output = output;
        this.writer = new SegmentWriter(tcb, output);
        this.blackHole = blackHole;
    }

    /** Sends what may be sent now: first what was lost, then what is new. */
    void output(long now) {
        tcb.sendAgainAt = NEVER;
        if (tcb.state.sends()) {
            blackHole.look(now);
            tcb.congestionLimited = false;
            boolean more = true;
            while (more) {
                int lost = recovery.nextLost();
                more =
                        lost != LossRecovery.NONE
                                ? resend(now, lost, false)
                                : sendNew(now, false) || recovery.hasNothingNew();
            }
            checkPersist(now);
        } else if (!recovery.isIdle()) {
            int lost = recovery.nextLost();
            if (lost != LossRecovery.NONE) {
                sendSyn(now, lost);
            }
        }
    }

    /** The acknowledgement that is due, if nothing else has carried it. */
    void finish(long now) {
        if (tcb.acknowledgeNow) {
            acknowledge(now);
        }
    }

    void acknowledge(long now) {
        if (writer.send(now, ACK, tcb.sendNext, 0, true) == SendResult.FULL) {
            tcb.acknowledgeAt = Math.min(tcb.acknowledgeAt, now + FULL_DELAY);
        }
        tcb.acknowledgeNow = false;
    }

    /** A segment that the other side answers although it has it already: keep-alive. */
    void probeOld(long now) {
        writer.send(now, ACK, tcb.unacknowledged - 1, 0, true);
    }

    void reset(long now) {
        writer.send(now, RST | ACK, tcb.sendNext, 0, true);
    }

    /** Sends the first SYN; false if there is no way to the other side. */
    boolean open(long now) {
        SendResult result = writer.send(now, synFlags(false), tcb.initialSend, 0, true);
        recovery.sent(now, tcb.initialSend + 1);
        tcb.sendNext = tcb.initialSend + 1;
        return result != SendResult.NO_ROUTE && result != SendResult.NO_SOURCE;
    }

    private int synFlags(boolean again) {
        if (tcb.state == State.SYN_RECEIVED) {
            return SYN | ACK | (tcb.ecn ? ECE : 0);
        }
        // RFC 3168, 6.1.1.1: who does not answer a SYN with ECN may answer one without.
        return SYN | (tcb.settings.ecn && !again ? ECE | CWR : 0);
    }

    private void sendSyn(long now, int segment) {
        writer.send(now, synFlags(true), tcb.initialSend, 0, false);
        recovery.resent(now, segment, tcb.timestamp(now));
        tcb.resentSegments++;
    }

    /** Answers a SYN that crosses ours. */
    void answerSyn(long now) {
        writer.send(now, synFlags(false), tcb.initialSend, 0, false);
    }

    /**
     * Sends one segment again.
     *
     * @param regardless of the congestion window
     * @return whether to go on
     */
    private boolean resend(long now, int segment, boolean regardless) {
        long start = recovery.start(segment);
        if (Math.min(recovery.end(segment), tcb.send.end()) - start > tcb.segmentBytes) {
            recovery.limit(segment, tcb.segmentBytes);
        }
        long end = recovery.end(segment);
        int length = (int) (Math.min(end, tcb.send.end()) - start);
        if (!regardless && recovery.pipe() > 0 && recovery.room() < length) {
            tcb.congestionLimited = true;
            return false;
        }
        boolean fin = tcb.finSent() && end > tcb.finPosition;
        int flags = ACK | (length > 0 && end >= tcb.send.end() ? PSH : 0) | (fin ? FIN : 0);
        SendResult result = writer.send(now, flags, start, Math.max(0, length), false);
        if (result == SendResult.TOO_BIG && blackHole.pathShrank(now)) {
            // Somebody else to that host was told. Ends, as segments become smaller each time.
            return resend(now, segment, regardless);
        }
        if (result == SendResult.FULL || result == SendResult.TOO_BIG) {
            tcb.sendAgainAt = now + FULL_DELAY;
            return false;
        }
        recovery.resent(now, segment, tcb.timestamp(now));
        tcb.resentSegments++;
        return true;
    }

    /**
     * Sends a segment of new data, or the FIN, if there is any and it may go.
     *
     * @param regardless of the congestion window and of Nagle's rule
     * @return whether to go on
     */
    private boolean sendNew(long now, boolean regardless) {
        int unsent = tcb.unsent();
        boolean fin = tcb.outputClosed && !tcb.finSent();
        if (unsent == 0 && !fin || recovery.isFull()) {
            return false;
        }
        int length = (int) Math.max(0, Math.min(unsent, tcb.usableWindow()));
        // The FIN takes room, too (RFC 9293, 3.4).
        fin &= tcb.usableWindow() > length;
        if (length == 0 && !fin) {
            return false;
        }
        if (!regardless) {
            long room =
                    recovery.pipe() <= 0
                            ? Math.max(tcb.segmentBytes, recovery.room())
                            : recovery.room();
            if (room < Math.min(Math.max(1, length), tcb.segmentBytes)) {
                tcb.congestionLimited = true;
                return false;
            }
            length = (int) Math.min(length, room);
        }
        length = wholeSegments(length, regardless);
        if (length < tcb.segmentBytes
                && !regardless
                && !SillyWindow.maySend(tcb, now, length, length == unsent, fin)) {
            return false;
        }
        SendResult result = transmit(now, length, fin && length == unsent, length == unsent);
        if (result == SendResult.TOO_BIG && blackHole.pathShrank(now)) {
            return sendNew(now, regardless);
        }
        if (result == SendResult.FULL || result == SendResult.TOO_BIG) {
            tcb.sendAgainAt = now + FULL_DELAY;
            return false;
        }
        return true;
    }

    /** Cuts it to what one packet takes: a segment, or several that the device makes of it. */
    private int wholeSegments(int length, boolean one) {
        int segment = tcb.segmentBytes;
        if (length <= segment) {
            return length;
        }
        int limit =
                one
                        ? 0
                        : output.segmentationLimit(
                                        tcb.addresses.remoteHigh, tcb.addresses.remoteLow)
                                - TcpSegment.MAXIMUM_HEADER_BYTES;
        return limit < 2 * segment ? segment : Math.min(length, limit) / segment * segment;
    }

    private SendResult transmit(long now, int length, boolean fin, boolean last) {
        long position = tcb.sendNext;
        int flags = ACK | (fin ? FIN : 0) | (last && length > 0 ? PSH : 0);
        SendResult result = writer.send(now, flags, position, length, true);
        if (result == SendResult.FULL || result == SendResult.TOO_BIG) {
            return result;
        }
        if (recovery.isIdle()) {
            tcb.lastProgressAt = now;
        }
        long end = position + length;
        for (long at = position + tcb.segmentBytes; at < end; at += tcb.segmentBytes) {
            recovery.sent(now, at);
        }
        if (fin) {
            tcb.finPosition = end;
            end++;
        }
        recovery.sent(now, end);
        tcb.sendNext = end;
        if (length % tcb.segmentBytes != 0) {
            tcb.smallEnd = end;
            tcb.smallSentAt = now;
        }
        tcb.persistAt = NEVER;
        return result;
    }

    /** RFC 8985, 7.3. */
    void probeTail(long now) {
        if (!tcb.state.sends()) {
            sendSyn(now, recovery.lastSegment());
            recovery.probed(now, true);
            return;
        }
        if (sendNew(now, true)) {
            recovery.probed(now, false);
        } else {
            // Where the device is full, what waits for it, or the timer that starts now, does it.
            recovery.probed(now, resend(now, recovery.lastSegment(), true));
        }
    }

    /** RFC 9293, 3.8.6.1: nothing is under way, and the window keeps back what there is. */
    private void checkPersist(long now) {
        boolean any = tcb.unsent() > 0 || tcb.outputClosed && !tcb.finSent();
        boolean waits = recovery.isIdle() && any && tcb.sendAgainAt == NEVER;
        if (!waits) {
            tcb.persistAt = NEVER;
        } else if (tcb.persistAt == NEVER && tcb.usableWindow() < tcb.segmentBytes) {
            tcb.persistAt = now + persistDelay();
        }
    }

    private long persistDelay() {
        long delay = tcb.roundTripTime.timeout() << Math.min(10, tcb.persistCount);
        return Math.min(60_000_000_000L, delay);
    }

    /**
     * The window has been too small for as long as it takes: sends what fits, or one byte that does
     * not, to hear what it is now.
     */
    void persist(long now) {
        tcb.persistAt = NEVER;
        if (tcb.usableWindow() > 0) {
            sendNew(now, true);
        } else if (tcb.unsent() > 0) {
            writer.send(now, ACK | PSH, tcb.sendNext, 1, true);
            tcb.probedTo = tcb.sendNext + 1;
            tcb.persistCount++;
        } else {
            // Only the FIN is left.
            probeOld(now);
            tcb.persistCount++;
        }
        checkPersist(now);
    }
}
