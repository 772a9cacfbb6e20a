package dev.cortado.runtime.net.tcp.memory;

import java.nio.ByteBuffer;

/**
 * Memory of all connections' buffers, in chunks of 4 KiB: a connection without bytes takes none, so
 * ten thousand that are idle cost nothing here. Bounded; chunks that came back are used again, so
 * nothing is allocated once the pool is warm.
 */
public final class ChunkPool {
    public static final int CHUNK_SHIFT = 12;
    public static final int CHUNK_BYTES = 1 << CHUNK_SHIFT;

    private final Object lock = new Object();
    private final ByteBuffer[] free;
    private final int limit;
    private int freeCount;
    private int inUse;

    /**
     * @param limit chunks that may be in use
     * @param kept chunks that stay allocated when nobody uses them
     */
    public ChunkPool(int limit, int kept) {
        this.limit = limit;
        this.free = new ByteBuffer[kept];
    }

    /**
     * A chunk with any content, or null when all are in use or there is no memory for another.
     *
     * @param regardless gives one past the limit as well: a connection's first, without which it
     *     could not go on at all
     */
    ByteBuffer take(boolean regardless) {
        synchronized (lock) {
            if (inUse >= limit && !regardless) {
                return null;
            }
            inUse++;
            if (freeCount > 0) {
                ByteBuffer chunk = free[--freeCount];
                free[freeCount] = null;
                return chunk;
            }
        }
        try {
            return ByteBuffer.allocate(CHUNK_BYTES);
        } catch (OutOfMemoryError e) {
            // As if all were in use: those who wait for one try again.
            synchronized (lock) {
                inUse--;
            }
            return null;
        }
    }

    void giveBack(ByteBuffer chunk) {
        synchronized (lock) {
            inUse--;
            if (freeCount < free.length) {
                free[freeCount++] = chunk;
            }
        }
    }

    /** Whether so much is in use that nobody's buffers should grow. */
    public boolean isScarce() {
        return inUse() > limit / 2;
    }

    public int inUse() {
        synchronized (lock) {
            return inUse;
        }
    }
}
