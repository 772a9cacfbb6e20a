package dev.cortado.drivers.tulip;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.card.ReceiveRing;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/** Descriptors of buffers for what comes (HRM, 4.2.1). */
final class TulipReceiveRing implements ReceiveRing {
    static final int SIZE = 128;

    /** A size has 11 bits, and is a multiple of 4. */
    static final int BUFFER_BYTES = 2044;

    private static final int LAST_DESCRIPTOR = 1 << 8;
    private static final int FIRST_DESCRIPTOR = 1 << 9;
    private static final int ERROR_SUMMARY = 1 << 15;
    private static final int LENGTH_SHIFT = 16;
    private static final int LENGTH_MASK = 0x3fff;

    /** The packet's own check is counted, and behind it (HRM, table 4-1). */
    private static final int CRC_BYTES = 4;

    private final Registers registers;
    private final TulipDescriptors descriptors;
    private final int[] slots = new int[SIZE];
    private int next;
    private int oldest;
    private boolean isPublished = true;
    private boolean isStarted;
    private int taken;

    TulipReceiveRing(Registers registers, RingMemory memory, DeviceFrames frames)
            throws IOException {
        this.registers = registers;
        descriptors = new TulipDescriptors(memory, frames, SIZE);
        for (int i = 0; i < SIZE; i++) {
            descriptors.set(i, 0, 0); // where the ring ends
        }
        registers.write32(TulipRegisters.CSR3, descriptors.deviceAddress());
    }

    @Override
    public int slots() {
        return SIZE - 1;
    }

    @Override
    public int bufferBytes() {
        return BUFFER_BYTES;
    }

    @Override
    public long addressLimit() {
        return TulipDescriptors.ADDRESS_LIMIT;
    }

    @Override
    public boolean hasRoom() {
        return (next - oldest & SIZE - 1) < SIZE - 1;
    }

    @Override
    public void add(NetworkBuffer buffer, int slot) {
        descriptors.set(next, BUFFER_BYTES, buffer.deviceStart());
        descriptors.give(next);
        slots[next] = slot;
        next = next + 1 & SIZE - 1;
        isPublished = false;
    }

    /** The controller looks at the ring from now on. */
    void start() {
        isStarted = true;
        publish();
    }

    /** One that had none left waits for this. */
    @Override
    public void publish() {
        if (isStarted && !isPublished) {
            isPublished = true;
            registers.write32(TulipRegisters.CSR2, 1);
        }
    }

    @Override
    public boolean isReady() {
        return oldest != next && (descriptors.status(oldest) & TulipDescriptors.OWN) == 0;
    }

    @Override
    public int take() {
        if (!isReady()) {
            return NONE;
        }
        taken = descriptors.status(oldest);
        int slot = slots[oldest];
        oldest = oldest + 1 & SIZE - 1;
        return slot;
    }

    @Override
    public boolean describe(NetworkBuffer buffer) {
        int whole = FIRST_DESCRIPTOR | LAST_DESCRIPTOR;
        int length = (taken >>> LENGTH_SHIFT & LENGTH_MASK) - CRC_BYTES;
        if ((taken & (whole | ERROR_SUMMARY)) != whole || length <= 0 || length > BUFFER_BYTES) {
            return false;
        }
        buffer.setData(0, length);
        return true;
    }
}
