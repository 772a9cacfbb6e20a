package dev.cortado.runtime.net.tcp;

import static dev.cortado.runtime.net.wire.TcpSegment.ACK;
import static dev.cortado.runtime.net.wire.TcpSegment.FIN;
import static dev.cortado.runtime.net.wire.TcpSegment.RST;
import static dev.cortado.runtime.net.wire.TcpSegment.SYN;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.wire.TcpOptions;
import dev.cortado.runtime.net.wire.TcpSegment;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is left of a connection in TIME-WAIT (RFC 9293, 3.6.1): enough to answer the other side's
 * FIN again, and to let a new connection take its place (RFC 6191).
 */
final class TimeWait extends TableEntry {
    /** RFC 6191 as practised: after that, the timestamps of a new connection are larger. */
    private static final long REUSE_AFTER = 1_000_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final TcpCommons commons;
    private final IncomingSegment segment = new IncomingSegment();
    private final PerSecondLimit limit;
    private final int sendNext;
    private final int receiveNext;
    private final int window;
    private final boolean timestamps;
    private final int timestampOffset;
    private final int recentTimestamp;
    private final long since;

    /** The list of {@link TimeWaits}. */
    TimeWait before;

    TimeWait after;
    long until;
    boolean isListed;

    TimeWait(TableEntry entry, TransmissionControlBlock tcb, TcpCommons commons, long now) {
        super(entry);
        this.commons = commons;
        this.since = now;
        this.limit = new PerSecondLimit(tcb.settings.challengesPerConnection);
        this.sendNext = (int) tcb.sendNext;
        this.receiveNext = (int) tcb.receiveNext;
        this.window = ReceiveWindow.field(ReceiveWindow.bytes(tcb), tcb.receiveScale);
        this.timestamps = tcb.timestamps;
        this.timestampOffset = tcb.timestampOffset;
        this.recentTimestamp = tcb.recentTimestamp;
    }

    /** Whether a connection that this side begins may take its place. */
    boolean isReusable(long now) {
        return timestamps && now - since > REUSE_AFTER;
    }

    /** The initial sequence number of who takes its place: behind any window that it had. */
    int initialSendAfter(int usual) {
        int least = sendNext + 0x10001;
        return usual - least >= 0 ? usual : least;
    }

    @Override
    boolean arrived(PacketBuffer packet, long now) {
        lock.lock();
        try {
            if (!segment.read(packet)) {
                commons.drops.drop(packet, DropReason.TCP_MALFORMED);
                return true;
            }
            if ((segment.flags & (SYN | ACK | RST | FIN)) == SYN && isNewer()) {
                commons.timeWaits.end(this);
                return false;
            }
            answer(now);
            packet.release();
            return true;
        } finally {
            segment.packet = null;
            lock.unlock();
        }
    }

    /** RFC 6191, 2, and RFC 1122, 4.2.2.13: a SYN that cannot be an old one. */
    private boolean isNewer() {
        if (timestamps && segment.options.hasTimestamps()) {
            return segment.options.timestampValue() - recentTimestamp > 0;
        }
        return segment.sequence - receiveNext > 0;
    }

    private void answer(long now) {
        // RFC 1337: a reset does not end it. An acknowledgement in its place says nothing new.
        boolean silent =
                segment.has(RST) || segment.length() == 0 && segment.sequence == receiveNext;
        if (silent) {
            return;
        }
        if (segment.has(FIN)) {
            commons.timeWaits.restart(this, now);
        } else {
            commons.drops.count(DropReason.TCP_NOT_ACCEPTABLE);
        }
        if (limit.allow(now)) {
            acknowledge(now);
        }
    }

    private void acknowledge(long now) {
        PacketBuffer packet = commons.output.take();
        if (packet == null) {
            return;
        }
        ByteBuffer bytes = packet.bytes();
        int header = packet.start();
        int end = header + TcpSegment.HEADER_BYTES;
        if (timestamps) {
            end = TcpOptions.writeNoOperation(bytes, end);
            end = TcpOptions.writeNoOperation(bytes, end);
            int value = (int) (now / 1_000_000) + timestampOffset;
            end = TcpOptions.writeTimestamps(bytes, end, value, recentTimestamp);
        }
        packet.append(end - header);
        TcpSegment.write(
                bytes,
                header,
                localPort,
                remotePort,
                sendNext,
                receiveNext,
                end - header,
                ACK,
                window);
        address(packet.info());
        Checksums.leaveBlank(packet);
        commons.output.send(packet, now);
    }
}
