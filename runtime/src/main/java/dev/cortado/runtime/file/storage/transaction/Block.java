package dev.cortado.runtime.file.storage.transaction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A block in memory; its buffers stay the same as long as it is there. */
final class Block {
    /**
     * Whether a view cannot be written to: in tests. A buffer that guards its bytes hides its array
     * as well, and then sums and searches take many times as long.
     */
    private static final boolean IS_GUARDED = Block.class.desiredAssertionStatus();

    private final long number;
    private final ByteBuffer bytes;
    private final ByteBuffer view;
    private volatile long mark;

    /** It has left memory: what is there of its number is another one. */
    private volatile boolean isGone;

    /** Somebody has looked at it past the cache; which is a hint, for any thread. */
    private boolean isUsed;

    Block(long number, ByteBuffer bytes) {
        this.number = number;
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer shared = IS_GUARDED ? bytes.asReadOnlyBuffer() : bytes.duplicate();
        view = shared.order(ByteOrder.LITTLE_ENDIAN);
    }

    long number() {
        return number;
    }

    /** To be changed. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** To be read, and nothing else. */
    ByteBuffer view() {
        return view;
    }

    /** A copy of all its bytes. */
    ByteBuffer copy() {
        return ByteBuffer.allocate(bytes.capacity()).put(0, bytes, 0, bytes.capacity());
    }

    /** What was found out about its bytes; 0 for nothing. */
    long mark() {
        return mark;
    }

    void setMark(long newMark) {
        mark = newMark;
    }

    boolean isGone() {
        return isGone;
    }

    void setGone(boolean hasGone) {
        isGone = hasGone;
    }

    void setUsed() {
        if (!isUsed) {
            isUsed = true;
        }
    }

    /** Whether it {@linkplain #setUsed was used} since the last call. */
    boolean takeUsed() {
        boolean wasUsed = isUsed;
        isUsed = false;
        return wasUsed;
    }

    /** Gives it the bytes of a copy, of which nothing is known. */
    void restore(ByteBuffer copy) {
        mark = 0;
        bytes.put(0, copy, 0, bytes.capacity());
    }
}
