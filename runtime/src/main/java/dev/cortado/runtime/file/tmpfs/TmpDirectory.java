package dev.cortado.runtime.file.tmpfs;

import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A directory. Entries are numbered downwards as they come, and read upwards: what comes and goes
 * meanwhile moves no other, and what comes is behind who reads, so that reading ends. A name that
 * another file gets stays where it is. Reading takes no lock; the file system's is held for
 * changes.
 */
final class TmpDirectory extends TmpInode {
    /** An entry's share of {@code size}, as on Linux's tmpfs. */
    private static final int ENTRY_BYTES = 20;

    private record Entry(FileName name, long cookie, TmpInode inode) {}

    private final ConcurrentHashMap<FileName, Entry> byName = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Entry> byCookie = new ConcurrentSkipListMap<>();
    private long nextCookie = Long.MAX_VALUE;
    private volatile TmpDirectory parent;
    private volatile int subdirectories;

    TmpDirectory(TmpFileSystem owner, long number, int permissions) {
        super(owner, number, FileKind.DIRECTORY, permissions);
        parent = this;
    }

    /** The root's is the root. */
    TmpDirectory parent() {
        return parent;
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** What has a name; null if nothing has. */
    TmpInode find(FileName name) {
        Entry entry = byName.get(name);
        return entry == null ? null : entry.inode();
    }

    TmpInode get(FileName name) throws FileException {
        TmpInode found = find(name);
        if (found == null) {
            throw new FileException(Errno.ENOENT);
        }
        return found;
    }

    DirectoryEntry next(long cookie) {
        Map.Entry<Long, Entry> next = byCookie.higherEntry(cookie);
        if (next == null) {
            return null;
        }
        Entry entry = next.getValue();
        TmpInode inode = entry.inode();
        return new DirectoryEntry(entry.name(), entry.cookie(), inode.number(), inode.kind());
    }

    /**
     * Gives a name to a file, in place of the file that had it, if any. If there is no memory for a
     * new name, nobody sees one.
     */
    void put(FileName name, TmpInode inode) {
        Entry old = byName.get(name);
        Entry entry = new Entry(name, old == null ? nextCookie-- : old.cookie(), inode);
        boolean isThere = old != null;
        try {
            touchModified();
            byCookie.put(entry.cookie(), entry);
            byName.put(name, entry);
            isThere = true;
        } finally {
            if (!isThere) {
                byName.remove(name);
                byCookie.remove(entry.cookie());
            }
        }
        if (inode instanceof TmpDirectory directory) {
            directory.parent = this;
            subdirectories++;
        }
        if (old != null) {
            forget(old.inode());
        }
    }

    void remove(FileName name) {
        Entry entry = byName.remove(name);
        byCookie.remove(entry.cookie());
        forget(entry.inode());
        touchModified();
    }

    private void forget(TmpInode inode) {
        if (inode.isDirectory()) {
            subdirectories--;
        }
    }

    @Override
    long size() {
        return (long) ENTRY_BYTES * (2 + byName.size());
    }

    @Override
    long pages() {
        return 0;
    }

    /** Its own {@code .} and each subdirectory's {@code ..}. */
    @Override
    int extraLinks() {
        return 1 + subdirectories;
    }

    @Override
    void clear() {}
}
