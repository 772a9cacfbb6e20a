package dev.cortado.image.format.vmdk;

import dev.cortado.image.format.bytes.Blocks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a sparse extent, and what it leads to: a directory of tables of grains ("Hosted
 * Sparse Extents", "Stream-Optimized Compressed Sparse Extents"). Integers are little-endian; what
 * is counted is sectors.
 */
final class SparseExtent {
    /** "KDMV". */
    static final int MAGIC = 0x564D444B;

    static final int SECTOR_BYTES = 512;

    // Offsets in the header.
    static final int VERSION = 4;
    static final int FLAGS = 8;
    static final int CAPACITY = 12;
    static final int GRAIN_SIZE = 20;
    static final int DESCRIPTOR = 28;
    static final int DESCRIPTOR_SIZE = 36;
    static final int ENTRIES_PER_TABLE = 44;
    static final int REDUNDANT_DIRECTORY = 48;
    static final int DIRECTORY = 56;
    static final int OVERHEAD = 64;
    static final int LINE_ENDS = 73;
    static final int COMPRESSION = 77;

    // Flags.
    static final int VALID_LINE_ENDS = 1;
    static final int REDUNDANT_TABLES = 1 << 1;
    static final int ZERO_GRAINS = 1 << 2;
    static final int COMPRESSED = 1 << 16;
    static final int MARKERS = 1 << 17;

    static final int DEFLATE = 1;

    /** In the header's place for the directory: a footer, before the last sector, has that. */
    static final long DIRECTORY_AT_END = -1;

    /** Of a marker: a sector of the disk and the length of what follows, or 0 and its kind. */
    static final int MARKER_SIZE = 8;

    static final int MARKER_KIND = 12;
    static final int GRAIN_DATA = 12;
    static final int TABLE_MARKER = 1;
    static final int DIRECTORY_MARKER = 2;
    static final int FOOTER_MARKER = 3;

    static final int GRAIN_SECTORS = 128;
    static final int GRAIN_BYTES = GRAIN_SECTORS * SECTOR_BYTES;
    static final int TABLE_ENTRIES = 512;
    static final int TABLE_BYTES = TABLE_ENTRIES * Integer.BYTES;
    static final int DESCRIPTOR_SECTORS = 20;

    private SparseExtent() {}

    static long sectors(long bytes) {
        return Blocks.count(bytes, SECTOR_BYTES);
    }

    /** How many tables a disk's grains have. */
    static int tables(long diskBytes) {
        return Math.toIntExact(Blocks.count(diskBytes, (long) GRAIN_BYTES * TABLE_ENTRIES));
    }

    /**
     * A sector with a header; its descriptor is in the sectors that follow.
     *
     * @param directory the sector where it is
     */
    static ByteBuffer header(int version, int flags, long diskBytes, long directory) {
        ByteBuffer header = zeros(1);
        header.putInt(0, MAGIC).putInt(VERSION, version).putInt(FLAGS, flags | VALID_LINE_ENDS);
        header.putLong(CAPACITY, sectors(diskBytes)).putLong(GRAIN_SIZE, GRAIN_SECTORS);
        header.putLong(DESCRIPTOR, 1).putLong(DESCRIPTOR_SIZE, DESCRIPTOR_SECTORS);
        header.putInt(ENTRIES_PER_TABLE, TABLE_ENTRIES).putLong(DIRECTORY, directory);
        // What a transfer as text would have changed.
        return header.put(LINE_ENDS, new byte[] {'\n', ' ', '\r', '\n'});
    }

    static ByteBuffer zeros(long sectors) {
        return ByteBuffer.allocate(Math.toIntExact(sectors * SECTOR_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
