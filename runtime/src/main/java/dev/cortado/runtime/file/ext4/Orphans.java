package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Files that have no name any more but are there, and files that are being cut, so that a mount
 * after a crash goes on with them. With the file system's lock.
 */
final class Orphans {
    /** Blocks that adding or removing one changes, but for its own inode. */
    static final int CREDITS = 3;

    private final OrphanList list;
    private final OrphanFile file;

    /** Those that were added and not removed: a guess, since a change may have been undone. */
    private final Set<Long> added = new HashSet<>();

    /** Orphans that were made so by an attribute that is gone; they are known to nobody. */
    private final List<Long> values = new ArrayList<>();

    /** Those of them that somebody has taken to erase them, and has not erased. */
    private final Set<Long> taken = new HashSet<>();

    Orphans(Volume volume) throws FileException {
        list = new OrphanList(volume);
        file = OrphanFile.open(volume);
    }

    /** Does nothing if it is there: a cut may have failed before. */
    void add(Change change, StoredInode inode) throws FileException {
        if (!added.add(inode.number()) && isThere(inode.number())) {
            return;
        }
        if (file == null || !file.add(change, inode.number())) {
            list.add(change, inode);
        }
    }

    /** Whether it is one: also a file that has a name may be, if a cut of it has failed. */
    boolean has(long number) throws FileException {
        return added.contains(number) && isThere(number);
    }

    private boolean isThere(long number) throws FileException {
        return file != null && file.contains(number) || list.contains(number);
    }

    void remove(Change change, StoredInode inode) throws FileException {
        if (file == null || !file.remove(change, inode.number())) {
            list.remove(change, inode);
        }
        added.remove(inode.number());
    }

    List<Long> all() throws FileException {
        List<Long> all = list.all();
        if (file != null) {
            all.addAll(file.all());
        }
        added.addAll(all);
        return all;
    }

    boolean hasFile() {
        return file != null;
    }

    /** A value that nobody has any more became an orphan, unless the change is undone. */
    void addValue(Change change, StoredInode value) throws FileException {
        add(change, value);
        values.add(value.number());
    }

    /** What may have become so since the last call. */
    List<Long> takeValues() {
        List<Long> now = List.copyOf(values);
        values.clear();
        taken.addAll(now);
        return now;
    }

    /** One of those that were taken is not there any more. */
    void erasedValue(long number) {
        taken.remove(number);
    }

    /** Those that were taken and are still there can be taken again: nobody else erases any. */
    void putBackValues() {
        values.addAll(taken);
    }
}
