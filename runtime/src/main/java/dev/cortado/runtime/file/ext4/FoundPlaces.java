package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.ext4.map.Mapping;

/**
 * Parts of a file's map that were found before, so that reading the same file again asks neither
 * the map nor the file system's lock. With the inode's lock: readers may find and remember at the
 * same time, whoever changes the map forgets.
 */
final class FoundPlaces {
    /** Of the longest extent; each of these windows of the file has the part found last. */
    private static final int WINDOW_SHIFT = 15;

    private static final int WINDOWS = 8;

    private record Found(long first, Mapping mapping) {}

    /** Null as long as nothing was found. */
    private volatile Found[] found;

    /** From a block on; null if that was not found before. */
    Mapping find(long block) {
        Found[] all = found;
        Found part = all == null ? null : all[window(block)];
        if (part == null || block < part.first) {
            return null;
        }
        long offset = block - part.first;
        return offset < part.mapping.count() ? part.mapping.from(offset) : null;
    }

    void remember(long block, Mapping mapping) {
        Found[] all = found;
        if (all == null) {
            all = new Found[WINDOWS];
            found = all;
        }
        all[window(block)] = new Found(block, mapping);
    }

    void forget() {
        found = null;
    }

    private static int window(long block) {
        return (int) (block >>> WINDOW_SHIFT) & WINDOWS - 1;
    }
}
