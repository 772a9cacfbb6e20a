package dev.cortado.runtime.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.network.Segmentation;
import dev.cortado.runtime.net.buffer.ChecksumMark;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.wire.EthernetFrame;

/** A packet's pieces and marks, from the drivers' side of its memory to the stack's, and back. */
final class PacketConversion {
    /** RFC 9293, 3.1: the header's length in words, and the flags. */
    private static final int TCP_LENGTH = 12;

    private static final int TCP_FLAGS = 13;
    private static final int CWR = 0x80;

    private static final int SUM_BYTES = 2;

    private PacketConversion() {}

    /** A frame that came; the caller's are both sides. */
    static PacketBuffer fromDriver(DevicePackets packets, NetworkBuffer frame) {
        PacketBuffer first = adopt(packets, frame);
        PacketBuffer last = first;
        NetworkBuffer part = frame;
        while (part.next() != null) {
            NetworkBuffer next = part.next();
            part.setNext(null);
            PacketBuffer piece = adopt(packets, next);
            last.setContinuation(piece);
            last = piece;
            part = next;
        }
        if (frame.checksumStart() != NetworkBuffer.NO_CHECKSUM) {
            int from = first.start() + frame.checksumStart();
            int field = from + frame.checksumOffset();
            if (field + SUM_BYTES <= first.end()) {
                first.setChecksumBlank(from, field);
            } else {
                // Where nobody would look for it; it crossed no wire all the same.
                first.setChecksumGood();
            }
        } else if (frame.isChecksumGood()) {
            first.setChecksumGood();
        }
        if (frame.segmentation() != Segmentation.NONE) {
            first.setSegmentSize(frame.segmentSize());
        }
        return first;
    }

    private static PacketBuffer adopt(DevicePackets packets, NetworkBuffer part) {
        PacketBuffer piece = packets.pool().adopt(part.index());
        piece.setRange(part.offset(), part.offset() + part.length());
        return piece;
    }

    /**
     * A frame that is to be sent.
     *
     * @param offloads of the device, {@link Offloads}
     */
    static NetworkBuffer toDriver(DevicePackets packets, PacketBuffer frame, int offloads) {
        dropEmptyPieces(frame);
        NetworkBuffer first = side(packets, frame);
        NetworkBuffer last = first;
        PacketBuffer piece = frame.continuation();
        while (piece != null) {
            NetworkBuffer part = side(packets, piece);
            last.setNext(part);
            last = part;
            piece = piece.continuation();
        }
        if (frame.checksum() == ChecksumMark.BLANK) {
            int from = frame.checksumStart();
            first.setChecksum(from - frame.start(), frame.checksumField() - from);
            if (frame.segmentSize() > 0) {
                markSegments(first, frame, offloads);
            }
        }
        return first;
    }

    private static NetworkBuffer side(DevicePackets packets, PacketBuffer piece) {
        NetworkBuffer part = packets.buffer(piece);
        part.reset();
        part.setData(piece.start(), piece.length());
        return part;
    }

    /** Devices take none. */
    private static void dropEmptyPieces(PacketBuffer frame) {
        PacketBuffer piece = frame;
        while (piece.continuation() != null) {
            PacketBuffer next = piece.continuation();
            if (next.length() == 0) {
                piece.setContinuation(next.detachContinuation());
                next.release();
            } else {
                piece = next;
            }
        }
    }

    private static void markSegments(NetworkBuffer first, PacketBuffer frame, int offloads) {
        int header = frame.checksumStart();
        int words = frame.bytes().get(header + TCP_LENGTH) >>> 4 & 0xf;
        boolean isIpv6 =
                EthernetFrame.type(frame.bytes(), frame.start()) == EthernetFrame.TYPE_IPV6;
        first.setSegmentation(
                isIpv6 ? Segmentation.TCP6 : Segmentation.TCP4,
                frame.segmentSize(),
                header - frame.start() + words * Integer.BYTES);
        // A device that does not know of it repeats CWR, which does no harm but to ask for less.
        boolean isReduced = (frame.bytes().get(header + TCP_FLAGS) & CWR) != 0;
        first.setCongestionReduced(isReduced && (offloads & Offloads.SEGMENTATION_ECN) != 0);
    }
}
