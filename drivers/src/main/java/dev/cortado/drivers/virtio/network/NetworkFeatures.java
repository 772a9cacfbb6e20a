package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.Offloads;

/** Features of a network device (VIRTIO 1.2, 5.1.3) that this driver knows. */
final class NetworkFeatures {
    static final long CSUM = 1L;
    static final long GUEST_CSUM = 1L << 1;
    static final long MTU = 1L << 3;
    static final long MAC = 1L << 5;
    static final long GUEST_TSO4 = 1L << 7;
    static final long GUEST_TSO6 = 1L << 8;
    static final long GUEST_ECN = 1L << 9;
    static final long HOST_TSO4 = 1L << 11;
    static final long HOST_TSO6 = 1L << 12;
    static final long HOST_ECN = 1L << 13;
    static final long MRG_RXBUF = 1L << 15;
    static final long STATUS = 1L << 16;
    static final long CTRL_VQ = 1L << 17;
    static final long CTRL_RX = 1L << 18;
    static final long GUEST_ANNOUNCE = 1L << 21;
    static final long MQ = 1L << 22;
    static final long CTRL_MAC_ADDR = 1L << 23;

    /** Of legacy devices: a header need not be in a buffer of its own (6.3). */
    static final long ANY_LAYOUT = 1L << 27;

    static final long ALL =
            CSUM
                    | GUEST_CSUM
                    | MTU
                    | MAC
                    | GUEST_TSO4
                    | GUEST_TSO6
                    | GUEST_ECN
                    | HOST_TSO4
                    | HOST_TSO6
                    | HOST_ECN
                    | MRG_RXBUF
                    | STATUS
                    | CTRL_VQ
                    | CTRL_RX
                    | GUEST_ANNOUNCE
                    | MQ
                    | CTRL_MAC_ADDR;

    private static final long OF_CONTROL = CTRL_RX | GUEST_ANNOUNCE | MQ | CTRL_MAC_ADDR;
    private static final long HOST_TSO = HOST_TSO4 | HOST_TSO6;
    private static final long GUEST_TSO = GUEST_TSO4 | GUEST_TSO6;

    /** 5.1.6.3.1: header and packet, where large ones come. */
    private static final int LARGEST_RECEIVED = 65562;

    private NetworkFeatures() {}

    /**
     * Those that make sense without the others (5.1.3.1). Large packets are received only into
     * buffers that are merged: a queue of buffers of 64 KiB each would be most of a small machine.
     */
    static long withNeeds(long features) {
        long left = features;
        if ((left & CSUM) == 0) {
            left &= ~HOST_TSO;
        }
        if ((left & HOST_TSO) == 0) {
            left &= ~HOST_ECN;
        }
        if ((left & GUEST_CSUM) == 0 || (left & MRG_RXBUF) == 0) {
            left &= ~GUEST_TSO;
        }
        if ((left & GUEST_TSO) == 0) {
            left &= ~GUEST_ECN;
        }
        if ((left & CTRL_VQ) == 0) {
            left &= ~OF_CONTROL;
        }
        if ((left & STATUS) == 0) {
            left &= ~GUEST_ANNOUNCE;
        }
        return left;
    }

    /**
     * Those that are left where the device never has room for the largest packet: it would keep one
     * for ever, and all behind it.
     *
     * @param room bytes of the buffers that it has at once
     */
    static long withRoom(long features, long room) {
        return withNeeds(room < LARGEST_RECEIVED ? features & ~GUEST_TSO : features);
    }

    /** As {@link Offloads}. */
    static int offloads(long features) {
        int offloads = Offloads.SCATTER;
        int sums = Offloads.CHECKSUM | Offloads.CHECKSUM_OTHERS;
        offloads |= (features & CSUM) != 0 ? sums : 0;
        offloads |= (features & HOST_TSO4) != 0 ? Offloads.SEGMENTATION_TCP4 : 0;
        offloads |= (features & HOST_TSO6) != 0 ? Offloads.SEGMENTATION_TCP6 : 0;
        offloads |= (features & HOST_ECN) != 0 ? Offloads.SEGMENTATION_ECN : 0;
        offloads |= (features & GUEST_CSUM) != 0 ? Offloads.RECEIVE_CHECKSUM : 0;
        offloads |= (features & GUEST_TSO) != 0 ? Offloads.RECEIVE_SEGMENTATION : 0;
        return offloads;
    }
}
