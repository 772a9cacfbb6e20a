package dev.cortado.image.disk;

import java.nio.ByteBuffer;

/**
 * An empty disk in QEMU's format, version 3 (QEMU, docs/interop/qcow2): a header, the counts of who
 * uses a cluster of the file, and a table in which no cluster of the disk has a place yet.
 */
final class Qcow2 {
    /** "QFI" and a byte that is no letter. */
    static final int MAGIC = 0x514649FB;

    /** More than that no table is made for: a PiB. */
    static final long MOST_BYTES = 1L << 50;

    private static final int VERSION = 3;

    /** What of a file has to be looked at to know what it is. */
    static final int LOOKED_AT_BYTES = 80;

    private static final int BACKING_FILE_FIELD = 8;
    private static final int FEATURES_FIELD = 72;
    private static final long EXTERNAL_DATA = 1 << 2;
    private static final int CLUSTER_BITS = 16;
    private static final int CLUSTER_BYTES = 1 << CLUSTER_BITS;

    /** Of version 3 without a compression type. */
    private static final int HEADER_BYTES = 104;

    /** A count has 2 to that power bits. */
    private static final int REFCOUNT_ORDER = 4;

    private static final int REFCOUNT_BYTES = (1 << REFCOUNT_ORDER) / Byte.SIZE;
    private static final int REFCOUNT_TABLE = 1;
    private static final int REFCOUNT_BLOCK = 2;
    private static final int LEVEL_1_TABLE = 3;

    /** An entry of the first table is a cluster of entries of the second, for a cluster each. */
    private static final long LEVEL_1_ENTRY_BYTES = (long) (CLUSTER_BYTES / Long.BYTES) << 16;

    private Qcow2() {}

    /**
     * Whether the disk has bytes of other files, which its header names: a backing file, or one for
     * all data.
     *
     * @param begin of the file, {@link #LOOKED_AT_BYTES} or all that it has
     */
    static boolean namesOthers(ByteBuffer begin) {
        boolean hasBackingFile = field(begin, BACKING_FILE_FIELD) != 0;
        // Of version 2, something else is there, and QEMU does not look at it.
        boolean hasFeatures = begin.limit() >= 8 && begin.getInt(4) >= VERSION;
        return hasBackingFile || hasFeatures && (field(begin, FEATURES_FIELD) & EXTERNAL_DATA) != 0;
    }

    private static long field(ByteBuffer begin, int at) {
        return begin.limit() >= at + Long.BYTES ? begin.getLong(at) : 0;
    }

    /** All bytes of the file but for zeros at the end, see {@link #fileBytes}. */
    static ByteBuffer empty(long bytes) {
        ByteBuffer file = ByteBuffer.allocate(LEVEL_1_TABLE * CLUSTER_BYTES);
        file.putInt(0, MAGIC);
        file.putInt(4, VERSION);
        file.putInt(20, CLUSTER_BITS);
        file.putLong(24, bytes);
        file.putInt(36, (int) entries(bytes));
        file.putLong(40, (long) LEVEL_1_TABLE * CLUSTER_BYTES);
        file.putLong(48, (long) REFCOUNT_TABLE * CLUSTER_BYTES);
        file.putInt(56, 1);
        file.putInt(96, REFCOUNT_ORDER);
        file.putInt(100, HEADER_BYTES);
        file.putLong(REFCOUNT_TABLE * CLUSTER_BYTES, (long) REFCOUNT_BLOCK * CLUSTER_BYTES);
        for (int cluster = 0; cluster < clusters(bytes); cluster++) {
            file.putShort(REFCOUNT_BLOCK * CLUSTER_BYTES + cluster * REFCOUNT_BYTES, (short) 1);
        }
        return file;
    }

    /** How long the file is: the table at its end is zeros. */
    static long fileBytes(long bytes) {
        return (long) clusters(bytes) * CLUSTER_BYTES;
    }

    private static int clusters(long bytes) {
        long tableBytes = entries(bytes) * Long.BYTES;
        return LEVEL_1_TABLE + (int) Math.ceilDiv(tableBytes, CLUSTER_BYTES);
    }

    private static long entries(long bytes) {
        return Math.ceilDiv(bytes, LEVEL_1_ENTRY_BYTES);
    }
}
