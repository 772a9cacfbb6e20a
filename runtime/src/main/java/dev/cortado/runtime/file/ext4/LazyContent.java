package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.storage.cache.PageCache;
import dev.cortado.runtime.file.storage.cache.PagedFile;

/**
 * What a regular file has in memory of its content, made for the first who asks for it: most files
 * that somebody knows of are never read or written, and it is many objects. It outlives the {@link
 * Ext4Inode}. Any thread may call it.
 */
final class LazyContent {
    private final PageCache pages;
    private volatile PagedFile made;

    LazyContent(PageCache pages) {
        this.pages = pages;
    }

    PagedFile get() {
        PagedFile there = made;
        return there != null ? there : make();
    }

    private synchronized PagedFile make() {
        if (made == null) {
            made = pages.newFile();
        }
        return made;
    }

    /** Null if nobody has asked for it: nothing of it is in memory. */
    PagedFile known() {
        return made;
    }
}
