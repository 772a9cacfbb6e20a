package dev.cortado.runtime.file.storage.partition;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A disk as tables of partitions count it.
 *
 * @param disk at least one sector large
 */
record Sectors(Storage disk) {
    int bytes() {
        return disk.sectorBytes();
    }

    long count() {
        return disk.bytes() / disk.sectorBytes();
    }

    /**
     * Reads whole sectors, which are there.
     *
     * @return their bytes, little-endian
     */
    ByteBuffer read(long first, int count) throws FileException {
        ByteBuffer sectors = ByteBuffer.allocate(Math.multiplyExact(count, bytes()));
        disk.read(first * bytes(), sectors);
        return sectors.clear().order(ByteOrder.LITTLE_ENDIAN);
    }
}
