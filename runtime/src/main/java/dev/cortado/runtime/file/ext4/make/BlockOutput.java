package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes whole blocks to a disk, by their numbers. */
final class BlockOutput {
    private final Storage storage;
    private final int blockBytes;

    BlockOutput(Storage storage, int blockBytes) {
        this.storage = storage;
        this.blockBytes = blockBytes;
    }

    /** A block of zeros, little-endian. */
    ByteBuffer block() {
        return blocks(1);
    }

    /** Some, one behind the other. */
    ByteBuffer blocks(int count) {
        return ByteBuffer.allocate(Math.multiplyExact(count, blockBytes))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes the bytes of a buffer up to its limit, whatever its position. */
    void write(long block, ByteBuffer bytes) throws FileException {
        storage.write(block * blockBytes, bytes.duplicate().position(0));
    }

    void zero(long block, long count) throws FileException {
        storage.zero(block * blockBytes, count * blockBytes);
    }

    void flush() throws FileException {
        storage.flush();
    }
}
