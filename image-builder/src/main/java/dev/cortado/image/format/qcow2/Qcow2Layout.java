package dev.cortado.image.format.qcow2;

import java.nio.ByteBuffer;

/** The header of QEMU's disks and the entries of their tables; integers are big-endian. */
public final class Qcow2Layout {
    /** "QFI" and a byte that is no letter. */
    public static final int MAGIC = 0x514649FB;

    /** More than that no table is made for: a PiB. */
    public static final long MOST_BYTES = 1L << 50;

    /** What of a file has to be looked at to know what it is. */
    public static final int LOOKED_AT_BYTES = 80;

    static final int VERSION_2 = 2;
    static final int VERSION_3 = 3;

    // Offsets in the header.
    static final int VERSION = 4;
    static final int BACKING_FILE = 8;
    static final int CLUSTER_BITS = 20;
    static final int SIZE = 24;
    static final int ENCRYPTION = 32;
    static final int LEVEL_1_ENTRIES = 36;
    static final int LEVEL_1_TABLE = 40;
    static final int REFCOUNT_TABLE = 48;
    static final int REFCOUNT_TABLE_CLUSTERS = 56;
    static final int FEATURES = 72;
    static final int REFCOUNT_ORDER = 96;
    static final int HEADER_LENGTH = 100;
    static final int COMPRESSION = 104;

    static final int VERSION_2_BYTES = 72;

    /** Of version 3, with the compression type and seven bytes of padding. */
    static final int HEADER_BYTES = 112;

    // Incompatible features.
    static final long DIRTY = 1;
    static final long EXTERNAL_DATA = 1 << 2;
    static final long COMPRESSION_TYPE = 1 << 3;

    // Entries of the first table.
    static final long OFFSET_MASK = 0x00FF_FFFF_FFFF_FE00L;
    static final long COPIED = 1L << 63;

    // Entries of the second.
    static final long COMPRESSED = 1L << 62;
    static final long ALL_ZEROS = 1;

    static final int SECTOR_BYTES = 512;

    private Qcow2Layout() {}

    /** The bits of a compressed cluster's entry that are its offset; above are sectors. */
    static int compressedOffsetBits(int clusterBits) {
        return 62 - (clusterBits - 8);
    }

    /**
     * Whether the disk has bytes of other files, which its header names: a backing file, or one for
     * all data.
     *
     * @param begin of the file, {@link #LOOKED_AT_BYTES} or all that it has
     */
    public static boolean namesOthers(ByteBuffer begin) {
        boolean hasBackingFile = field(begin, BACKING_FILE) != 0;
        // Of version 2, something else is there, and QEMU does not look at it.
        boolean hasFeatures = begin.limit() >= 8 && begin.getInt(VERSION) >= VERSION_3;
        return hasBackingFile || hasFeatures && (field(begin, FEATURES) & EXTERNAL_DATA) != 0;
    }

    private static long field(ByteBuffer begin, int at) {
        return begin.limit() >= at + Long.BYTES ? begin.getLong(at) : 0;
    }
}
