package dev.cortado.runtime.file.storage.cache;

import java.nio.ByteBuffer;
import java.util.function.Predicate;

/**
 * A file's pages, and their memory: one that the machine has taken is as one that there never was.
 * A page that is there may be taken at any time, unless it is pinned, or something of it is not on
 * the disk yet. Guarded by the file's lock, but for {@link #bytes} and {@link #unpin}.
 */
final class PresentPages {
    private final PageCache cache;
    private final CacheMemory memory;
    private final PageTable table = new PageTable();

    /** The page that was asked for last, as it mostly is again; null if it is not known. */
    private Page last;

    PresentPages(PageCache cache) {
        this.cache = cache;
        memory = cache.memory();
    }

    boolean isEmpty() {
        return table.isEmpty();
    }

    /** Null if it is not there. */
    Page get(long number) {
        if (last == null || last.number() != number) {
            last = table.get(number);
        }
        if (last != null && memory.isGone(last.memory())) {
            drop(last);
        }
        return last;
    }

    /** As {@link #get}; its bytes stay until {@link #unpin}. */
    Page pin(long number, boolean isUse) {
        Page page = get(number);
        if (page != null && !memory.pin(page.memory(), isUse)) {
            drop(page);
            return null;
        }
        return page;
    }

    void unpin(Page page) {
        memory.unpin(page.memory());
    }

    /** The bytes of one that is pinned. */
    ByteBuffer bytes(Page page) {
        return memory.bytes(page.memory());
    }

    /**
     * Adds a page that is not there.
     *
     * @param page whose memory has no other owner from when it is in the table
     */
    void add(Page page) {
        boolean isAdded = false;
        cache.queue().add(page);
        try {
            table.put(page);
            isAdded = true;
        } finally {
            if (!isAdded) {
                cache.queue().remove(page);
            }
        }
    }

    /** Its memory is kept as long as something of it is not on the disk yet. */
    void settle(Page page) {
        boolean isKept = page.isUnwritten();
        if (isKept == page.isKept()) {
            return;
        }
        page.setKept(isKept);
        if (isKept) {
            memory.keep(page.memory());
        } else {
            memory.expose(page.memory());
        }
    }

    /**
     * Removes those of some numbers that a condition holds for.
     *
     * @param end behind the last number
     * @return how many of them stay
     */
    int removeIf(long first, long end, Predicate<Page> condition) {
        return table.removeIf(
                first,
                end,
                page -> {
                    boolean isRemoved = condition.test(page);
                    if (isRemoved) {
                        removed(page);
                    }
                    return isRemoved;
                });
    }

    /** As {@link PageTable#anyMatch}. */
    boolean anyMatch(long first, long end, Predicate<Page> condition) {
        return table.anyMatch(first, end, condition);
    }

    private void removed(Page page) {
        last = null;
        cache.queue().remove(page);
        cache.pageIsGone(page.memory());
    }

    private void drop(Page page) {
        table.remove(page.number());
        removed(page);
    }

    private boolean isThere(Page page) {
        return table.get(page.number()) == page;
    }

    /**
     * Removes a page that was taken out of the queue, if that loses nothing; otherwise it goes back
     * there.
     *
     * @return its memory, which is kept; none if the page stays, or has none
     */
    int claim(Page page) {
        forgetGone(page);
        if (!isThere(page)) {
            return CacheMemory.NONE;
        }
        if (!memory.claim(page.memory())) {
            cache.queue().add(page);
            return CacheMemory.NONE;
        }
        table.remove(page.number());
        last = null;
        cache.pageIsReplaced();
        return page.memory();
    }

    /** Removes a page if the machine has taken it. */
    void forgetGone(Page page) {
        if (isThere(page) && memory.isGone(page.memory())) {
            drop(page);
        }
    }
}
