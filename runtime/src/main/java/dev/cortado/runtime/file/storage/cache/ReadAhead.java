package dev.cortado.runtime.file.storage.cache;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.StoragePart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what is not in memory, and some more than was asked for of a file that is read from its
 * beginning to its end: blocks that are neighbours on the disk in one request, and others by
 * requests that are under way at the same time.
 */
final class ReadAhead {
    /** Of a request. */
    private static final int MAXIMUM_BYTES = 1 << 20;

    /** The first time that a reader goes on where it was. */
    private static final int FIRST_AHEAD_BYTES = 16 << 10;

    private static final int MAXIMUM_AHEAD_BYTES = 512 << 10;

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
     * is there, or that is a hole; zeros of a hole.
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
        long[] places = places(first, place, limit, blocks);
        expected = first + places.length;
        try {
            return read(first, places, offset, to);
        } catch (FileException e) {
            if (places.length == 1) {
                throw e;
            }
            // It may be a block that nobody has asked for that cannot be read.
            return read(first, new long[] {place}, offset, to);
        }
    }

    private int read(long first, long[] places, int offset, ByteBuffer to) throws FileException {
        if (places.length == 1 && blockBytes == cache.pageBytes()) {
            int page = cache.reservePage(false);
            if (page != CacheMemory.NONE) {
                return readPage(first, places[0], page, offset, to);
            }
        }
        int length = places.length * blockBytes;
        // Not where it is wanted: others might write there before it is remembered.
        ByteBuffer request = cache.requests().take(length);
        long age = pages.age();
        cache.storage().readAll(parts(places, request));
        for (int i = 0; i < places.length; i++) {
            pages.install(first + i, places[i], request, i * blockBytes, age);
        }
        int copied = Math.min(to.remaining(), length - offset);
        to.put(to.position(), request, offset, copied);
        to.position(to.position() + copied);
        cache.requests().giveBack(request);
        return copied;
    }

    /** By the device itself, where it can, into what is remembered. */
    private int readPage(long block, long place, int page, int offset, ByteBuffer to)
            throws FileException {
        boolean isAdopted = false;
        try {
            long age = pages.age();
            cache.storage().read(place * blockBytes, cache.memory().bytes(page));
            int copied = Math.min(to.remaining(), blockBytes - offset);
            to.put(to.position(), cache.memory().bytes(page), offset, copied);
            to.position(to.position() + copied);
            isAdopted = pages.adopt(block, place, page, age);
            return copied;
        } finally {
            if (!isAdopted) {
                cache.pageIsGone(page);
            }
        }
    }

    /** One for blocks that are neighbours. */
    private List<StoragePart> parts(long[] places, ByteBuffer request) {
        List<StoragePart> parts = new ArrayList<>();
        int begin = 0;
        for (int i = 1; i <= places.length; i++) {
            if (i == places.length || places[i] != places[i - 1] + 1) {
                ByteBuffer bytes = request.slice(begin * blockBytes, (i - begin) * blockBytes);
                parts.add(new StoragePart(places[begin] * blockBytes, bytes));
                begin = i;
            }
        }
        return parts;
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
        long most =
                Math.min(MAXIMUM_AHEAD_BYTES, cache.maximumBytes() / PageCache.SHARE_OF_REQUESTS);
        aheadBytes = (int) Math.min(most, Math.max(2L * aheadBytes, FIRST_AHEAD_BYTES));
        return aheadBytes / blockBytes;
    }

    /**
     * Where blocks are that are not in memory, from one on up to the next that is, or is a hole, or
     * whose place cannot be told: that is an error of who asks for it.
     *
     * @param limit how many there are at most
     */
    private long[] places(long first, long place, int limit, FileBlocks blocks) {
        long[] places = new long[limit];
        places[0] = place;
        int count = 1;
        while (count < limit && !pages.isPresent(first + count)) {
            places[count] = placeOrHole(first + count, blocks);
            if (places[count] == FileBlocks.HOLE) {
                break;
            }
            count++;
        }
        return Arrays.copyOf(places, count);
    }

    private static long placeOrHole(long block, FileBlocks blocks) {
        try {
            return blocks.place(block);
        } catch (FileException e) {
            return FileBlocks.HOLE;
        }
    }
}
