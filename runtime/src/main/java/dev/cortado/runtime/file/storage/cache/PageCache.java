package dev.cortado.runtime.file.storage.cache;

import dev.cortado.runtime.file.storage.Storage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * The contents of a file system's files in memory, as much of it as others leave: pages that are as
 * on the disk make room for others, and the machine may take them at any time. When too much of
 * what there is for pages is not on the disk yet, whoever writes writes that back first. There is
 * one {@link PagedFile} for each file.
 *
 * <p>Locks: that of writing a file back, that of a file's pages, those of the cache, in this order;
 * the disk is waited for under the first one only. A {@link FileBlocks} is asked under none.
 */
public final class PageCache {
    /** Of a page, if a block is not larger. */
    public static final int MINIMUM_PAGE_BYTES = 4096;

    /** What is written is written back many pages at a time, however little memory there is. */
    private static final int LEAST_BYTES = 256 << 10;

    /** So many pages that are gone are nothing to look for, */
    private static final int FEW_PAGES = 64;

    /** nor is this part of all, as a shift. */
    private static final int FEW_SHIFT = 3;

    /** Of the memory for pages, what a request reads ahead, or leaves for the next one. */
    static final int SHARE_OF_REQUESTS = 16;

    private final Storage storage;
    private final int blockBytes;
    private final int pageBytes;
    private final CacheMemory memory;
    private final PageQueue queue;
    private final SpareBuffer requests;
    private final SpareBuffer copies;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dirtyBytes = new AtomicLong();

    /** How many pages the machine had taken when those that are gone were looked for last. */
    private volatile int takenBefore;

    /** Files that may have pages that are not on the disk; the longest such first. */
    private final Set<PagedFile> dirtyFiles = new LinkedHashSet<>();

    /**
     * @param storage whose sectors are not larger than a block
     * @param blockBytes 1024 to 65536, a power of two
     * @param memory of pages of so many bytes
     */
    public PageCache(Storage storage, int blockBytes, IntFunction<CacheMemory> memory) {
        this.storage = storage;
        this.blockBytes = blockBytes;
        pageBytes = Math.max(MINIMUM_PAGE_BYTES, blockBytes);
        this.memory = memory.apply(pageBytes);
        queue = new PageQueue(this.memory);
        takenBefore = this.memory.taken();
        long mostSpare = Math.max(pageBytes, this.memory.freeBytes() / SHARE_OF_REQUESTS);
        requests = new SpareBuffer(mostSpare);
        copies = new SpareBuffer(mostSpare);
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

    CacheMemory memory() {
        return memory;
    }

    /** Of all pages, as long as nobody else wants more memory, or less. */
    long maximumBytes() {
        long found = memory.freeBytes() + dirtyBytes.get();
        return Math.max(found, LEAST_BYTES);
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
        forgetGone();
        new JointWriteBack(this).run(dirtyFiles());
    }

    /**
     * There will be one page more: memory for it, which is kept.
     *
     * @param isNeeded whether all is done that can be, a collection of garbage among it
     * @return none if there is none
     */
    int reservePage(boolean isNeeded) {
        forgetGone();
        // Whoever has come late has his share of what others have.
        int page = memory.allocate(bytes.get() < memory.freeBytes() / 2);
        if (page == CacheMemory.NONE) {
            page = evict();
        }
        if (page == CacheMemory.NONE && dirtyBytes.get() > 0) {
            writeAll();
            page = evict();
        }
        if (page == CacheMemory.NONE) {
            page = memory.allocate(true);
        }
        if (page == CacheMemory.NONE && isNeeded) {
            System.gc();
            page = memory.allocate(true);
        }
        if (page != CacheMemory.NONE) {
            bytes.addAndGet(pageBytes);
        }
        return page;
    }

    /** The memory of a page that nobody uses, which is kept; none if there is no such page. */
    private int evict() {
        for (long left = 2 * queue.size(); left > 0; left--) {
            Page page = queue.next();
            if (page == null) {
                break;
            }
            int memory = page.file().claim(page);
            if (memory != CacheMemory.NONE) {
                return memory;
            }
        }
        return CacheMemory.NONE;
    }

    /** What is left of pages that are gone goes, too, before it is much. */
    private void forgetGone() {
        int taken = memory.taken();
        long few = Math.max(FEW_PAGES, bytes.get() / pageBytes >> FEW_SHIFT);
        if (taken - takenBefore > few) {
            takenBefore = taken;
            queue.gone().forEach(page -> page.file().forgetGone(page));
        }
    }

    /** There is one page less; its memory is left. */
    void pageIsGone(int page) {
        memory.leave(page);
        bytes.addAndGet(-pageBytes);
    }

    /** There is one page less, and its memory is another one's. */
    void pageIsReplaced() {
        bytes.addAndGet(-pageBytes);
    }

    /** Writes back what is dirty if that is too much, that of one file first. */
    void limitDirty(PagedFile writer) {
        long most = Math.min(maximumBytes() / 4, memory.mostKeptBytes());
        if (dirtyBytes.get() <= most) {
            return;
        }
        writer.writeBack();
        for (PagedFile file : dirtyFiles()) {
            if (dirtyBytes.get() <= most / 2) {
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
