package dev.cortado.runtime.file.storage.cache;

import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The contents of a file system's files in memory, up to a number of bytes: pages that are as on
 * the disk make room for others. When a quarter of that is not on the disk yet, whoever writes
 * writes that back first. There is one {@link PagedFile} for each file.
 *
 * <p>Locks: that of writing a file back, that of a file's pages, those of the cache, in this order;
 * the disk is waited for under the first one only. A {@link FileBlocks} is asked under none.
 */
public final class PageCache {
    /** Of a page, if a block is not larger. */
    public static final int MINIMUM_PAGE_BYTES = 4096;

    private static final int MINIMUM_PAGES = 8;

    /** Of the memory for pages, what a request reads ahead, or leaves for the next one. */
    static final int SHARE_OF_REQUESTS = 16;

    private final Storage storage;
    private final int blockBytes;
    private final int pageBytes;
    private final long maximumBytes;
    private final PageQueue queue = new PageQueue();
    private final SpareBuffer requests;
    private final SpareBuffer copies;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dirtyBytes = new AtomicLong();

    /** Files that may have pages that are not on the disk; the longest such first. */
    private final Set<PagedFile> dirtyFiles = new LinkedHashSet<>();

    /**
     * @param storage whose sectors are not larger than a block
     * @param blockBytes 1024 to 65536, a power of two
     * @param maximumBytes of pages; there is always room for a few
     */
    public PageCache(Storage storage, int blockBytes, long maximumBytes) {
        this.storage = storage;
        this.blockBytes = blockBytes;
        pageBytes = Math.max(MINIMUM_PAGE_BYTES, blockBytes);
        this.maximumBytes = Math.max(maximumBytes, (long) MINIMUM_PAGES * pageBytes);
        requests = new SpareBuffer(this.maximumBytes / SHARE_OF_REQUESTS);
        copies = new SpareBuffer(this.maximumBytes / SHARE_OF_REQUESTS);
    }

    /** A file with nothing of it in memory yet. */
    public PagedFile newFile() {
        return new PagedFile(this);
    }

    Storage storage() {
        return storage;
    }

    int blockBytes() {
        return blockBytes;
    }

    int pageBytes() {
        return pageBytes;
    }

    /** Of all pages, as far as possible. */
    long maximumBytes() {
        return maximumBytes;
    }

    /** Of all pages. */
    public long bytes() {
        return bytes.get();
    }

    /** Of pages that are not on the disk yet. */
    public long dirtyBytes() {
        return dirtyBytes.get();
    }

    /**
     * Writes all that was written to files before this call to the disk, which is not flushed. A
     * file that this fails for remembers it for its next {@link PagedFile#sync}.
     */
    public void writeAll() {
        new JointWriteBack(this).run(dirtyFiles());
    }

    /**
     * Gives memory back, as much as is possible without waiting for the disk.
     *
     * @return how many bytes
     */
    public long giveBack(long wanted) {
        return evict(wanted, page -> {});
    }

    private long evict(long wanted, Consumer<Page> gone) {
        long given = 0;
        for (long left = 2 * queue.size(); left > 0 && given < wanted; left--) {
            Page page = queue.next();
            if (page == null) {
                break;
            }
            if (page.file().evict(page)) {
                given += pageBytes;
                gone.accept(page);
            } else {
                page.file().requeue(page);
            }
        }
        return given;
    }

    /**
     * There will be one page more: makes room.
     *
     * @return the bytes of a page that had to go for it, to be its bytes; null if none had to
     */
    ByteBuffer reservePage() {
        long excess = bytes.addAndGet(pageBytes) - maximumBytes;
        if (excess <= 0) {
            return null;
        }
        ByteBuffer[] last = new ByteBuffer[1];
        if (evict(excess, page -> last[0] = page.bytes()) < excess) {
            writeAll();
            evict(bytes.get() - maximumBytes, page -> last[0] = page.bytes());
        }
        return last[0];
    }

    /** There is one page less. */
    void pageIsGone() {
        bytes.addAndGet(-pageBytes);
    }

    /** Writes back what is dirty if that is too much, that of one file first. */
    void limitDirty(PagedFile writer) {
        if (dirtyBytes.get() <= maximumBytes / 4) {
            return;
        }
        writer.writeBack();
        for (PagedFile file : dirtyFiles()) {
            if (dirtyBytes.get() <= maximumBytes / 8) {
                return;
            }
            file.writeBack();
        }
    }

    /** Where reading has its buffers from. */
    SpareBuffer requests() {
        return requests;
    }

    /** Where writing back has its buffers from. */
    SpareBuffer copies() {
        return copies;
    }

    PageQueue queue() {
        return queue;
    }

    private List<PagedFile> dirtyFiles() {
        synchronized (dirtyFiles) {
            return new ArrayList<>(dirtyFiles);
        }
    }

    void fileIsDirty(PagedFile file) {
        synchronized (dirtyFiles) {
            dirtyFiles.add(file);
        }
    }

    void fileIsClean(PagedFile file) {
        synchronized (dirtyFiles) {
            dirtyFiles.remove(file);
        }
    }

    void addDirtyPages(long count) {
        dirtyBytes.addAndGet(count * pageBytes);
    }
}
