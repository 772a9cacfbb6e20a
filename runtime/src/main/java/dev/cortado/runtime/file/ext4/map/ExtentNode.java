package dev.cortado.runtime.file.ext4.map;

import java.nio.ByteBuffer;

/**
 * A node of an extent tree, in the inode or in a block: a header and entries, ascending by the
 * blocks of the file that they begin with (kernel, Documentation/filesystems/ext4/ifork.rst).
 */
final class ExtentNode {
    /** Of the inode, which has no number of its own. */
    static final long IN_INODE = 0;

    static final int ENTRY_BYTES = 12;

    private static final int MAGIC_NUMBER = 0xF30A;
    private static final int HEADER_BYTES = 12;

    private static final int MAGIC = 0;
    private static final int COUNT = 2;
    private static final int MAXIMUM = 4;
    private static final int DEPTH = 6;

    private static final int KEY = 0;
    private static final int LENGTH = 4;
    private static final int PLACE_HIGH = 6;
    private static final int PLACE_LOW = 8;

    private static final int CHILD_LOW = 4;
    private static final int CHILD_HIGH = 8;

    private final ByteBuffer bytes;
    private final long place;

    /**
     * @param place the block that it is in, or {@link #IN_INODE}
     */
    ExtentNode(ByteBuffer bytes, long place) {
        this.bytes = bytes;
        this.place = place;
    }

    /** Writes the header of a node without entries. */
    static ExtentNode format(ByteBuffer bytes, long place, int depth) {
        ExtentNode node = new ExtentNode(bytes, place);
        bytes.putShort(MAGIC, (short) MAGIC_NUMBER);
        bytes.putShort(COUNT, (short) 0);
        bytes.putShort(MAXIMUM, (short) room(bytes));
        bytes.putShort(DEPTH, (short) depth);
        bytes.putInt(HEADER_BYTES - Integer.BYTES, 0);
        return node;
    }

    /** How many entries there is room for. */
    private static int room(ByteBuffer bytes) {
        return (bytes.limit() - HEADER_BYTES) / ENTRY_BYTES;
    }

    long place() {
        return place;
    }

    /** Whether what it tells of begins and ends in a range of the file's blocks. */
    boolean isWithin(long begin, long end) {
        int last = count() - 1;
        return last < 0
                || key(0) >= begin && (depth() > 0 ? key(last) < end : extent(last).end() <= end);
    }

    ByteBuffer bytes() {
        return bytes;
    }

    /** What is wrong with the header; null if nothing is. */
    String complaint(int expectedDepth) {
        if (Short.toUnsignedInt(bytes.getShort(MAGIC)) != MAGIC_NUMBER) {
            return "no extents: magic 0x" + Integer.toHexString(bytes.getShort(MAGIC) & 0xFFFF);
        }
        if (depth() != expectedDepth) {
            return "extents of depth " + depth() + ", not " + expectedDepth;
        }
        if (maximum() == 0 || maximum() > room(bytes) || count() > maximum()) {
            return count() + " extents of " + maximum();
        }
        return count() == 0 && depth() > 0 ? "no extents below" : null;
    }

    /** How many levels are below; 0 for a leaf, whose entries are extents. */
    int depth() {
        return Short.toUnsignedInt(bytes.getShort(DEPTH));
    }

    void setDepth(int depth) {
        bytes.putShort(DEPTH, (short) depth);
    }

    int count() {
        return Short.toUnsignedInt(bytes.getShort(COUNT));
    }

    void setCount(int count) {
        bytes.putShort(COUNT, (short) count);
    }

    int maximum() {
        return Short.toUnsignedInt(bytes.getShort(MAXIMUM));
    }

    boolean isFull() {
        return count() >= maximum();
    }

    /** Where the checksum is, behind all entries that there is room for. */
    int checksumOffset() {
        return HEADER_BYTES + maximum() * ENTRY_BYTES;
    }

    /** The block of the file that an entry begins with. */
    long key(int entry) {
        return Integer.toUnsignedLong(bytes.getInt(offset(entry) + KEY));
    }

    void setKey(int entry, long key) {
        bytes.putInt(offset(entry) + KEY, (int) key);
    }

    /** The last entry that does not begin behind a block of the file; -1 if all do. */
    int find(long block) {
        int low = 0;
        int high = count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (key(middle) <= block) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** The block of a node below. */
    long child(int entry) {
        int offset = offset(entry);
        return Integer.toUnsignedLong(bytes.getInt(offset + CHILD_LOW))
                | Short.toUnsignedLong(bytes.getShort(offset + CHILD_HIGH)) << Integer.SIZE;
    }

    void setChild(int entry, long key, long child) {
        int offset = offset(entry);
        bytes.putInt(offset + KEY, (int) key);
        bytes.putInt(offset + CHILD_LOW, (int) child);
        bytes.putInt(offset + CHILD_HIGH, (int) (child >>> Integer.SIZE));
    }

    /** An extent of a leaf; its count is 0 if that is what the leaf says. */
    Extent extent(int entry) {
        int offset = offset(entry);
        int length = Short.toUnsignedInt(bytes.getShort(offset + LENGTH));
        boolean isUnwritten = length > Extent.MAXIMUM_WRITTEN;
        long place =
                Integer.toUnsignedLong(bytes.getInt(offset + PLACE_LOW))
                        | Short.toUnsignedLong(bytes.getShort(offset + PLACE_HIGH)) << Integer.SIZE;
        return new Extent(
                key(entry),
                isUnwritten ? length - Extent.MAXIMUM_WRITTEN : length,
                place,
                isUnwritten);
    }

    void setExtent(int entry, Extent extent) {
        int offset = offset(entry);
        long length = extent.count() + (extent.isUnwritten() ? Extent.MAXIMUM_WRITTEN : 0);
        bytes.putInt(offset + KEY, (int) extent.block());
        bytes.putShort(offset + LENGTH, (short) length);
        bytes.putShort(offset + PLACE_HIGH, (short) (extent.place() >>> Integer.SIZE));
        bytes.putInt(offset + PLACE_LOW, (int) extent.place());
    }

    /** Makes room for one more entry, whose bytes are to be set. */
    void open(int entry) {
        move(entry, this, entry + 1, count() - entry);
        setCount(count() + 1);
    }

    void remove(int entry) {
        move(entry + 1, this, entry, count() - entry - 1);
        setCount(count() - 1);
    }

    /** Moves entries from one on to the end of another node. */
    void moveTail(int from, ExtentNode to) {
        int moved = count() - from;
        move(from, to, to.count(), moved);
        to.setCount(to.count() + moved);
        setCount(from);
    }

    /** Gives another node, which has room for them, these entries in place of its own. */
    void copyTo(ExtentNode other) {
        move(0, other, 0, count());
        other.setCount(count());
    }

    private void move(int from, ExtentNode target, int to, int entries) {
        byte[] moved = new byte[entries * ENTRY_BYTES];
        bytes.get(offset(from), moved);
        target.bytes.put(target.offset(to), moved);
    }

    private int offset(int entry) {
        return HEADER_BYTES + entry * ENTRY_BYTES;
    }
}
