package dev.cortado.runtime.file.ext4.directory;

import java.util.List;

/**
 * Entries that are read at once, in the order of their cookies.
 *
 * @param from all entries whose cookies are behind this one are here, up to the last
 */
record EntryBatch(long from, List<Entry> entries) {
    static final EntryBatch NONE = new EntryBatch(Long.MAX_VALUE, List.of());

    /** The first behind a cookie; null if that is not known here. */
    Entry after(long cookie) {
        if (cookie < from) {
            return null;
        }
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).cookie() <= cookie) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < entries.size() ? entries.get(low) : null;
    }
}
