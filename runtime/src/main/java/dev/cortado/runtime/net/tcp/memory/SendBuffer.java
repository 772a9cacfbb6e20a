package dev.cortado.runtime.net.tcp.memory;

import java.nio.ByteBuffer;

/**
 * What the program has written and the other side has not acknowledged: positions from {@link
 * #start} to {@link #end}. Bytes are copied in once, and are read again for each transmission. Not
 * synchronised: the connection's lock is held.
 */
public final class SendBuffer {
    private final ChunkRing ring;
    private long end;
    private int limit;

    /**
     * @param start position of the first byte
     * @param limit bytes that it holds at most
     */
    public SendBuffer(ChunkPool pool, long start, int limit) {
        this.ring = new ChunkRing(pool, start);
        this.end = start;
        this.limit = limit;
    }

    public long start() {
        return ring.start();
    }

    public long end() {
        return end;
    }

    public int size() {
        return (int) (end - ring.start());
    }

    public int limit() {
        return limit;
    }

    public void setLimit(int bytes) {
        limit = bytes;
    }

    public int room() {
        return Math.max(0, limit - size());
    }

    /** Takes as many bytes as there is room for. */
    public int write(ByteBuffer from) {
        int length = ring.reserve(end, Math.min(room(), from.remaining()), true);
        ring.write(end, from, length);
        end += length;
        return length;
    }

    /** Copies bytes that are in the buffer to a place in another. */
    public void read(long position, ByteBuffer to, int index, int length) {
        if (position < ring.start() || position + length > end) {
            throw new IndexOutOfBoundsException(
                    "%d bytes from %d, of %d to %d".formatted(length, position, ring.start(), end));
        }
        ring.read(position, to, index, length);
    }

    /** Forgets what was acknowledged. */
    public void acknowledge(long position) {
        long upTo = Math.min(position, end);
        if (upTo <= ring.start()) {
            return;
        }
        ring.releaseBefore(upTo);
        if (upTo == end) {
            ring.releaseAll();
        }
    }

    /** Gives back all memory and forgets what was not acknowledged. */
    public void clear() {
        ring.releaseAll();
        ring.releaseBefore(end);
    }
}
