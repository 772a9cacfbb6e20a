package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/** Reads a journal's blocks one after the other, some ahead in one request. For one thread. */
final class JournalReader {
    private static final int AHEAD_BYTES = 256 << 10;

    private final JournalBlocks places;
    private final int blockBytes;
    private final ByteBuffer ahead;

    /** The block that {@link #ahead} begins with, and how many it has. */
    private int first;

    private int count;

    JournalReader(JournalBlocks places) {
        this.places = places;
        blockBytes = places.blockBytes();
        ahead = ByteBuffer.allocate(Math.max(AHEAD_BYTES, blockBytes));
    }

    /** A block, big-endian, as long as no other is read. */
    ByteBuffer read(int block) throws FileException {
        if (block < first || block - first >= count) {
            count = 0;
            int neighbours = places.neighbours(block, ahead.capacity() / blockBytes);
            places.read(block, ahead.slice(0, neighbours * blockBytes));
            first = block;
            count = neighbours;
        }
        return ahead.slice((block - first) * blockBytes, blockBytes);
    }
}
