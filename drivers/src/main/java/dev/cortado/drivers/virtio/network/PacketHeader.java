package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.PacketCheck;
import dev.cortado.drivers.network.Segmentation;
import dev.cortado.kernel.memory.PhysicalMemory;

/**
 * What stands before each packet (VIRTIO 1.2, 5.1.6, struct virtio_net_hdr): u8 flags, u8 gso_type,
 * le16 hdr_len, gso_size, csum_start, csum_offset, and num_buffers, which legacy devices have only
 * where buffers are merged. It may lie at any address.
 */
final class PacketHeader {
    static final int BYTES = 12;
    static final int LEGACY_BYTES = 10;

    private static final int FLAGS = 0;
    private static final int GSO_TYPE = 1;
    private static final int HDR_LEN = 2;
    private static final int GSO_SIZE = 4;
    private static final int CSUM_START = 6;
    private static final int CSUM_OFFSET = 8;
    private static final int NUM_BUFFERS = 10;

    private static final int F_NEEDS_CSUM = 1;
    private static final int F_DATA_VALID = 2;

    private static final int GSO_NONE = 0;
    private static final int GSO_TCPV4 = 1;
    private static final int GSO_TCPV6 = 4;
    private static final int GSO_ECN = 0x80;

    private final PhysicalMemory memory;
    private final long features;
    private final int bytes;

    /**
     * @param bytes that a header has
     */
    PacketHeader(PhysicalMemory memory, long features, int bytes) {
        this.memory = memory;
        this.features = features;
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /** Writes the header of a packet that is to be sent. */
    void write(long address, NetworkBuffer packet) {
        boolean unsummed = packet.checksumStart() != NetworkBuffer.NO_CHECKSUM;
        int type =
                switch (packet.segmentation()) {
                    case NONE -> GSO_NONE;
                    case TCP4 -> GSO_TCPV4;
                    case TCP6 -> GSO_TCPV6;
                };
        boolean cut = type != GSO_NONE;
        int ecn = cut && packet.isCongestionReduced() ? GSO_ECN : 0;
        memory.writeByte(address + FLAGS, (byte) (unsummed ? F_NEEDS_CSUM : 0));
        memory.writeByte(address + GSO_TYPE, (byte) (type | ecn));
        write16(address + HDR_LEN, cut ? packet.headerLength() : 0);
        write16(address + GSO_SIZE, cut ? packet.segmentSize() : 0);
        write16(address + CSUM_START, unsummed ? packet.checksumStart() : 0);
        write16(address + CSUM_OFFSET, unsummed ? packet.checksumOffset() : 0);
        if (bytes == BYTES) {
            write16(address + NUM_BUFFERS, 0);
        }
    }

    /** In how many buffers the device says that the packet is. */
    int buffers(long address) {
        return (features & NetworkFeatures.MRG_RXBUF) != 0 ? read16(address + NUM_BUFFERS) : 1;
    }

    /**
     * Takes over what the header of a packet that came says.
     *
     * @param length of the packet
     * @return false if that cannot be; or was not agreed on
     */
    boolean read(long address, NetworkBuffer packet, int length) {
        int flags = memory.readByte(address + FLAGS);
        int type = memory.readByte(address + GSO_TYPE) & 0xff;
        int size = read16(address + GSO_SIZE);
        if ((features & NetworkFeatures.GUEST_CSUM) == 0) {
            flags = 0; // 5.1.6.4.1: it must have been; old devices leave what was there
        }
        packet.setChecksumGood((flags & F_DATA_VALID) != 0);
        if ((flags & F_NEEDS_CSUM) != 0) {
            packet.setChecksum(read16(address + CSUM_START), read16(address + CSUM_OFFSET));
            if (!PacketCheck.hasSum(packet, length)) {
                return false;
            }
        }
        Segmentation kind =
                switch (type & ~GSO_ECN) {
                    case GSO_NONE -> Segmentation.NONE;
                    case GSO_TCPV4 -> agreed(NetworkFeatures.GUEST_TSO4, Segmentation.TCP4);
                    case GSO_TCPV6 -> agreed(NetworkFeatures.GUEST_TSO6, Segmentation.TCP6);
                    default -> null;
                };
        if (kind == null || kind != Segmentation.NONE && size == 0) {
            return false;
        }
        if (kind != Segmentation.NONE) {
            packet.setSegmentation(kind, size, 0); // its length of headers is a hint, 5.1.6.4.2
            packet.setCongestionReduced((type & GSO_ECN) != 0);
        }
        return true;
    }

    private Segmentation agreed(long feature, Segmentation kind) {
        return (features & feature) != 0 ? kind : null;
    }

    private int read16(long address) {
        return memory.readByte(address) & 0xff | (memory.readByte(address + 1) & 0xff) << 8;
    }

    private void write16(long address, int value) {
        memory.writeByte(address, (byte) value);
        memory.writeByte(address + 1, (byte) (value >> 8));
    }
}
