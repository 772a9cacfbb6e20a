package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.transaction.Change;

/** A part of a directory that has a list of entries: a block, or bytes in the inode. */
abstract class Segment {
    private final EntryList entries;
    private final long position;

    /**
     * @param position in the directory, of the first byte of the entries' buffer
     */
    Segment(EntryList entries, long position) {
        this.entries = entries;
        this.position = position;
    }

    /** Not to be written to. */
    final EntryList entries() {
        return entries;
    }

    /** Where in the directory an entry is: it stays there as long as there is no tree. */
    final long position(int entry) {
        return position + entry;
    }

    /** The same list, to be changed; {@link #save} follows. It changes one block. */
    abstract EntryList edit(Change change) throws FileException;

    abstract void save(Change change, EntryList edited) throws FileException;
}
