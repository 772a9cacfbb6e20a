package dev.cortado.drivers.network.card;

import dev.cortado.drivers.network.MacAddress;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.PacketCheck;
import dev.cortado.kernel.memory.RingMemory;

/**
 * The headers of packets that a card is to cut into segments: such cards want the pseudo header's
 * sum without the length, which is each segment's own.
 */
public final class CutHeaders {
    /**
     * Where an Ethernet header has its type (IEEE 802.3, 3.1.1), and what says that a tag comes.
     */
    private static final int TYPE = 2 * MacAddress.BYTES;

    private static final int TYPE_TAG = 0x8100;
    private static final int TAG_BYTES = 4;
    private static final int TYPE_BYTES = 2;

    private final RingMemory memory;

    public CutHeaders(RingMemory memory) {
        this.memory = memory;
    }

    /**
     * Checks what {@link PacketCheck} does not: all headers are in the first part, and a segment
     * fits the link.
     *
     * @throws IllegalArgumentException it is not so
     */
    public static void check(NetworkBuffer packet, int mtu) {
        int headers = packet.headerLength();
        int sum = packet.checksumStart() + packet.checksumOffset();
        if (headers > packet.length()
                || sum + TYPE_BYTES > headers
                || packet.checksumStart() < TYPE + TYPE_BYTES
                || headers + packet.segmentSize() > mtu + PacketCheck.LINK_BYTES) {
            throw new IllegalArgumentException(
                    "segments of "
                            + packet.segmentSize()
                            + " bytes, headers of "
                            + headers
                            + ", and "
                            + packet.length()
                            + " bytes in the first part");
        }
    }

    /** Where in a packet the header of IP begins. */
    public int networkStart(NetworkBuffer packet) {
        int type = read(packet, TYPE);
        return type == TYPE_TAG ? TYPE + TAG_BYTES + TYPE_BYTES : TYPE + TYPE_BYTES;
    }

    /** Takes the length of TCP's header and data out of the sum that TCP's header has. */
    public void dropLength(NetworkBuffer packet) {
        int at = packet.checksumStart() + packet.checksumOffset();
        int length = packet.packetLength() - packet.checksumStart();
        // Ones' complement (RFC 1624, 3).
        int sum = read(packet, at) + (~length & 0xffff);
        write(packet, at, (sum & 0xffff) + (sum >>> 16));
    }

    /** Two bytes of the first part, the higher one first. */
    private int read(NetworkBuffer packet, int at) {
        long address = packet.address() + at;
        return (memory.readByte(address) & 0xff) << 8 | memory.readByte(address + 1) & 0xff;
    }

    /** Two bytes of the first part, the higher one first. */
    public void write(NetworkBuffer packet, int at, int value) {
        long address = packet.address() + at;
        memory.writeByte(address, (byte) (value >>> 8));
        memory.writeByte(address + 1, (byte) value);
    }
}
