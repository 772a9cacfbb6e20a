package dev.cortado.runtime.file.storage.cache;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/**
 * Moves whole blocks between a file's place on the disk and who asks for them, and leaves nothing
 * in memory. What others have written into memory goes to the disk first; what they have read into
 * it is forgotten when the disk has something else.
 */
final class DirectTransfers {
    private final PageCache cache;
    private final FilePages pages;
    private final WriteBack writeBack;
    private final int blockBytes;

    DirectTransfers(PageCache cache, FilePages pages, WriteBack writeBack) {
        this.cache = cache;
        this.pages = pages;
        this.writeBack = writeBack;
        blockBytes = cache.blockBytes();
    }

    /** As {@link PagedFile#readDirect}. */
    void read(long position, ByteBuffer to, FileBlocks blocks) throws FileException {
        long first = position / blockBytes;
        long end = end(first, to);
        if (pages.isAnyUnwritten(first, end)) {
            writeBack.runWhole();
        }
        for (long block = first; block < end; ) {
            long place = blocks.place(block);
            long count = neighbours(block, end, place, blocks);
            int length = (int) Math.min(count * blockBytes, to.remaining());
            ByteBuffer part = to.slice(to.position(), length);
            if (place == FileBlocks.HOLE) {
                putZeros(part);
            } else {
                readBlocks(place, part);
            }
            to.position(to.position() + length);
            block += count;
        }
    }

    private void putZeros(ByteBuffer to) {
        byte[] zeros = new byte[blockBytes];
        while (to.hasRemaining()) {
            to.put(zeros, 0, Math.min(zeros.length, to.remaining()));
        }
    }

    /** The last block in part, if there is room for no more of it. */
    private void readBlocks(long place, ByteBuffer to) throws FileException {
        int rest = to.remaining() % blockBytes;
        long position = place * blockBytes;
        cache.storage().read(position, to.slice(0, to.remaining() - rest));
        if (rest > 0) {
            ByteBuffer last = ByteBuffer.allocate(blockBytes);
            cache.storage().read(position + to.remaining() - rest, last.slice());
            to.put(to.remaining() - rest, last, 0, rest);
        }
    }

    /** As {@link PagedFile#writeDirect}. */
    boolean write(long position, ByteBuffer from, FileBlocks blocks) throws FileException {
        long first = position / blockBytes;
        long end = end(first, from);
        for (long block = first; block < end; block++) {
            if (blocks.place(block) == FileBlocks.HOLE) {
                return false;
            }
        }
        if (!pages.forget(first, end)) {
            writeBack.run();
            if (!pages.forget(first, end)) {
                return false;
            }
        }
        try {
            for (long block = first; block < end; ) {
                long place = blocks.place(block);
                long count = neighbours(block, end, place, blocks);
                int length = (int) (count * blockBytes);
                cache.storage().write(place * blockBytes, from.slice(from.position(), length));
                from.position(from.position() + length);
                block += count;
            }
            return true;
        } finally {
            // Readers may have found there what was there before.
            pages.forget(first, end);
        }
    }

    private long end(long first, ByteBuffer bytes) {
        return first + Math.ceilDiv(bytes.remaining(), blockBytes);
    }

    /** How many blocks lie one behind the other, or are all holes. */
    private static long neighbours(long first, long end, long place, FileBlocks blocks)
            throws FileException {
        long count = 1;
        while (first + count < end
                && blocks.place(first + count)
                        == (place == FileBlocks.HOLE ? FileBlocks.HOLE : place + count)) {
            count++;
        }
        return count;
    }
}
