package dev.cortado.runtime.net.tcp.memory;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import java.nio.ByteBuffer;

/**
 * What has come and the program has not read: positions from {@link #start} to {@link #next}
 * without gaps, and ranges behind that in a {@link ReassemblyQueue}. Bytes are put at their place
 * at once, so that nothing moves when a gap is closed. Not synchronised: the connection's lock is
 * held.
 */
public final class ReceiveBuffer {
    private final ChunkRing ring;
    private final ReassemblyQueue queue = new ReassemblyQueue();
    private long next;
    private int limit;

    /**
     * @param start position of the first byte
     * @param limit bytes that it is to hold at most
     */
    public ReceiveBuffer(ChunkPool pool, long start, int limit) {
        this.ring = new ChunkRing(pool, start);
        this.next = start;
        this.limit = limit;
    }

    /** Position of the first byte that was not read. */
    public long start() {
        return ring.start();
    }

    /** Position of the first byte that has not come. */
    public long next() {
        return next;
    }

    /** Bytes to read. */
    public int size() {
        return (int) (next - ring.start());
    }

    public int limit() {
        return limit;
    }

    public void setLimit(int bytes) {
        limit = bytes;
    }

    /** Position behind the last byte that there is to be room for. */
    public long edge() {
        return ring.start() + limit;
    }

    public ReassemblyQueue queue() {
        return queue;
    }

    /**
     * Takes bytes of a packet. What could be read already is left as it was; what lies behind the
     * edge, or finds no memory or no place in the queue, is left out and has to come again.
     *
     * @param position of the first byte
     * @param packet from {@code offset} behind its start on
     * @param edge position behind the last byte that may come
     * @return bytes that are now to be read and were not before
     */
    public int insert(long position, PacketBuffer packet, int offset, int length, long edge) {
        long from = Math.max(position, next);
        long to = Math.min(position + length, edge);
        if (from >= to || from > next && !queue.hasPlaceFor(from, to)) {
            return 0;
        }
        int room = ring.reserve(from, (int) (to - from), from == next);
        if (room <= 0 && from == next && !queue.isEmpty()) {
            // What came too early must not keep out what it waits for (RFC 2018, 8).
            queue.clear();
            ring.releaseBehind(next);
            room = ring.reserve(from, (int) (to - from), true);
        }
        if (room <= 0) {
            return 0;
        }
        int skipped = (int) (from - position);
        ring.write(from, packet, offset + skipped, room);
        long before = next;
        if (from > next) {
            queue.add(from, from + room);
        } else {
            next = queue.takeFrom(from + room);
        }
        return (int) (next - before);
    }

    /** Moves bytes to a buffer, as many as there are and fit. */
    public int read(ByteBuffer to) {
        int length = Math.min(size(), to.remaining());
        if (length <= 0) {
            return 0;
        }
        ring.read(ring.start(), to, to.position(), length);
        to.position(to.position() + length);
        ring.releaseBefore(ring.start() + length);
        if (size() == 0 && queue.isEmpty()) {
            ring.releaseAll();
        }
        return length;
    }

    /** Leaves out a byte, which is there. */
    public void skip() {
        ring.releaseBefore(ring.start() + 1);
    }

    /** Forgets what could be read. */
    public void discard() {
        ring.releaseBefore(next);
        if (queue.isEmpty()) {
            ring.releaseAll();
        }
    }

    /** Gives back all memory and forgets what was not read. */
    public void clear() {
        ring.releaseAll();
        queue.clear();
        ring.releaseBefore(next);
    }
}
