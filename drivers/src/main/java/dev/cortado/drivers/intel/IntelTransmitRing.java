package dev.cortado.drivers.intel;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.Segmentation;
import dev.cortado.drivers.network.card.CardTransmitRing;
import dev.cortado.drivers.network.card.CutHeaders;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/**
 * Descriptors of what is to be sent, of the extended kinds (SDM, 3.3.6 and 3.3.7; 82574, 7.2.10): a
 * packet that wants a sum or is to be cut has one of its context first, then each has one a part.
 */
final class IntelTransmitRing extends CardTransmitRing {
    static final int SIZE = 256;
    static final int DESCRIPTOR_BYTES = 16;

    /** Parts of a packet: 40 KiB in the smallest buffers, as others have. */
    private static final int MOST_PARTS = 20;

    /** What a descriptor's buffer may have (SDM, 3.3.7.1), rounded down. */
    private static final int MOST_PART_BYTES = 8192;

    /** Offsets and lengths of headers have a byte. */
    private static final int MOST_HEADER_BYTES = 255;

    /** Of both kinds. */
    private static final int COMMAND_SHIFT = 24;

    private static final int COMMAND_DEXT = 1 << 5;

    /** Of a context: TUCMD, HDRLEN and MSS; where sums begin, belong and end. */
    private static final int TUCMD_TCP = 1;

    private static final int TUCMD_IP = 1 << 1;
    private static final int TUCMD_TSE = 1 << 2;
    private static final int HDRLEN_SHIFT = 40;
    private static final int MSS_SHIFT = 48;
    private static final int IPCSO_SHIFT = 8;
    private static final int IPCSE_SHIFT = 16;
    private static final int TUCSS_SHIFT = 32;
    private static final int TUCSO_SHIFT = 40;

    /** Of data: DTYP, DCMD and POPTS. */
    private static final long DTYP_DATA = 1L << 20;

    private static final int DCMD_EOP = 1;
    private static final int DCMD_IFCS = 1 << 1;
    private static final int DCMD_TSE = 1 << 2;
    private static final int DCMD_RS = 1 << 3;
    private static final long POPTS_IXSM = 1L << 40;
    private static final long POPTS_TXSM = 1L << 41;
    private static final long STATUS_DD = 1L << 32;

    /** Fields of IPv4 (RFC 791, 3.1) that the card fills in for each segment. */
    private static final int IPV4_LENGTH = 2;

    private static final int IPV4_SUM = 10;

    /** Of IPv6 (RFC 8200, 3). */
    private static final int IPV6_LENGTH = 4;

    /** Where TCP has its sum (RFC 9293, 3.1). */
    private static final int TCP_SUM = 16;

    private final Registers registers;
    private final RingMemory memory;
    private final CutHeaders headers;
    private final int mtu;
    private final int interrupt;
    private final DeviceBlock block;

    /** By a packet's first descriptor: its last one. By the last one: its slot. */
    private final int[] lasts = new int[SIZE];

    private final int[] slots = new int[SIZE];
    private int next;
    private int oldest;
    private int outstanding;
    private int published;

    /**
     * @param interrupt the cause of an interrupt for what was sent
     */
    IntelTransmitRing(
            Registers registers, RingMemory memory, DeviceFrames frames, int mtu, int interrupt)
            throws IOException {
        super(SIZE, MOST_PARTS, MOST_PART_BYTES, BuddyAllocator.NO_LIMIT);
        this.registers = registers;
        this.memory = memory;
        this.mtu = mtu;
        this.interrupt = interrupt;
        headers = new CutHeaders(memory);
        block = frames.allocate(SIZE * DESCRIPTOR_BYTES, BuddyAllocator.NO_LIMIT);
        registers.write32(IntelRegisters.TDBAL, (int) block.device());
        registers.write32(IntelRegisters.TDBAH, (int) (block.device() >>> Integer.SIZE));
        registers.write32(IntelRegisters.TDLEN, SIZE * DESCRIPTOR_BYTES);
        registers.write32(IntelRegisters.TDH, 0);
        registers.write32(IntelRegisters.TDT, 0);
    }

    private static boolean hasContext(NetworkBuffer packet) {
        return packet.checksumStart() != NetworkBuffer.NO_CHECKSUM;
    }

    @Override
    public void check(NetworkBuffer packet) {
        super.check(packet);
        boolean isCut = packet.segmentation() != Segmentation.NONE;
        if (isCut) {
            CutHeaders.check(packet, mtu);
        }
        int header = isCut ? packet.headerLength() : packet.checksumStart();
        if (hasContext(packet)
                && Math.max(header, packet.checksumStart() + packet.checksumOffset())
                        > MOST_HEADER_BYTES) {
            throw new IllegalArgumentException("headers of " + header + " bytes");
        }
    }

    /** One descriptor is never used: a full ring would look like an empty one (SDM, 3.4). */
    @Override
    public boolean hasRoom(NetworkBuffer packet, int parts) {
        int free = SIZE - 1 - (next - oldest & SIZE - 1);
        return parts + (hasContext(packet) ? 1 : 0) <= free;
    }

    @Override
    public void add(NetworkBuffer packet, int slot) {
        int first = next;
        boolean isCut = packet.segmentation() != Segmentation.NONE;
        long options = 0;
        if (hasContext(packet)) {
            options = POPTS_TXSM | (packet.segmentation() == Segmentation.TCP4 ? POPTS_IXSM : 0);
            putContext(packet, isCut);
        }
        int last = next;
        for (NetworkBuffer part = packet; part != null; part = part.next()) {
            int command = COMMAND_DEXT | DCMD_IFCS | (isCut ? DCMD_TSE : 0);
            command |= part.next() == null ? DCMD_EOP | DCMD_RS : 0;
            last = next;
            put(
                    part.deviceAddress(),
                    part.length() | DTYP_DATA | (long) command << COMMAND_SHIFT | options);
        }
        lasts[first] = last;
        slots[last] = slot;
        outstanding++;
    }

    private void putContext(NetworkBuffer packet, boolean isCut) {
        int start = packet.checksumStart();
        int sum = start + packet.checksumOffset();
        int network = headers.networkStart(packet);
        long places = network | (long) network + IPV4_SUM << IPCSO_SHIFT;
        places |= (long) start - 1 << IPCSE_SHIFT;
        places |= (long) start << TUCSS_SHIFT | (long) sum << TUCSO_SHIFT; // to the packet's end
        int command = COMMAND_DEXT | (packet.checksumOffset() == TCP_SUM ? TUCMD_TCP : 0);
        long rest = 0;
        if (isCut) {
            boolean isVersion4 = packet.segmentation() == Segmentation.TCP4;
            command |= TUCMD_TSE | (isVersion4 ? TUCMD_IP : 0);
            int headerBytes = packet.headerLength();
            rest = packet.packetLength() - headerBytes;
            rest |= (long) headerBytes << HDRLEN_SHIFT | (long) packet.segmentSize() << MSS_SHIFT;
            headers.dropLength(packet);
            if (isVersion4) {
                headers.write(packet, network + IPV4_LENGTH, 0);
                headers.write(packet, network + IPV4_SUM, 0);
            } else {
                headers.write(packet, network + IPV6_LENGTH, 0);
            }
        }
        put(places, rest | (long) command << COMMAND_SHIFT);
    }

    private void put(long low, long high) {
        long at = block.address() + (long) next * DESCRIPTOR_BYTES;
        memory.writeLong(at, low);
        memory.writeLong(at + Long.BYTES, high);
        next = next + 1 & SIZE - 1;
    }

    @Override
    public void publish() {
        if (published != next) {
            published = next;
            registers.write32(IntelRegisters.TDT, next);
        }
    }

    @Override
    public int take() {
        if (!isSent()) {
            return NONE;
        }
        int last = lasts[oldest];
        oldest = last + 1 & SIZE - 1;
        outstanding--;
        return slots[last];
    }

    /** Whether the card has said of the oldest packet that it was sent. */
    private boolean isSent() {
        if (outstanding == 0) {
            return false;
        }
        long at = block.address() + (long) lasts[oldest] * DESCRIPTOR_BYTES;
        return (memory.readLongAcquire(at + Long.BYTES) & STATUS_DD) != 0;
    }

    @Override
    public int outstanding() {
        return outstanding;
    }

    @Override
    public boolean enableInterrupts() {
        registers.write32(IntelRegisters.IMS, interrupt);
        memory.fullFence();
        return !isSent();
    }

    @Override
    public void disableInterrupts() {
        registers.write32(IntelRegisters.IMC, interrupt);
    }
}
