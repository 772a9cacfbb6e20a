package dev.cortado.runtime.disk;

import dev.cortado.kernel.memory.DeviceBlock;
import java.nio.ByteBuffer;

/**
 * Memory that devices read and write.
 *
 * @param bytes the same memory
 */
public record TransferBuffer(DeviceBlock block, ByteBuffer bytes) {
    int size() {
        return bytes.capacity();
    }
}
