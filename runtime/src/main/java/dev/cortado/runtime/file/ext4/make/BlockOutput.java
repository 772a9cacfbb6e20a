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

    /** A block of zeros, little-endian; direct, for devices that want that. */
    ByteBuffer block() {
        return blocks(1);
    }

    /** Some, one behind the other. */
    ByteBuffer blocks(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, blockBytes))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    ByteBuffer read(long block) throws FileException {
        ByteBuffer bytes = block();
        storage.read(block * blockBytes, bytes);
        return bytes.clear();
    }

    /** Writes all bytes of a buffer, whatever its position. */
    void write(long block, ByteBuffer bytes) throws FileException {
        storage.write(block * blockBytes, bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear());
    }

    void flush() throws FileException {
        storage.flush();
    }
}
