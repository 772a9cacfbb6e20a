package dev.cortado.runtime.file.storage.cache;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pages of a file that are in memory. Its lock is held while bytes are copied, never while the
 * disk is waited for.
 */
final class FilePages {
    private final PagedFile file;
    private final PageCache cache;
    private final int blockBytes;
    private final int blocksPerPage;
    private final ReentrantLock lock = new ReentrantLock();
    private final PresentPages pages;

    private final DirtyPages dirty;
    private long age;

    FilePages(PagedFile file, PageCache cache) {
        this.file = file;
        this.cache = cache;
        blockBytes = cache.blockBytes();
        blocksPerPage = cache.pageBytes() / blockBytes;
        pages = new PresentPages(cache);
        dirty = new DirtyPages(file, cache);
    }

    private int inPage(long block) {
        return (int) (block % blocksPerPage);
    }

    /**
     * Copies what is in memory from a position on, up to the end of its page at most.
     *
     * @return how many bytes; 0 if the block is not there
     */
    int read(long position, ByteBuffer to) {
        long first = position / blockBytes;
        int end = inPage(first);
        Page page;
        lock.lock();
        try {
            page = pages.pin(first / blocksPerPage, true);
            while (page != null && end < blocksPerPage && page.isPresent(end)) {
                end++;
            }
        } finally {
            lock.unlock();
        }
        if (page == null) {
            return 0;
        }
        try {
            int offset = (int) (position % cache.pageBytes());
            int count = Math.clamp(end * blockBytes - offset, 0, to.remaining());
            to.put(to.position(), pages.bytes(page), offset, count);
            to.position(to.position() + count);
            return count;
        } finally {
            pages.unpin(page);
        }
    }

    boolean isPresent(long block) {
        lock.lock();
        try {
            Page page = pages.get(block / blocksPerPage);
            return page != null && page.isPresent(inPage(block));
        } finally {
            lock.unlock();
        }
    }

    /** Where a block is, if that is remembered; {@link FileBlocks#HOLE} if not. */
    long place(long block) {
        lock.lock();
        try {
            Page page = pages.get(block / blocksPerPage);
            return page == null ? FileBlocks.HOLE : page.place(inPage(block));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Keeps a block as it is on the disk, unless it is there already.
     *
     * @param age before it was read from the disk; if it is another one now, nothing is kept
     */
    void install(long block, long place, ByteBuffer from, int offset, long age) {
        use(
                block,
                false,
                (page, bytes, inPage) -> {
                    if (age == this.age && !page.isPresent(inPage)) {
                        bytes.put(inPage * blockBytes, from, offset, blockBytes);
                        page.setPlace(inPage, place);
                        page.setPresent(inPage);
                    }
                    return true;
                });
    }

    /**
     * Puts bytes into a block.
     *
     * @param from as many bytes as it has left
     * @param rest what the block's other bytes are; null if they are what is there
     * @return false if that is needed and not there
     */
    boolean write(long block, long place, int offset, ByteBuffer from, ByteBuffer rest) {
        return use(
                block,
                true,
                (page, bytes, inPage) -> {
                    int start = inPage * blockBytes;
                    if (rest != null) {
                        bytes.put(start, rest, 0, blockBytes);
                    } else if (!page.isPresent(inPage) && from.remaining() < blockBytes) {
                        return false;
                    }
                    bytes.put(start + offset, from, from.position(), from.remaining());
                    page.setPresent(inPage);
                    changed(page, inPage, place);
                    return true;
                });
    }

    private void changed(Page page, int inPage, long place) {
        page.setPlace(inPage, place);
        if (!page.isDirty()) {
            dirty.add(page);
        }
        page.setDirty(inPage);
    }

    /**
     * Keeps a page of one block that was read from the disk into memory of its own, unless there is
     * one already.
     *
     * @param memory that is kept, and the page's if it is there now
     * @param age as of {@link #install}
     * @return whether it is
     */
    boolean adopt(long block, long place, int memory, long age) {
        lock.lock();
        try {
            if (age != this.age || pages.get(block) != null) {
                return false;
            }
            Page page = new Page(file, block, 1, memory);
            page.setPlace(0, place);
            page.setPresent(0);
            pages.settle(page);
            pages.add(page);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @FunctionalInterface
    private interface Use {
        boolean apply(Page page, ByteBuffer bytes, int block);
    }

    /**
     * Does something with a block's page, which is made if there is none.
     *
     * @param isUse whether that is to stay: it cannot be done without
     */
    private boolean use(long block, boolean isUse, Use use) {
        long number = block / blocksPerPage;
        int reserved = CacheMemory.NONE;
        try {
            while (true) {
                lock.lock();
                try {
                    if (reserved != CacheMemory.NONE && pages.get(number) == null) {
                        pages.add(new Page(file, number, blocksPerPage, reserved));
                        reserved = CacheMemory.NONE;
                    }
                    Page page = pages.pin(number, isUse);
                    if (page != null) {
                        return usePinned(page, block, use);
                    }
                } finally {
                    lock.unlock();
                }
                if (reserved == CacheMemory.NONE) {
                    reserved = cache.reservePage(isUse);
                }
                if (reserved == CacheMemory.NONE) {
                    if (!isUse) {
                        return false; // nobody has to remember what was read
                    }
                    throw new OutOfMemoryError("a page of a file");
                }
            }
        } finally {
            if (reserved != CacheMemory.NONE) {
                cache.pageIsGone(reserved);
            }
        }
    }

    private boolean usePinned(Page page, long block, Use use) {
        try {
            return use.apply(page, pages.bytes(page), inPage(block));
        } finally {
            try {
                pages.settle(page);
            } finally {
                pages.unpin(page);
            }
        }
    }

    /** Forgets all blocks from one on; while none is being written. */
    void dropFrom(long block) {
        lock.lock();
        try {
            long number = block / blocksPerPage;
            Page first = inPage(block) == 0 ? null : pages.get(number);
            if (first != null) {
                boolean wasDirty = first.isDirty();
                first.dropFrom(inPage(block));
                if (wasDirty && !first.isDirty()) {
                    dirty.remove(first);
                }
                pages.settle(first);
            }
            long behind = inPage(block) == 0 ? number : number + 1;
            pages.removeIf(
                    behind,
                    Long.MAX_VALUE,
                    page -> {
                        cleaned(page);
                        return true;
                    });
            dirty.tellIfClean();
        } finally {
            lock.unlock();
        }
    }

    /** How often something was written to the disk without a page. */
    long age() {
        lock.lock();
        try {
            return age;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets what is in memory of some blocks, or was read and is about to be remembered.
     *
     * @return false if there is a page of theirs that is not on the disk yet, which stays
     */
    boolean forget(long firstBlock, long endBlock) {
        lock.lock();
        try {
            age++;
            long end = Math.ceilDiv(endBlock, blocksPerPage);
            return pages.removeIf(firstBlock / blocksPerPage, end, page -> !page.isUnwritten())
                    == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is something of some blocks that is not on the disk yet. */
    boolean isAnyUnwritten(long firstBlock, long endBlock) {
        lock.lock();
        try {
            long end = Math.ceilDiv(endBlock, blocksPerPage);
            return dirty.isAnyUnwritten()
                    && pages.anyMatch(firstBlock / blocksPerPage, end, Page::isUnwritten);
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return pages.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** It has nothing to be written any more. */
    private void cleaned(Page page) {
        if (page.isDirty()) {
            dirty.remove(page);
        }
    }

    /** As {@link PresentPages#claim}. */
    int claim(Page page) {
        lock.lock();
        try {
            return pages.claim(page);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link PresentPages#forgetGone}. */
    void forgetGone(Page page) {
        lock.lock();
        try {
            pages.forgetGone(page);
        } finally {
            lock.unlock();
        }
    }

    int dirtyCount() {
        lock.lock();
        try {
            return dirty.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a page with a block or one behind it has to be written. */
    boolean isDirtyFrom(long block) {
        return lastDirty() >= block / blocksPerPage;
    }

    /** The last page that has to be written; -1 if there is none. */
    long lastDirty() {
        lock.lock();
        try {
            return dirty.last();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes pages to be written: see {@link WriteBack}.
     *
     * @param taken gets them, also those before an error
     */
    void take(long from, long last, PageCopies copies, List<Page> taken) {
        lock.lock();
        try {
            dirty.take(from, last, copies, taken);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Pages that were taken are not being written any more.
     *
     * @param isTried whether that was tried, and is not to be again
     */
    void written(List<Page> taken, boolean isTried) {
        lock.lock();
        try {
            for (Page page : taken) {
                dirty.written(page, isTried);
                pages.settle(page);
            }
            dirty.tellIfClean();
        } finally {
            lock.unlock();
        }
    }
}
