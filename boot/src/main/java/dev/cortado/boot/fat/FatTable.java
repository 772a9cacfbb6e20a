package dev.cortado.boot.fat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One allocation table in its bytes, which start as zeroes (fatgen103, "FAT Data Structure"). */
final class FatTable {
    private final ByteBuffer bytes;
    private final FatType type;

    FatTable(ByteBuffer bytes, FatType type) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        this.type = type;
    }

    /** Writes an entry that is zero. */
    void put(int cluster, int value) {
        switch (type) {
            case FAT12 -> {
                // Two entries share three bytes.
                int at = cluster + cluster / 2;
                int shift = cluster % 2 * 4;
                int both = value << shift;
                bytes.put(at, (byte) (bytes.get(at) | both));
                bytes.put(at + 1, (byte) (bytes.get(at + 1) | both >>> Byte.SIZE));
            }
            case FAT16 -> bytes.putShort(cluster * Short.BYTES, (short) value);
            case FAT32 -> bytes.putInt(cluster * Integer.BYTES, value);
        }
    }
}
