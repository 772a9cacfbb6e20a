package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A directory's entries, message by message. Cookies are the server's (9P2000.L, readdir), in the
 * order that its file system likes. Those messages are kept that came last, since several may list
 * the same directory.
 */
final class DirectoryListing {
    private static final int KEPT = 4;

    /** A directory that has more is taken for one whose cookies lead round in a circle. */
    private static final int MOST_ENTRIES = 1 << 24;

    /** Messages in a row with nothing in them but {@code .} and {@code ..}. */
    private static final int MOST_EMPTY = 4;

    private static final int KIND_SHIFT = 12;

    /**
     * A message.
     *
     * @param start the cookie that it was asked for with
     * @param end where the next one begins; the same as start if there is none
     */
    private record Batch(long start, long end, List<DirectoryEntry> entries) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Batch> batches = new ArrayDeque<>();
    private int given;

    /** As {@link dev.cortado.runtime.file.FileSystem#nextEntry}. */
    DirectoryEntry next(OpenFid directory, long cookie) throws FileException {
        lock.lock();
        try {
            return find(directory, cookie);
        } finally {
            lock.unlock();
        }
    }

    private DirectoryEntry find(OpenFid directory, long cookie) throws FileException {
        if (cookie == DirectoryEntry.START) {
            given = 0;
            // Names that are gone by now may be in them, and others may begin in their midst.
            batches.clear();
        } else {
            DirectoryEntry known = findKept(cookie);
            if (known != null) {
                return known;
            }
        }
        long at = cookie;
        for (int i = 0; i < MOST_EMPTY; i++) {
            Batch batch = read(directory, at);
            if (batch.end == batch.start) {
                return null;
            }
            given += batch.entries.size();
            if (given > MOST_ENTRIES) {
                throw new BadReplyException("a directory has no end");
            }
            if (!batch.entries.isEmpty()) {
                keep(batch);
                return batch.entries.getFirst();
            }
            at = batch.end;
        }
        throw new BadReplyException("a directory consists of dots");
    }

    /** The entry behind one that was given; null if it did not come with that. */
    private DirectoryEntry findKept(long cookie) {
        for (Batch batch : batches) {
            List<DirectoryEntry> entries = batch.entries;
            for (int i = 0; i < entries.size() - 1; i++) {
                if (entries.get(i).cookie() == cookie) {
                    return entries.get(i + 1);
                }
            }
        }
        return null;
    }

    private void keep(Batch batch) {
        batches.removeIf(each -> each.start == batch.start);
        batches.addFirst(batch);
        if (batches.size() > KEPT) {
            batches.removeLast();
        }
    }

    private static Batch read(OpenFid directory, long cookie) throws FileException {
        return DataCalls.readDirectory(
                directory,
                cookie,
                reply -> {
                    List<DirectoryEntry> entries = new ArrayList<>();
                    long end = cookie;
                    while (reply.hasMore()) {
                        end = readEntry(reply, entries);
                        if (end == cookie) {
                            throw reply.bad("goes on where it began");
                        }
                    }
                    return new Batch(cookie, end, entries);
                });
    }

    /** Adds an entry, but for dots, and returns its cookie. */
    private static long readEntry(Reply reply, List<DirectoryEntry> entries)
            throws BadReplyException {
        Qid qid = reply.qid();
        long cookie = reply.number64();
        int type = reply.number8();
        byte[] name = reply.text(FileName.MAXIMUM_BYTES);
        if (cookie <= DirectoryEntry.START) {
            throw reply.bad("has an entry with the cookie " + cookie);
        }
        if (!isDots(name)) {
            entries.add(new DirectoryEntry(name(reply, name), cookie, qid.path(), kind(qid, type)));
        }
        return cookie;
    }

    private static boolean isDots(byte[] name) {
        boolean isShort = name.length == 1 || name.length == 2;
        return isShort && name[0] == '.' && name[name.length - 1] == '.';
    }

    private static FileName name(Reply reply, byte[] name) throws BadReplyException {
        try {
            return FileName.of(name, 0, name.length);
        } catch (FileException e) {
            throw reply.bad("has an entry with an impossible name");
        }
    }

    /** By readdir(3)'s d_type, which is the mode's first four bits, or the qid where that is 0. */
    private static FileKind kind(Qid qid, int type) {
        for (FileKind kind : FileKind.values()) {
            if (kind.modeBits() == type << KIND_SHIFT) {
                return kind;
            }
        }
        if (qid.isDirectory()) {
            return FileKind.DIRECTORY;
        }
        return qid.isSymbolicLink() ? FileKind.SYMBOLIC_LINK : FileKind.REGULAR;
    }
}
