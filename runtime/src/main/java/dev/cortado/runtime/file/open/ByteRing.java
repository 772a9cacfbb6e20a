package dev.cortado.runtime.file.open;

import java.nio.ByteBuffer;

/**
 * Bytes on their way, first in, first out: up to a capacity, in an array that grows to it. Not
 * synchronised.
 */
public final class ByteRing {
    private static final int FIRST_BYTES = 4096;
    private static final byte[] NONE = {};

    private final int capacity;
    private byte[] bytes = NONE;
    private int first;
    private int count;

    /**
     * @param capacity a power of two
     */
    public ByteRing(int capacity) {
        this.capacity = capacity;
    }

    public int count() {
        return count;
    }

    public int room() {
        return capacity - count;
    }

    /** Adds as many bytes as there is room for. */
    public int put(ByteBuffer from) {
        int added = Math.min(from.remaining(), room());
        grow(count + added);
        int at = first + count & bytes.length - 1;
        int straight = Math.min(added, bytes.length - at);
        from.get(bytes, at, straight);
        from.get(bytes, 0, added - straight);
        count += added;
        return added;
    }

    /** Takes as many bytes as there are, or as fit. */
    public int take(ByteBuffer to) {
        int taken = Math.min(to.remaining(), count);
        int straight = Math.min(taken, bytes.length - first);
        to.put(bytes, first, straight);
        to.put(bytes, 0, taken - straight);
        count -= taken;
        first = count == 0 ? 0 : first + taken & bytes.length - 1;
        return taken;
    }

    /** Forgets all bytes, and takes no more memory than at first. */
    public void clear() {
        bytes = NONE;
        first = 0;
        count = 0;
    }

    private void grow(int atLeast) {
        if (atLeast <= bytes.length) {
            return;
        }
        int size = Math.max(bytes.length, Math.min(FIRST_BYTES, capacity));
        while (size < atLeast) {
            size *= 2;
        }
        byte[] grown = new byte[size];
        int straight = Math.min(count, bytes.length - first);
        System.arraycopy(bytes, first, grown, 0, straight);
        System.arraycopy(bytes, 0, grown, straight, count - straight);
        bytes = grown;
        first = 0;
    }
}
