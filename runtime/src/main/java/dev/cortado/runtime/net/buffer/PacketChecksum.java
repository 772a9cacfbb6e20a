package dev.cortado.runtime.net.buffer;

import dev.cortado.runtime.net.wire.InternetChecksum;
import dev.cortado.runtime.net.wire.UdpHeader;

/** Checksums over packets of several pieces. */
public final class PacketChecksum {
    private PacketChecksum() {}

    /**
     * Adds a packet's bytes, over all pieces.
     *
     * @param from offset into the first piece's memory, from its start to its end
     * @param length how many bytes; no more than there are
     */
    public static long add(long sum, PacketBuffer packet, int from, int length) {
        long total = sum;
        int left = length;
        int at = from;
        boolean isOdd = false;
        for (PacketBuffer piece = packet; piece != null && left > 0; piece = piece.continuation()) {
            int offset = piece == packet ? at : piece.start();
            int count = Math.min(left, piece.end() - offset);
            total =
                    isOdd
                            ? InternetChecksum.addOdd(total, piece.bytes(), offset, count)
                            : InternetChecksum.add(total, piece.bytes(), offset, count);
            isOdd ^= (count & 1) != 0;
            left -= count;
        }
        return total;
    }

    /** Fills in a checksum that was left blank, as a device would. */
    public static void complete(PacketBuffer packet) {
        if (packet.checksum() != ChecksumMark.BLANK) {
            return;
        }
        int from = packet.checksumStart();
        int length = packet.totalLength() - (from - packet.start());
        int checksum = InternetChecksum.finish(add(0, packet, from, length));
        // To UDP a 0 would say that there is none (RFC 768).
        boolean isUdp = packet.checksumField() - from == UdpHeader.CHECKSUM;
        packet.bytes()
                .putShort(
                        packet.checksumField(),
                        (short) (checksum == 0 && isUdp ? 0xffff : checksum));
        packet.setChecksumNone();
    }
}
