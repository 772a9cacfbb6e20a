package dev.cortado.runtime.net.tcp;

import static dev.cortado.runtime.net.wire.TcpSegment.ACK;
import static dev.cortado.runtime.net.wire.TcpSegment.FIN;
import static dev.cortado.runtime.net.wire.TcpSegment.RST;
import static dev.cortado.runtime.net.wire.TcpSegment.SYN;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.time.Timer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection that the other side has begun, in SYN-RECEIVED (RFC 9293, 3.10.7.4): what is needed
 * to make one when its acknowledgement comes. {@code accept} never sees it.
 */
final class HalfOpen extends TableEntry {
    private static final long FIRST_TIMEOUT = 1_000_000_000;

    /** As many answers as everywhere: after 63 seconds nobody is there. */
    private static final int ANSWERS = 6;

    final Handshake handshake;
    private final ReentrantLock lock = new ReentrantLock();
    private final TcpListener listener;
    private final TcpCommons commons;
    private final IncomingSegment segment = new IncomingSegment();
    private final PerSecondLimit limit;
    private int answers = 1;
    private boolean over;
    private final Timer timer =
            new Timer() {
                @Override
                protected void expired(long now) {
                    timerExpired(now);
                }
            };

    HalfOpen(TableEntry entry, Handshake handshake, TcpListener listener, TcpCommons commons) {
        super(entry);
        this.handshake = handshake;
        this.listener = listener;
        this.commons = commons;
        this.limit = new PerSecondLimit(commons.settings.challengesPerConnection);
    }

    void begin(long now) {
        commons.timers.set(timer, now + FIRST_TIMEOUT);
        SynAnswer.send(this, handshake, commons, now);
    }

    private void timerExpired(long now) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            if (answers >= ANSWERS) {
                end();
                return;
            }
            commons.timers.set(timer, now + (FIRST_TIMEOUT << answers));
            answers++;
            handshake.answeredAt = 0;
            SynAnswer.send(this, handshake, commons, now);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets it. */
    void close() {
        lock.lock();
        try {
            if (!over) {
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        over = true;
        commons.timers.cancel(timer);
        commons.table.remove(this);
        listener.halfOpenEnded(this);
    }

    @Override
    boolean arrived(PacketBuffer packet, long now) {
        TcpConnection accepted = null;
        lock.lock();
        try {
            if (over) {
                return false;
            }
            if (!segment.read(packet)) {
                commons.drops.drop(packet, DropReason.TCP_MALFORMED);
                return true;
            }
            if (isRightAcknowledgement()) {
                accepted = listener.establish(this, handshake, now);
                if (accepted != null) {
                    over = true;
                    commons.timers.cancel(timer);
                    listener.halfOpenEnded(this);
                } else {
                    // No place in the queue: it is answered again later, and acknowledges again.
                    commons.drops.count(DropReason.TCP_BACKLOG_FULL);
                }
            } else {
                other(packet, now);
            }
        } finally {
            segment.packet = null;
            lock.unlock();
        }
        if (accepted == null) {
            packet.release();
            return true;
        }
        if (!listener.giveFirst(accepted, packet, now)) {
            packet.release();
        }
        return true;
    }

    private boolean isRightAcknowledgement() {
        int behind = segment.sequence - (handshake.initialReceive + 1);
        boolean old =
                handshake.timestamps
                        && (!segment.options.hasTimestamps()
                                || segment.options.timestampValue() - handshake.recentTimestamp
                                        < 0);
        return (segment.flags & (SYN | RST | ACK)) == ACK
                && segment.acknowledgment == handshake.initialSend + 1
                && behind >= 0
                && behind < Math.min(0xffff, commons.settings.receiveBuffer)
                && !old;
    }

    private void other(PacketBuffer packet, long now) {
        int next = handshake.initialReceive + 1;
        if (segment.has(RST)) {
            if (segment.sequence == next) {
                end();
            } else {
                commons.drops.count(DropReason.TCP_CHALLENGED);
            }
        } else if ((segment.flags & (SYN | ACK | FIN)) == SYN) {
            // It has not got our answer. Another first number is another connection's (RFC 5961).
            commons.drops.count(DropReason.TCP_CHALLENGED);
            if (limit.allow(now)) {
                handshake.answeredAt = 0;
                SynAnswer.send(this, handshake, commons, now);
            }
        } else {
            commons.drops.count(DropReason.TCP_NOT_ACCEPTABLE);
            if (segment.has(ACK) && segment.acknowledgment != handshake.initialSend + 1) {
                commons.resets.answer(packet, now);
            }
        }
    }
}
