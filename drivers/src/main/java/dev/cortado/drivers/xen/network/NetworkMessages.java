package dev.cortado.drivers.xen.network;

import dev.cortado.kernel.memory.RingMemory;

/**
 * Requests and responses of a network device (public/io/netif.h).
 *
 * <p>struct netif_tx_request: u32 gref, u16 offset, u16 flags, u16 id, u16 size. struct
 * netif_tx_response: u16 id, s16 status. struct netif_rx_request: u16 id, u16 pad, u32 gref. struct
 * netif_rx_response: u16 id, u16 offset, u16 flags, s16 status. struct netif_extra_info, in the
 * place of a request or response: u8 type, u8 flags, u16 size, u8 type of segments, u8 pad, u16
 * features.
 */
final class NetworkMessages {
    static final int TRANSMIT_BYTES = 12;
    static final int RECEIVE_BYTES = 8;

    /** NETTXF_*. */
    static final int TX_CSUM_BLANK = 1;

    static final int TX_DATA_VALIDATED = 2;
    static final int TX_MORE_DATA = 4;
    static final int TX_EXTRA_INFO = 8;

    /** NETRXF_*. */
    static final int RX_DATA_VALIDATED = 1;

    static final int RX_CSUM_BLANK = 2;
    static final int RX_MORE_DATA = 4;
    static final int RX_EXTRA_INFO = 8;
    static final int RX_GSO_PREFIX = 16;

    /** XEN_NETIF_EXTRA_TYPE_GSO and its kinds. */
    static final int EXTRA_GSO = 1;

    static final int EXTRA_MORE = 1;
    static final int GSO_TCPV4 = 1;
    static final int GSO_TCPV6 = 2;

    /** The response for extra information, which has no id. */
    static final int STATUS_NULL = 1;

    private final RingMemory memory;

    NetworkMessages(RingMemory memory) {
        this.memory = memory;
    }

    void transmit(long entry, int grant, int offset, int flags, int id, int size) {
        memory.writeIntRelease(entry, grant);
        memory.writeIntRelease(entry + 4, offset | flags << 16);
        memory.writeIntRelease(entry + 8, id | size << 16);
    }

    /** Of a packet that is to be cut. */
    void segmentation(long entry, int kind, int size) {
        memory.writeIntRelease(entry, EXTRA_GSO | size << 16);
        memory.writeIntRelease(entry + 4, kind);
        memory.writeIntRelease(entry + 8, 0);
    }

    /** A response to {@link #transmit}: u16 id, s16 status. */
    int transmitted(long entry) {
        return memory.readIntAcquire(entry);
    }

    static int transmittedId(int response) {
        return response & 0xffff;
    }

    static int transmittedStatus(int response) {
        return response >> 16;
    }

    void receive(long entry, int id, int grant) {
        memory.writeLong(entry, id | (long) grant << 32);
    }

    /** A response to {@link #receive}, or extra information, all at once. */
    long received(long entry) {
        return memory.readLongAcquire(entry);
    }

    static int receivedId(long response) {
        return (int) response & 0xffff;
    }

    static int receivedOffset(long response) {
        return (int) (response >>> 16) & 0xffff;
    }

    static int receivedFlags(long response) {
        return (int) (response >>> 32) & 0xffff;
    }

    /** Bytes, or an error below 0. */
    static int receivedStatus(long response) {
        return (int) (response >> 48);
    }

    static int extraType(long extra) {
        return (int) extra & 0xff;
    }

    static int extraFlags(long extra) {
        return (int) (extra >>> 8) & 0xff;
    }

    static int segmentSize(long extra) {
        return (int) (extra >>> 16) & 0xffff;
    }

    static int segmentKind(long extra) {
        return (int) (extra >>> 32) & 0xff;
    }
}
