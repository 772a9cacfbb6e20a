package dev.cortado.runtime.net.tcp.memory;

import static dev.cortado.runtime.net.tcp.memory.ChunkPool.CHUNK_BYTES;
import static dev.cortado.runtime.net.tcp.memory.ChunkPool.CHUNK_SHIFT;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A stretch of a stream of bytes, from position {@link #start} on, in chunks of a pool. Bytes may
 * be written in any order; who owns it knows which are there. Not synchronised.
 */
final class ChunkRing {
    /** A table that is no longer than this stays when nothing is held, since it is cheap. */
    private static final int KEPT_SLOTS = 64;

    private final ChunkPool pool;

    /** By chunk number modulo the length, a power of two; null where nothing was written. */
    private ByteBuffer[] chunks = new ByteBuffer[4];

    private int held;
    private long start;

    ChunkRing(ChunkPool pool, long start) {
        this.pool = pool;
        this.start = start;
    }

    long start() {
        return start;
    }

    /**
     * Makes room for bytes.
     *
     * @param isInTurn whether nothing goes on without them: the first chunk then comes also from a
     *     pool that is empty
     * @return how many of them there is room for now, from the first on: fewer if the pool is empty
     */
    int reserve(long position, int length, boolean isInTurn) {
        if (length <= 0) {
            return 0;
        }
        long firstChunk = position >> CHUNK_SHIFT;
        long lastChunk = position + length - 1 >> CHUNK_SHIFT;
        spanTo(lastChunk);
        for (long chunk = firstChunk; chunk <= lastChunk; chunk++) {
            int slot = slot(chunk);
            if (chunks[slot] == null) {
                ByteBuffer taken = pool.take(isInTurn && held == 0);
                if (taken == null) {
                    return (int) Math.max(0, (chunk << CHUNK_SHIFT) - position);
                }
                chunks[slot] = taken;
                held++;
            }
        }
        return length;
    }

    private void spanTo(long lastChunk) {
        long firstHeld = start >> CHUNK_SHIFT;
        if (lastChunk - firstHeld < chunks.length) {
            return;
        }
        int span = Math.toIntExact(lastChunk - firstHeld + 1);
        ByteBuffer[] larger = new ByteBuffer[Integer.highestOneBit(span - 1) << 1];
        for (long chunk = firstHeld; chunk < firstHeld + chunks.length; chunk++) {
            larger[(int) chunk & larger.length - 1] = chunks[slot(chunk)];
        }
        chunks = larger;
    }

    /** Takes bytes from a buffer, whose position moves on, to where there is room for them. */
    void write(long position, ByteBuffer from, int length) {
        long at = position;
        int left = length;
        while (left > 0) {
            int run = run(at, left);
            chunk(at).put(offset(at), from, from.position(), run);
            from.position(from.position() + run);
            at += run;
            left -= run;
        }
    }

    /** Takes bytes from a packet, some way behind its start, to where there is room for them. */
    void write(long position, PacketBuffer packet, int from, int length) {
        long at = position;
        int left = length;
        while (left > 0) {
            int run = run(at, left);
            ByteBuffer chunk = chunk(at);
            chunk.limit(offset(at) + run).position(offset(at));
            packet.copyOut(from + length - left, chunk);
            chunk.clear();
            at += run;
            left -= run;
        }
    }

    /** Copies bytes to a place in a buffer, whose position stays. */
    void read(long position, ByteBuffer to, int index, int length) {
        long at = position;
        int left = length;
        while (left > 0) {
            int run = run(at, left);
            to.put(index + length - left, chunk(at), offset(at), run);
            at += run;
            left -= run;
        }
    }

    private ByteBuffer chunk(long position) {
        return chunks[slot(position >> CHUNK_SHIFT)];
    }

    private static int offset(long position) {
        return (int) position & CHUNK_BYTES - 1;
    }

    /** How many of these bytes are in the first's chunk. */
    private static int run(long position, int length) {
        return Math.min(length, CHUNK_BYTES - offset(position));
    }

    private int slot(long chunk) {
        return (int) chunk & chunks.length - 1;
    }

    /** Forgets what is before a position, which is not before the start. */
    void releaseBefore(long position) {
        long last = position >> CHUNK_SHIFT;
        long first = start >> CHUNK_SHIFT;
        long end = Math.min(last, first + chunks.length);
        for (long chunk = first; chunk < end; chunk++) {
            giveBack(slot(chunk));
        }
        start = position;
    }

    /** Gives back chunks of which nothing before a position is needed. */
    void releaseBehind(long position) {
        long first = start >> CHUNK_SHIFT;
        long kept = position > start ? (position - 1 >> CHUNK_SHIFT) + 1 : first;
        for (long chunk = kept; chunk < first + chunks.length; chunk++) {
            giveBack(slot(chunk));
        }
    }

    /** Gives back all memory; the start stays. */
    void releaseAll() {
        if (held == 0) {
            return;
        }
        for (int slot = 0; slot < chunks.length; slot++) {
            giveBack(slot);
        }
        if (chunks.length > KEPT_SLOTS) {
            chunks = new ByteBuffer[4];
        } else {
            Arrays.fill(chunks, null);
        }
    }

    private void giveBack(int slot) {
        if (chunks[slot] != null) {
            pool.giveBack(chunks[slot]);
            chunks[slot] = null;
            held--;
        }
    }
}
