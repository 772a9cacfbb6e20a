package dev.cortado.runtime.file.storage.cache;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/**
 * Reads what is not in memory: blocks that are neighbours on the disk in one request, and some more
 * than were asked for of a file that is read from its beginning to its end.
 */
final class ReadAhead {
    /** Of a request. */
    private static final int MAXIMUM_BYTES = 1 << 20;

    /** The first time that a reader goes on where it was. */
    private static final int FIRST_AHEAD_BYTES = 16 << 10;

    private static final int MAXIMUM_AHEAD_BYTES = 128 << 10;

    private final PageCache cache;
    private final FilePages pages;
    private final int blockBytes;

    // If readers change these two at the same time, too much or too little is read ahead.
    private volatile long expected;
    private volatile int aheadBytes;

    ReadAhead(PageCache cache, FilePages pages) {
        this.cache = cache;
        this.pages = pages;
        blockBytes = cache.blockBytes();
    }

    /**
     * Copies bytes from a position on whose block is not in memory: some, up to the next block that
     * is there, that lies elsewhere on the disk, or that is a hole; zeros of a hole.
     *
     * @return how many
     */
    int read(long position, ByteBuffer to, FileBlocks blocks) throws FileException {
        long first = position / blockBytes;
        int offset = (int) (position % blockBytes);
        long place = blocks.place(first);
        if (place == FileBlocks.HOLE) {
            return putZeros(to, Math.min(to.remaining(), blockBytes - offset));
        }
        int wanted = (int) Math.ceilDiv((long) offset + to.remaining(), blockBytes);
        int limit = Math.min(Math.max(wanted, ahead(first)), MAXIMUM_BYTES / blockBytes);
        int count = neighbours(first, place, limit, blocks);
        expected = first + count;
        try {
            return read(first, place, count, offset, to);
        } catch (FileException e) {
            if (count == 1) {
                throw e;
            }
            // It may be a block that nobody has asked for that cannot be read.
            return read(first, place, 1, offset, to);
        }
    }

    private int read(long first, long place, int count, int offset, ByteBuffer to)
            throws FileException {
        int length = count * blockBytes;
        // Not where it is wanted: others might write there before it is remembered.
        ByteBuffer request = cache.requests().take(length);
        long age = pages.age();
        cache.storage().read(place * blockBytes, request.slice(0, length));
        for (int i = 0; i < count; i++) {
            pages.install(first + i, place + i, request, i * blockBytes, age);
        }
        int copied = Math.min(to.remaining(), length - offset);
        to.put(to.position(), request, offset, copied);
        to.position(to.position() + copied);
        cache.requests().giveBack(request);
        return copied;
    }

    private static int putZeros(ByteBuffer to, int count) {
        to.put(ByteBuffer.allocate(count));
        return count;
    }

    /** How many blocks to read at least, whatever is wanted. */
    private int ahead(long first) {
        if (first != expected) {
            aheadBytes = 0;
            return 1;
        }
        aheadBytes = Math.clamp(2L * aheadBytes, FIRST_AHEAD_BYTES, MAXIMUM_AHEAD_BYTES);
        return aheadBytes / blockBytes;
    }

    /** How many blocks that are not in memory lie one behind the other, up to a limit. */
    private int neighbours(long first, long place, int limit, FileBlocks blocks)
            throws FileException {
        int count = 1;
        while (count < limit
                && !pages.isPresent(first + count)
                && blocks.place(first + count) == place + count) {
            count++;
        }
        return count;
    }
}
