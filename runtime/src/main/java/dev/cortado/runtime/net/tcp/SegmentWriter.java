package dev.cortado.runtime.net.tcp;

import static dev.cortado.runtime.net.wire.TcpSegment.ACK;
import static dev.cortado.runtime.net.wire.TcpSegment.CWR;
import static dev.cortado.runtime.net.wire.TcpSegment.ECE;
import static dev.cortado.runtime.net.wire.TcpSegment.SYN;
import static dev.cortado.runtime.net.wire.TcpSegment.URG;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.ip.IpOutput;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.tcp.sequence.SequenceNumber;
import dev.cortado.runtime.net.wire.TcpOptions;
import dev.cortado.runtime.net.wire.TcpSegment;
import java.nio.ByteBuffer;

/** Writes a connection's segments, header and payload, into packets and hands them down. */
final class SegmentWriter {
    private static final int TIMESTAMPS_PADDED = TcpOptions.TIMESTAMPS_BYTES + 2;

    /** RFC 3168, 5: ECT(0). */
    private static final int ECN_CAPABLE = 2;

    private final TransmissionControlBlock tcb;
    private final IpOutput output;
    private final long[] blocks = new long[2 * TcpOptions.MAXIMUM_SACK_BLOCKS];

    SegmentWriter(TransmissionControlBlock tcb, IpOutput output) {
        this.tcb = tcb;
        this.output = output;
    }

    /** Bytes of options in a segment with data. */
    static int dataOptionBytes(TransmissionControlBlock tcb) {
        return tcb.timestamps ? TIMESTAMPS_PADDED : 0;
    }

    /**
     * Sends a segment; if it acknowledges, everything that came is acknowledged.
     *
     * @param position of its first byte, or of its SYN
     * @param length bytes of payload, which are in the send buffer
     * @param isNew whether nothing of it was sent before
     * @return what became of it; FULL as well if there is no packet
     */
    SendResult send(long now, int flags, long position, int length, boolean isNew) {
        PacketBuffer packet = output.take();
        if (packet == null) {
            return SendResult.FULL;
        }
        int allFlags = flags;
        boolean acknowledges = (flags & ACK) != 0;
        if (acknowledges && tcb.echoCongestion) {
            allFlags |= ECE;
        }
        if (length > 0 && isNew && tcb.congestionReduced) {
            allFlags |= CWR;
        }
        boolean urgent = position < tcb.sendUrgent && (flags & SYN) == 0;
        allFlags |= urgent ? URG : 0;
        int window = acknowledges ? advertise((flags & SYN) != 0) : synWindow();
        ByteBuffer bytes = packet.bytes();
        int header = packet.start();
        int end = writeOptions(now, bytes, header, (flags & SYN) != 0, length);
        packet.append(end - header);
        TcpSegment.write(
                bytes,
                header,
                tcb.addresses.localPort,
                tcb.addresses.remotePort,
                SequenceNumber.wire(position),
                acknowledges ? SequenceNumber.wire(tcb.receiveNext) : 0,
                end - header,
                allFlags,
                window);
        if (urgent) {
            long distance = Math.min(0xffff, tcb.sendUrgent - position);
            bytes.putShort(header + 18, (short) distance);
        }
        if (!addPayload(packet, position, length)) {
            packet.release();
            return SendResult.FULL;
        }
        if (length > tcb.segmentBytes) {
            packet.setSegmentSize(tcb.segmentBytes);
        }
        tcb.addresses.address(packet.info());
        packet.info().trafficClass =
                tcb.trafficClass | (tcb.ecn && length > 0 && isNew ? ECN_CAPABLE : 0);
        Checksums.leaveBlank(packet);
        SendResult result = output.send(packet, now);
        if (result != SendResult.FULL && result != SendResult.TOO_BIG) {
            if (acknowledges) {
                acknowledged(now, length);
            }
            if ((allFlags & CWR) != 0 && (flags & SYN) == 0) {
                tcb.congestionReduced = false;
            }
        }
        return result;
    }

    private void acknowledged(long now, int length) {
        if (length > 0) {
            AcknowledgementPolicy.answered(tcb, now);
        }
        tcb.lastAcknowledged = tcb.receiveNext;
        tcb.acknowledgeNow = false;
        tcb.acknowledgeAt = TransmissionControlBlock.NEVER;
        tcb.duplicateStart = tcb.duplicateEnd;
    }

    private boolean addPayload(PacketBuffer packet, long position, int length) {
        PacketBuffer piece = packet;
        int done = 0;
        while (done < length) {
            int count = Math.min(length - done, piece.tailRoom());
            if (count == 0) {
                PacketBuffer more = output.take();
                if (more == null) {
                    return false;
                }
                more.setRange(0, 0);
                piece.setContinuation(more);
                piece = more;
                continue;
            }
            int at = piece.append(count);
            tcb.send.read(position + done, piece.bytes(), at, count);
            done += count;
        }
        return true;
    }

    /** A SYN's window is not scaled (RFC 7323, 2.2). */
    private int synWindow() {
        return Math.min(0xffff, tcb.receive == null ? tcb.receiveLimit : windowBytes());
    }

    private int windowBytes() {
        return (int) Math.min(Integer.MAX_VALUE, ReceiveWindow.bytes(tcb));
    }

    private int advertise(boolean syn) {
        int scale = syn ? 0 : tcb.receiveScale;
        long window = ReceiveWindow.bytes(tcb);
        int field = ReceiveWindow.field(window, scale);
        long told = (long) field << scale;
        tcb.toldEdge = Math.max(tcb.toldEdge, tcb.receiveNext + told);
        // Not what was rounded up: else small segments would push the window on for ever.
        long exact = Math.min(window, told);
        tcb.receiveEdge = Math.max(tcb.receiveEdge, tcb.receiveNext + exact);
        return field;
    }

    private int writeOptions(long now, ByteBuffer bytes, int header, boolean syn, int length) {
        int at = header + TcpSegment.HEADER_BYTES;
        if (syn) {
            boolean answer = tcb.state == State.SYN_RECEIVED;
            TcpSettings settings = tcb.settings;
            return SynOptions.write(
                    bytes,
                    header,
                    tcb.ownSegmentBytes,
                    answer ? tcb.selective : settings.selectiveAcknowledgement,
                    (answer ? tcb.scaling : settings.windowScaling)
                            ? SynOptions.scale(settings)
                            : -1,
                    answer ? tcb.timestamps : settings.timestamps,
                    tcb.timestamp(now),
                    tcb.recentTimestamp);
        }
        if (tcb.timestamps) {
            at = TcpOptions.writeNoOperation(bytes, at);
            at = TcpOptions.writeNoOperation(bytes, at);
            at = TcpOptions.writeTimestamps(bytes, at, tcb.timestamp(now), tcb.recentTimestamp);
        }
        if (tcb.selective && length == 0 && tcb.receive != null) {
            at = writeBlocks(bytes, at);
        }
        return at;
    }

    /** RFC 2018, 4, and RFC 2883, 4. */
    private int writeBlocks(ByteBuffer bytes, int from) {
        int most = tcb.timestamps ? 3 : TcpOptions.MAXIMUM_SACK_BLOCKS;
        int count = 0;
        if (tcb.duplicateEnd > tcb.duplicateStart) {
            blocks[0] = tcb.duplicateStart;
            blocks[1] = tcb.duplicateEnd;
            count = 1;
        }
        count += tcb.receive.queue().blocks(blocks, 2 * count, most - count);
        if (count == 0) {
            return from;
        }
        int at = TcpOptions.writeNoOperation(bytes, from);
        at = TcpOptions.writeNoOperation(bytes, at);
        at = TcpOptions.writeSackHead(bytes, at, count);
        for (int i = 0; i < 2 * count; i++) {
            bytes.putInt(at, SequenceNumber.wire(blocks[i]));
            at += 4;
        }
        return at;
    }
}
