package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Entries in the order of the hashes of their names, which stays the same when a directory becomes
 * a tree, and when the tree's blocks are split. A cookie has 31 bits of the major hash and, plus 1,
 * as many of the minor one in its lower half. Names that have all these in common follow each other
 * by name, with the next free cookies: so much of the lower half is left for them.
 */
final class HashOrder {
    private record Hashed(long key, FileName name, long inode, FileKind kind)
            implements Comparable<Hashed> {
        @Override
        public int compareTo(Hashed other) {
            int byKey = Long.compare(key, other.key);
            return byKey != 0 ? byKey : name.compareTo(other.name);
        }
    }

    private final NameHash hash;
    private final List<Hashed> entries = new ArrayList<>();

    HashOrder(NameHash hash) {
        this.hash = hash;
    }

    /** The major hash where entries behind a cookie begin. */
    static int majorOf(long cookie) {
        return (int) (cookie >>> Integer.SIZE) << 1;
    }

    void add(FileName name, long hashed, long inode, FileKind kind) {
        // The legacy hash has no minor one.
        int minor = hash.hasMinor() ? (int) hashed : name.hashCode();
        long key = (hashed >>> (Integer.SIZE + 1)) << Integer.SIZE | minor >>> 1;
        entries.add(new Hashed(key, name, inode, kind));
    }

    void addAll(EntryList list) throws FileException {
        for (int at = list.begin(); at < list.end(); ) {
            int next = list.next(at);
            if (list.isFile(at)) {
                FileName name = list.fileName(at);
                add(name, hash.of(list.name(at)), list.inode(at), list.kind(at));
            }
            at = next;
        }
    }

    /** What was added, as far as it is behind a cookie. */
    EntryBatch after(long cookie) {
        Collections.sort(entries);
        List<Entry> found = new ArrayList<>();
        long last = 0;
        for (Hashed entry : entries) {
            last = Math.max(entry.key(), last) + 1;
            if (last > cookie) {
                found.add(new Entry(entry.name(), last, entry.inode(), entry.kind()));
            }
        }
        return new EntryBatch(cookie, found);
    }
}
