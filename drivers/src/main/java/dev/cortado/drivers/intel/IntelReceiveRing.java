package dev.cortado.drivers.intel;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.card.ReceiveRing;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/** Descriptors of buffers, of the legacy kind, which all cards know (SDM, 3.2.3; 82574, 7.1.4). */
final class IntelReceiveRing implements ReceiveRing {
    static final int SIZE = 256;
    static final int DESCRIPTOR_BYTES = 16;

    /** RCTL.BSIZE is 0 (SDM, 13.4.22). */
    private static final int BUFFER_BYTES = 2048;

    /** What is behind the address: length, the packet's sum, status and errors. */
    private static final int LENGTH_MASK = 0xffff;

    private static final long STATUS_DD = 1L << 32;
    private static final long STATUS_EOP = 1L << 33;
    private static final long STATUS_IXSM = 1L << 34;

    /** The 82574 says apart of which the sum is; to others it is reserved. */
    private static final long STATUS_UDPCS = 1L << 36;

    private static final long STATUS_TCPCS = 1L << 37;
    private static final long ERROR_CE = 1L << 40;
    private static final long ERROR_SE = 1L << 41;
    private static final long ERROR_SEQ = 1L << 42;
    private static final long ERROR_CXE = 1L << 44;
    private static final long ERROR_TCPE = 1L << 45;
    private static final long ERROR_RXE = 1L << 47;
    private static final long ERRORS = ERROR_CE | ERROR_SE | ERROR_SEQ | ERROR_CXE | ERROR_RXE;

    private final Registers registers;
    private final RingMemory memory;
    private final DeviceBlock block;
    private final int[] slots = new int[SIZE];
    private int next;
    private int oldest;
    private int published;
    private boolean started;
    private long taken;

    /** The rest of a packet that did not fit its first buffer. */
    private boolean isRest;

    IntelReceiveRing(Registers registers, RingMemory memory, DeviceFrames frames)
            throws IOException {
        this.registers = registers;
        this.memory = memory;
        block = frames.allocate(SIZE * DESCRIPTOR_BYTES, BuddyAllocator.NO_LIMIT);
        registers.write32(IntelRegisters.RDBAL, (int) block.device());
        registers.write32(IntelRegisters.RDBAH, (int) (block.device() >>> Integer.SIZE));
        registers.write32(IntelRegisters.RDLEN, SIZE * DESCRIPTOR_BYTES);
        registers.write32(IntelRegisters.RDH, 0);
        registers.write32(IntelRegisters.RDT, 0);
    }

    /** One descriptor is never used: a full ring would look like an empty one (SDM, 3.2.6). */
    @Override
    public int slots() {
        return SIZE - 1;
    }

    @Override
    public int bufferBytes() {
        return BUFFER_BYTES;
    }

    @Override
    public boolean hasRoom() {
        return (next - oldest & SIZE - 1) < SIZE - 1;
    }

    private long at(int index) {
        return block.address() + (long) index * DESCRIPTOR_BYTES;
    }

    @Override
    public void add(NetworkBuffer buffer, int slot) {
        memory.writeLong(at(next), buffer.deviceStart());
        memory.writeLong(at(next) + Long.BYTES, 0);
        slots[next] = slot;
        next = next + 1 & SIZE - 1;
    }

    /** The card receives: from now on it hears of what is added. */
    void start() {
        started = true;
        publish();
    }

    @Override
    public void publish() {
        if (started && published != next) {
            published = next;
            registers.write32(IntelRegisters.RDT, next);
        }
    }

    @Override
    public boolean isReady() {
        return oldest != next && (memory.readLongAcquire(at(oldest) + Long.BYTES) & STATUS_DD) != 0;
    }

    @Override
    public int take() {
        if (!isReady()) {
            return NONE;
        }
        taken = memory.readLongAcquire(at(oldest) + Long.BYTES);
        int slot = slots[oldest];
        oldest = oldest + 1 & SIZE - 1;
        return slot;
    }

    @Override
    public boolean describe(NetworkBuffer buffer) {
        boolean isWhole = (taken & STATUS_EOP) != 0 && !isRest;
        isRest = (taken & STATUS_EOP) == 0;
        int length = (int) taken & LENGTH_MASK;
        if (!isWhole || (taken & ERRORS) != 0 || length == 0 || length > BUFFER_BYTES) {
            return false;
        }
        buffer.setData(0, length);
        boolean isSummed = (taken & (STATUS_TCPCS | STATUS_UDPCS)) != 0;
        buffer.setChecksumGood(isSummed && (taken & (STATUS_IXSM | ERROR_TCPE)) == 0);
        return true;
    }
}
