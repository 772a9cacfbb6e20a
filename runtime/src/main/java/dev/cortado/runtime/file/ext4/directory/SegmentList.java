package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.util.ArrayList;
import java.util.List;

/** A directory whose segments are searched one after the other. */
abstract class SegmentList implements DirectoryForm {
    private final DirectoryFormat format;

    SegmentList(DirectoryFormat format) {
        this.format = format;
    }

    abstract long segments() throws FileException;

    abstract Segment segment(long number) throws FileException;

    /** The segment that a position is in, or the first one behind it. */
    abstract long segmentAt(long position) throws FileException;

    /** Whether all of it may become a hash tree, in whose order it is read already. */
    abstract boolean isBeforeTree() throws FileException;

    @Override
    public final FoundEntry find(FileName name) throws FileException {
        byte[] bytes = name.bytes();
        for (long i = 0; i < segments(); i++) {
            Segment segment = segment(i);
            int offset = segment.entries().find(bytes);
            if (offset >= 0) {
                return new FoundEntry(segment, offset);
            }
        }
        return null;
    }

    /** Adds a name to the first segment that has room; false if none has. */
    final boolean insertIntoSegments(Change change, FileName name, long inode, FileKind kind)
            throws FileException {
        int needed = EntryList.needed(name.length());
        for (long i = 0; i < segments(); i++) {
            Segment segment = segment(i);
            int room = segment.entries().findRoom(needed);
            if (room >= 0) {
                EntryList edited = segment.edit(change);
                edited.insert(room, name.bytes(), inode, kind);
                segment.save(change, edited);
                return true;
            }
        }
        return false;
    }

    @Override
    public final boolean isEmpty() throws FileException {
        for (long i = 0; i < segments(); i++) {
            if (segment(i).entries().hasFiles()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public final EntryBatch after(long cookie) throws FileException {
        if (isBeforeTree()) {
            HashOrder order = new HashOrder(format.hash(format.hashVersion()));
            for (long i = 0; i < segments(); i++) {
                order.addAll(segment(i).entries());
            }
            return order.after(cookie);
        }
        for (long i = segmentAt(cookie); i < segments(); i++) {
            List<Entry> entries = behind(segment(i), cookie);
            if (!entries.isEmpty()) {
                return new EntryBatch(cookie, entries);
            }
        }
        return EntryBatch.NONE;
    }

    /** Entries of a segment whose positions, which are their cookies, are behind one. */
    private static List<Entry> behind(Segment segment, long cookie) throws FileException {
        List<Entry> found = new ArrayList<>();
        EntryList list = segment.entries();
        for (int at = list.begin(); at < list.end(); ) {
            int next = list.next(at);
            long position = segment.position(at);
            if (position > cookie && list.isFile(at)) {
                found.add(new Entry(list.fileName(at), position, list.inode(at), list.kind(at)));
            }
            at = next;
        }
        return found;
    }
}
