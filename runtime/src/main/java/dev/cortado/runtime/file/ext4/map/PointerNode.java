package dev.cortado.runtime.file.ext4.map;

import java.nio.ByteBuffer;

/** Numbers of blocks, of 32 bits each, in the inode or in a block; 0 for none. */
final class PointerNode {
    /** Of the inode, which has no number of its own. */
    static final long IN_INODE = 0;

    private final ByteBuffer bytes;
    private final long place;

    /**
     * @param place the block that it is in, or {@link #IN_INODE}
     */
    PointerNode(ByteBuffer bytes, long place) {
        this.bytes = bytes;
        this.place = place;
    }

    long place() {
        return place;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    long pointer(int slot) {
        return Integer.toUnsignedLong(bytes.getInt(slot * Integer.BYTES));
    }

    void set(int slot, long pointer) {
        bytes.putInt(slot * Integer.BYTES, (int) pointer);
    }

    /** How many from a slot on lead to blocks one behind the other, or nowhere. */
    int alike(int slot, int end) {
        long first = pointer(slot);
        int next = slot + 1;
        while (next < end && pointer(next) == (first == 0 ? 0 : first + (next - slot))) {
            next++;
        }
        return next - slot;
    }

    boolean isEmpty() {
        return alike(0, bytes.limit() / Integer.BYTES) == bytes.limit() / Integer.BYTES
                && pointer(0) == 0;
    }
}
