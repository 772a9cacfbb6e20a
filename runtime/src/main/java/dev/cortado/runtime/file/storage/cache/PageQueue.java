package dev.cortado.runtime.file.storage.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All pages, in the order in which they go when memory is needed: the oldest first, unless it was
 * used since it was looked at last (second chance, which comes near to least recently used, and
 * costs those who use a page nothing). Its lock is held for a moment, and no other taken under it.
 */
final class PageQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final CacheMemory memory;
    private Page first;
    private Page last;
    private long size;

    PageQueue(CacheMemory memory) {
        this.memory = memory;
    }

    void add(Page page) {
        lock.lock();
        try {
            append(page);
        } finally {
            lock.unlock();
        }
    }

    private void append(Page page) {
        page.before = last;
        page.behind = null;
        if (last == null) {
            first = page;
        } else {
            last.behind = page;
        }
        last = page;
        page.isQueued = true;
        size++;
    }

    /** Takes a page out if it is there. */
    void remove(Page page) {
        lock.lock();
        try {
            unlink(page);
        } finally {
            lock.unlock();
        }
    }

    private void unlink(Page page) {
        if (!page.isQueued) {
            return;
        }
        if (page.before == null) {
            first = page.behind;
        } else {
            page.before.behind = page.behind;
        }
        if (page.behind == null) {
            last = page.before;
        } else {
            page.behind.before = page.before;
        }
        page.before = null;
        page.behind = null;
        page.isQueued = false;
        size--;
    }

    long size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out the page that is to go; null if there is none. */
    Page next() {
        lock.lock();
        try {
            for (long i = size; i > 0 && memory.takeUse(first.memory()); i--) {
                Page used = first;
                unlink(used);
                append(used);
            }
            Page page = first;
            if (page != null) {
                unlink(page);
            }
            return page;
        } finally {
            lock.unlock();
        }
    }

    /** Those whose memory the machine has taken. */
    List<Page> gone() {
        List<Page> gone = new ArrayList<>();
        lock.lock();
        try {
            for (Page page = first; page != null; page = page.behind) {
                if (memory.isGone(page.memory())) {
                    gone.add(page);
                }
            }
        } finally {
            lock.unlock();
        }
        return gone;
    }
}
