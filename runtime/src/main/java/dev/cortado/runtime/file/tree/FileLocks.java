package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.open.RangeLocks;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The locks of all files. There is one process and so one owner; it loses its locks on a file when
 * it closes any number that stands for the file, even one that it never locked with (POSIX, close).
 */
final class FileLocks {
    static final Object PROCESS = "the process";

    private static final class Entry {
        private final RangeLocks locks = new RangeLocks();
        private int holders;
    }

    private final ConcurrentHashMap<Location, Entry> entries = new ConcurrentHashMap<>();

    /** The locks of a file, until {@link #letGo} was called as often. */
    RangeLocks hold(Location file) {
        Entry held =
                entries.compute(
                        file,
                        (key, old) -> {
                            Entry entry = old == null ? new Entry() : old;
                            entry.holders++;
                            return entry;
                        });
        return held.locks;
    }

    void letGo(Location file) {
        entries.computeIfPresent(file, (key, entry) -> --entry.holders == 0 ? null : entry);
    }

    /** A number of the file is closed. */
    void closed(Location file) {
        Entry entry = entries.get(file);
        if (entry != null) {
            entry.locks.unlockAll(PROCESS);
        }
    }
}
