package dev.cortado.drivers.tulip;

import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/**
 * A list of descriptors that is a ring (HRM, 4.2): status, control and the first buffer of each.
 */
final class TulipDescriptors {
    static final int DESCRIPTOR_BYTES = 16;

    /** The controller has 32 bits of an address. */
    static final long ADDRESS_LIMIT = 1L << 32;

    /** Of status: it is the controller's. Of control: the ring ends here. */
    static final int OWN = 1 << 31;

    private static final int END_OF_RING = 1 << 25;

    private static final int CONTROL = 4;
    private static final int BUFFER = 8;

    private final RingMemory memory;
    private final DeviceBlock block;
    private final int size;

    TulipDescriptors(RingMemory memory, DeviceFrames frames, int size) throws IOException {
        this.memory = memory;
        this.size = size;
        block = frames.allocate((long) size * DESCRIPTOR_BYTES, ADDRESS_LIMIT);
    }

    /** Where the controller finds it. */
    int deviceAddress() {
        return (int) block.device();
    }

    private long at(int index) {
        return block.address() + (long) index * DESCRIPTOR_BYTES;
    }

    /** Fills a descriptor, which is not the controller's yet. */
    void set(int index, int control, long buffer) {
        memory.writeIntRelease(at(index) + BUFFER, (int) buffer);
        int end = index == size - 1 ? END_OF_RING : 0;
        memory.writeIntRelease(at(index) + CONTROL, control | end);
    }

    /** It is the controller's from now on. */
    void give(int index) {
        memory.writeIntRelease(at(index), OWN);
    }

    int status(int index) {
        return memory.readIntAcquire(at(index));
    }
}
