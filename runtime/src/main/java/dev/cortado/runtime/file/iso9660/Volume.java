package dev.cortado.runtime.file.iso9660;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.StorageReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a volume descriptor says (ECMA-119, 8.4 and 8.5).
 *
 * @param blockBytes of a logical block, in which positions are counted: 512, 1024 or 2048
 * @param blocks how many it has
 * @param root position of the root directory, in bytes
 * @param isJoliet whether its names are in UTF-16
 */
record Volume(StorageReader reader, int blockBytes, long blocks, long root, boolean isJoliet) {
    /** Of a logical sector; of volume descriptors too. */
    static final int SECTOR_BYTES = 2048;

    /** Bytes at a position, whose numbers are little-endian. */
    ByteBuffer bytes(long position, int length) throws FileException {
        return ByteBuffer.wrap(reader.bytes(position, length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where a block begins. */
    long position(int block) {
        return Integer.toUnsignedLong(block) * blockBytes;
    }
}
