package dev.cortado.drivers.network;

/** Whether a packet can be what it says that it is. */
public final class PacketCheck {
    /** Addresses, type, and one tag (IEEE 802.1Q). */
    public static final int LINK_BYTES = 18;

    /** Addresses and type. */
    private static final int LEAST_BYTES = 14;

    /** What goes into 16 bits, as devices want it. */
    public static final int MOST_BYTES = 65535;

    private static final int SUM_BYTES = 2;

    private PacketCheck() {}

    /**
     * Checks a packet that is to be sent.
     *
     * @param headroom bytes that the driver needs before the data, at most {@link
     *     NetworkBuffer#HEADROOM}
     * @param offloads that the device has
     * @param mostParts that it may have
     * @return its parts
     * @throws IllegalArgumentException it cannot be sent
     */
    public static int check(
            NetworkBuffer packet, int headroom, int offloads, int mtu, int mostParts) {
        if (packet.offset() < headroom) {
            throw new IllegalArgumentException(
                    "only " + packet.offset() + " bytes before a packet's data");
        }
        int parts = 0;
        long length = 0;
        for (NetworkBuffer part = packet; part != null; part = part.next()) {
            parts++;
            length += part.length();
            if (parts > mostParts) {
                throw new IllegalArgumentException("a packet in more than " + mostParts + " parts");
            }
            if (part.length() == 0) {
                throw new IllegalArgumentException("part " + parts + " of a packet is empty");
            }
        }
        boolean whole = packet.segmentation() == Segmentation.NONE;
        long most = whole ? Math.min(mtu + LINK_BYTES, MOST_BYTES) : MOST_BYTES;
        if (length < LEAST_BYTES || length > most) {
            throw new IllegalArgumentException(
                    "a packet of " + length + " bytes; the longest has " + most);
        }
        int wanted = Offloads.of(packet.segmentation());
        wanted |= packet.isCongestionReduced() && !whole ? Offloads.SEGMENTATION_ECN : 0;
        boolean unsummed = packet.checksumStart() != NetworkBuffer.NO_CHECKSUM;
        boolean isSummed = !unsummed || Offloads.fillsIn(offloads, packet.checksumOffset());
        if ((wanted & ~offloads) != 0 || !isSummed) {
            throw new IllegalArgumentException("the device does not do what a packet wants");
        }
        if (unsummed && !hasSum(packet, length)) {
            throw new IllegalArgumentException(
                    "a packet of "
                            + length
                            + " bytes has no sum at "
                            + packet.checksumStart()
                            + " and "
                            + packet.checksumOffset());
        }
        if (!whole && (!unsummed || !canBeCut(packet, length))) {
            throw new IllegalArgumentException(
                    "segments of "
                            + packet.segmentSize()
                            + " bytes and headers of "
                            + packet.headerLength());
        }
        return parts;
    }

    /** Whether the place of the missing sum is in the packet. */
    public static boolean hasSum(NetworkBuffer packet, long length) {
        return packet.checksumStart() >= 0
                && packet.checksumOffset() >= 0
                && (long) packet.checksumStart() + packet.checksumOffset() + SUM_BYTES <= length;
    }

    private static boolean canBeCut(NetworkBuffer packet, long length) {
        return packet.segmentSize() > 0
                && packet.segmentSize() <= MOST_BYTES
                && packet.headerLength() >= LEAST_BYTES
                && packet.headerLength() <= length;
    }
}
