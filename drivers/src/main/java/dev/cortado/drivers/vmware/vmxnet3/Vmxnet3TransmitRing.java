package dev.cortado.drivers.vmware.vmxnet3;

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
 * Vmxnet3_TxDesc of what is to be sent, one a part, and Vmxnet3_TxCompDesc of what was. Both rings
 * have a generation: a bit that changes each time round says whose a descriptor is.
 */
final class Vmxnet3TransmitRing extends CardTransmitRing {
    static final int SIZE = 256;
    static final int DESCRIPTOR_BYTES = 16;

    /** VMXNET3_MAX_TXD_PER_PKT. */
    private static final int MOST_PARTS = 16;

    /** A length has 14 bits, of which 0 is 16 KiB. */
    private static final int MOST_PART_BYTES = (1 << 14) - 1;

    private static final int MOST_HEADER_BYTES = (1 << 10) - 1;

    /** Behind the address: len, gen, msscof; hlen, om, eop and cq. */
    private static final long GENERATION = 1L << 14;

    private static final int MSSCOF_SHIFT = 18;
    private static final int HLEN_SHIFT = 32;
    private static final int OM_SHIFT = 42;
    private static final long OM_CSUM = 2L << OM_SHIFT;
    private static final long OM_TSO = 3L << OM_SHIFT;
    private static final long EOP_AND_CQ = 3L << 44;

    /** Of a completion: txdIdx in its first word, the generation in its last one. */
    private static final int INDEX_MASK = 0xfff;

    private static final int COMPLETION_GENERATION = 12;

    private static final int IPV4_SUM = 10;

    private final String name;
    private final Registers passThrough;
    private final RingMemory memory;
    private final CutHeaders headers;
    private final int mtu;

    /** Where the mask of an interrupt that is for what was sent alone is; -1 if there is none. */
    private final int mask;

    private final DeviceBlock ring;
    private final DeviceBlock completions;

    /** By a packet's first descriptor: its last one. By the last one: its slot. */
    private final int[] lasts = new int[SIZE];

    private final int[] slots = new int[SIZE];
    private int next;
    private long generation = GENERATION;
    private int oldest;
    private int outstanding;
    private int published;
    private int completed;
    private boolean completedGeneration = true;

    /**
     * @param interrupts how many the device has
     */
    Vmxnet3TransmitRing(
            String name,
            Registers passThrough,
            RingMemory memory,
            DeviceFrames frames,
            int mtu,
            int interrupts)
            throws IOException {
        super(SIZE, MOST_PARTS, MOST_PART_BYTES, BuddyAllocator.NO_LIMIT);
        this.name = name;
        this.passThrough = passThrough;
        this.memory = memory;
        this.mtu = mtu;
        mask = interrupts > 1 ? Vmxnet3Registers.IMR + Vmxnet3Registers.IMR_BYTES : -1;
        headers = new CutHeaders(memory);
        ring = frames.allocate(SIZE * DESCRIPTOR_BYTES, BuddyAllocator.NO_LIMIT);
        completions = frames.allocate(SIZE * DESCRIPTOR_BYTES, BuddyAllocator.NO_LIMIT);
    }

    void describe(DriverShared shared) {
        shared.setTransmitRings(ring.device(), SIZE, completions.device());
    }

    @Override
    public void check(NetworkBuffer packet) {
        super.check(packet);
        if (packet.segmentation() != Segmentation.NONE) {
            CutHeaders.check(packet, mtu);
        }
        if (Math.max(packet.headerLength(), packet.checksumStart()) > MOST_HEADER_BYTES) {
            throw new IllegalArgumentException("headers of " + packet.headerLength() + " bytes");
        }
    }

    @Override
    public boolean hasRoom(NetworkBuffer packet, int parts) {
        return parts <= SIZE - 1 - (next - oldest & SIZE - 1);
    }

    /** The first descriptor is the device's last of all: then it has the others as well. */
    @Override
    public void add(NetworkBuffer packet, int slot) {
        int first = next;
        long firstBits = options(packet) | packet.length() | generation;
        advance();
        int last = first;
        for (NetworkBuffer part = packet.next(); part != null; part = part.next()) {
            last = next;
            put(next, part, part.length() | generation | (part.next() == null ? EOP_AND_CQ : 0));
            advance();
        }
        lasts[first] = last;
        slots[last] = slot;
        outstanding++;
        put(first, packet, firstBits | (first == last ? EOP_AND_CQ : 0));
    }

    private void advance() {
        next = next + 1 & SIZE - 1;
        if (next == 0) {
            generation ^= GENERATION;
        }
    }

    private void put(int index, NetworkBuffer part, long bits) {
        long at = ring.address() + (long) index * DESCRIPTOR_BYTES;
        memory.writeLong(at, part.deviceAddress());
        memory.writeLongRelease(at + Long.BYTES, bits);
    }

    private long options(NetworkBuffer packet) {
        if (packet.segmentation() != Segmentation.NONE) {
            headers.dropLength(packet);
            if (packet.segmentation() == Segmentation.TCP4) {
                headers.write(packet, headers.networkStart(packet) + IPV4_SUM, 0);
            }
            return OM_TSO
                    | (long) packet.headerLength() << HLEN_SHIFT
                    | (long) packet.segmentSize() << MSSCOF_SHIFT;
        }
        if (packet.checksumStart() != NetworkBuffer.NO_CHECKSUM) {
            int sum = packet.checksumStart() + packet.checksumOffset();
            return OM_CSUM
                    | (long) packet.checksumStart() << HLEN_SHIFT
                    | (long) sum << MSSCOF_SHIFT;
        }
        return 0;
    }

    @Override
    public void publish() {
        if (published != next) {
            published = next;
            passThrough.write32(Vmxnet3Registers.TXPROD, next);
        }
    }

    private long completion() {
        return completions.address() + (long) completed * DESCRIPTOR_BYTES;
    }

    private boolean isCompleted() {
        int bits = memory.readIntAcquire(completion() + COMPLETION_GENERATION);
        return bits < 0 == completedGeneration;
    }

    @Override
    public int take() throws IOException {
        if (!isCompleted()) {
            return NONE;
        }
        int index = memory.readIntAcquire(completion()) & INDEX_MASK;
        if (outstanding == 0 || index != lasts[oldest]) {
            throw new IOException(
                    name + ": it says that it has sent descriptor " + index + ", out of turn");
        }
        completed = completed + 1 & SIZE - 1;
        completedGeneration ^= completed == 0;
        oldest = index + 1 & SIZE - 1;
        outstanding--;
        return slots[index];
    }

    @Override
    public int outstanding() {
        return outstanding;
    }

    @Override
    public boolean enableInterrupts() {
        if (mask >= 0) {
            passThrough.write32(mask, 0);
        }
        memory.fullFence();
        return !isCompleted();
    }

    @Override
    public void disableInterrupts() {
        if (mask >= 0) {
            passThrough.write32(mask, 1);
        }
    }
}
