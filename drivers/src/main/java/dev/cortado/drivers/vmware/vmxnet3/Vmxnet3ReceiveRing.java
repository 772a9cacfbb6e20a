package dev.cortado.drivers.vmware.vmxnet3;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.card.ReceiveRing;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/**
 * Vmxnet3_RxDesc of buffers, and Vmxnet3_RxCompDesc of packets. A queue has a second ring, of
 * buffers for what does not fit one of the first: since every packet does, it is empty.
 */
final class Vmxnet3ReceiveRing implements ReceiveRing {
    static final int SIZE = 256;

    /** The least that a ring has. */
    static final int SECOND_SIZE = 32;

    static final int COMPLETIONS = SIZE + SECOND_SIZE;
    static final int DESCRIPTOR_BYTES = 16;

    private static final int BUFFER_BYTES = 2048;

    /** Behind the address of a buffer, beside its length; its type is 0, a head. */
    private static final long GENERATION = 1L << 31;

    /** Of a completion's words: rxdIdx, eop, sop, rqID and cnc; len and err. */
    private static final int INDEX_MASK = 0xfff;

    private static final int EOP = 1 << 14;
    private static final int SOP = 1 << 15;
    private static final int QUEUE_SHIFT = 16;
    private static final int QUEUE_MASK = 0x3ff;
    private static final int CNC = 1 << 30;
    private static final int LENGTH = 8;
    private static final int LENGTH_MASK = 0x3fff;
    private static final int ERROR = 1 << 14;

    /** Of its last word: tuc, udp and tcp, and gen. Not every device fills in fcs and type. */
    private static final int FLAGS = 12;

    private static final int TUC = 1 << 16;
    private static final int UDP_OR_TCP = 3 << 17;

    private final String name;
    private final Registers passThrough;
    private final RingMemory memory;
    private final DriverShared shared;
    private final DeviceBlock ring;
    private final DeviceBlock second;
    private final DeviceBlock completions;
    private final int[] slots = new int[SIZE];
    private int next;
    private long generation = GENERATION;
    private int oldest;
    private int published;
    private int completed;
    private boolean completedGeneration = true;
    private boolean isTakenWhole;
    private int takenIndex;
    private int takenLength;
    private int takenFlags;

    Vmxnet3ReceiveRing(
            String name,
            Registers passThrough,
            RingMemory memory,
            DriverShared shared,
            DeviceFrames frames)
            throws IOException {
        this.name = name;
        this.passThrough = passThrough;
        this.memory = memory;
        this.shared = shared;
        ring = frames.allocate(SIZE * DESCRIPTOR_BYTES, BuddyAllocator.NO_LIMIT);
        second = frames.allocate(SECOND_SIZE * DESCRIPTOR_BYTES, BuddyAllocator.NO_LIMIT);
        completions = frames.allocate(COMPLETIONS * DESCRIPTOR_BYTES, BuddyAllocator.NO_LIMIT);
        shared.setReceiveRings(
                ring.device(), SIZE, second.device(), SECOND_SIZE, completions.device());
    }

    @Override
    public int slots() {
        return SIZE - 1;
    }

    @Override
    public int bufferBytes() {
        return BUFFER_BYTES;
    }

    private int posted() {
        return next - oldest & SIZE - 1;
    }

    @Override
    public boolean hasRoom() {
        return posted() < SIZE - 1;
    }

    @Override
    public void add(NetworkBuffer buffer, int slot) {
        long at = ring.address() + (long) next * DESCRIPTOR_BYTES;
        memory.writeLong(at, buffer.deviceStart());
        memory.writeLongRelease(at + Long.BYTES, BUFFER_BYTES | generation);
        slots[next] = slot;
        next = next + 1 & SIZE - 1;
        if (next == 0) {
            generation ^= GENERATION;
        }
    }

    /** The device is active: it hears of both rings, whether it waits for them or not. */
    void start() {
        published = next;
        passThrough.write32(Vmxnet3Registers.RXPROD, next);
        passThrough.write32(Vmxnet3Registers.RXPROD2, 0);
    }

    @Override
    public void publish() {
        if (published != next) {
            published = next;
            memory.fullFence();
            if (shared.isWaitingForBuffers()) {
                passThrough.write32(Vmxnet3Registers.RXPROD, next);
            }
        }
    }

    private long completion() {
        return completions.address() + (long) completed * DESCRIPTOR_BYTES;
    }

    @Override
    public boolean isReady() {
        return memory.readIntAcquire(completion() + FLAGS) < 0 == completedGeneration;
    }

    /** Buffers that the device has passed by without a word come back as no packets. */
    @Override
    public int take() throws IOException {
        if (!isReady()) {
            return NONE;
        }
        int first = memory.readIntAcquire(completion());
        int index = first & INDEX_MASK;
        int queue = first >>> QUEUE_SHIFT & QUEUE_MASK;
        if (queue != 0 || index >= SIZE || (index - oldest & SIZE - 1) >= posted()) {
            throw new IOException(
                    name + ": it gives back buffer " + index + " of ring " + queue + ", not its");
        }
        int slot = slots[oldest];
        isTakenWhole = index == oldest;
        oldest = oldest + 1 & SIZE - 1;
        if (isTakenWhole) {
            takenIndex = first;
            takenLength = memory.readIntAcquire(completion() + LENGTH);
            takenFlags = memory.readIntAcquire(completion() + FLAGS);
            completed = (completed + 1) % COMPLETIONS;
            completedGeneration ^= completed == 0;
        }
        return slot;
    }

    @Override
    public boolean describe(NetworkBuffer buffer) {
        int length = takenLength & LENGTH_MASK;
        boolean isPacket =
                isTakenWhole
                        && (takenIndex & (SOP | EOP)) == (SOP | EOP)
                        && (takenLength & ERROR) == 0
                        && length > 0
                        && length <= BUFFER_BYTES;
        if (!isPacket) {
            return false;
        }
        buffer.setData(0, length);
        boolean isSummed = (takenIndex & CNC) == 0 && (takenFlags & UDP_OR_TCP) != 0;
        buffer.setChecksumGood(isSummed && (takenFlags & TUC) != 0);
        return true;
    }
}
