package dev.cortado.drivers.network;

/** What a device does for its user, or its user for it, as bits. */
public final class Offloads {
    /** Packets may be given to the device with the sum of their pseudo header only. */
    public static final int CHECKSUM_TCP4 = 1;

    public static final int CHECKSUM_UDP4 = 1 << 1;
    public static final int CHECKSUM_TCP6 = 1 << 2;
    public static final int CHECKSUM_UDP6 = 1 << 3;

    /** Those of TCP and UDP. */
    public static final int CHECKSUM =
            CHECKSUM_TCP4 | CHECKSUM_UDP4 | CHECKSUM_TCP6 | CHECKSUM_UDP6;

    /** Packets of {@link Segmentation#TCP4} may be given to the device. */
    public static final int SEGMENTATION_TCP4 = 1 << 4;

    public static final int SEGMENTATION_TCP6 = 1 << 5;

    /** Also those with ECN's CWR (RFC 3168), which only the first segment has. */
    public static final int SEGMENTATION_ECN = 1 << 6;

    /** A packet may lie in several buffers. */
    public static final int SCATTER = 1 << 7;

    /** Packets come with their sum checked, or not filled in. */
    public static final int RECEIVE_CHECKSUM = 1 << 8;

    /** Packets that were cut come as one. */
    public static final int RECEIVE_SEGMENTATION = 1 << 9;

    /** Also with other sums of 16 bits in ones' complement, such as ICMPv6's. */
    public static final int CHECKSUM_OTHERS = 1 << 10;

    /** Where TCP (RFC 9293, 3.1) and UDP (RFC 768) have their sums, from their headers on. */
    private static final int TCP_SUM = 16;

    private static final int UDP_SUM = 6;

    private Offloads() {}

    /**
     * Whether a device fills in the sum of any packet that has it at a place, from its transport's
     * header on: it finds out by itself of which IP the packet is.
     */
    public static boolean fillsIn(int offloads, int checksumOffset) {
        boolean isOther = checksumOffset != TCP_SUM && checksumOffset != UDP_SUM;
        int wanted = CHECKSUM | (isOther ? CHECKSUM_OTHERS : 0);
        return (offloads & wanted) == wanted;
    }

    /** What a device must be able to do for packets of that kind. */
    static int of(Segmentation segmentation) {
        return switch (segmentation) {
            case NONE -> 0;
            case TCP4 -> SEGMENTATION_TCP4;
            case TCP6 -> SEGMENTATION_TCP6;
        };
    }
}
