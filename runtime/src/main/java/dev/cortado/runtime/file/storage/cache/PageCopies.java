package dev.cortado.runtime.file.storage.cache;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.WriteBatch;
import java.nio.ByteBuffer;

/** Copies of pages that are to be written, as many as there is room for. */
final class PageCopies {
    private final PageCache cache;
    private final WriteBatch batch;

    /**
     * @param room for them: all of the buffer
     */
    PageCopies(PageCache cache, ByteBuffer room) {
        this.cache = cache;
        batch = new WriteBatch(room);
    }

    /** Whether there is room for a page more. */
    boolean hasRoom() {
        return batch.hasRoom(cache.pageBytes());
    }

    /** Copies the blocks of a page that have to be written; false if there is no room. */
    boolean add(Page page) {
        if (!hasRoom()) {
            return false;
        }
        int blockBytes = cache.blockBytes();
        ByteBuffer bytes = cache.memory().bytes(page.memory());
        for (int block = 0; block < cache.pageBytes() / blockBytes; block++) {
            if (page.isDirty(block)) {
                long position = page.place(block) * blockBytes;
                batch.add(position, bytes, block * blockBytes, blockBytes);
            }
        }
        return true;
    }

    /** As {@link WriteBatch#write}. */
    void write() throws FileException {
        batch.write(cache.storage());
    }
}
