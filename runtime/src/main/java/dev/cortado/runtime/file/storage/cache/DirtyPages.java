package dev.cortado.runtime.file.storage.cache;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Those of a file's pages that have to be written, and how many are being written. Guarded by the
 * file's lock.
 */
final class DirtyPages {
    private final PagedFile file;
    private final PageCache cache;
    private final TreeMap<Long, Page> pages = new TreeMap<>();
    private int writing;

    DirtyPages(PagedFile file, PageCache cache) {
        this.file = file;
        this.cache = cache;
    }

    int size() {
        return pages.size();
    }

    /** The last one that has to be written; -1 if there is none. */
    long last() {
        return pages.isEmpty() ? -1 : pages.lastKey();
    }

    /** Whether some have to be written, or are being written. */
    boolean isAnyUnwritten() {
        return writing > 0 || !pages.isEmpty();
    }

    /** One that has nothing to be written yet, and is about to. */
    void add(Page page) {
        pages.put(page.number(), page);
        cache.addDirtyPages(1);
        cache.fileIsDirty(file);
    }

    /** One that has nothing to be written any more. */
    void remove(Page page) {
        pages.remove(page.number());
        cache.addDirtyPages(-1);
    }

    /** Tells the cache if there is nothing to be written any more. */
    void tellIfClean() {
        if (pages.isEmpty()) {
            cache.fileIsClean(file);
        }
    }

    /** As {@link FilePages#take}. */
    void take(long from, long last, PageCopies copies, List<Page> taken) {
        Map.Entry<Long, Page> next = pages.ceilingEntry(from);
        while (next != null && next.getKey() <= last && copies.add(next.getValue())) {
            Page page = next.getValue();
            taken.add(page);
            page.beginWriting();
            writing++;
            remove(page);
            next = pages.higherEntry(page.number());
        }
    }

    /** One that was taken, as {@link FilePages#written}. */
    void written(Page page, boolean isTried) {
        writing--;
        boolean wasDirty = page.isDirty();
        page.endWriting(isTried);
        if (!wasDirty && page.isDirty()) {
            pages.put(page.number(), page);
            cache.addDirtyPages(1);
        }
    }
}
