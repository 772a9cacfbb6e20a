package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.FileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A directory's entries, message by message. Cookies are the server's, in the order that its file
 * system likes. Those messages are kept that came last, since several may list the same directory.
 */
final class DirectoryListing {
    private static final int KEPT = 4;

    /** A directory that has more is taken for one whose cookies lead round in a circle. */
    private static final int MOST_ENTRIES = 1 << 24;

    /** Messages in a row with nothing in them but {@code .} and {@code ..}. */
    private static final int MOST_EMPTY = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Batch> batches = new ArrayDeque<>();
    private int given;

    /** As {@link dev.cortado.runtime.file.FileSystem#nextEntry}. */
    DirectoryEntry next(OpenHandle directory, long cookie) throws FileException {
        lock.lock();
        try {
            return find(directory, cookie);
        } finally {
            lock.unlock();
        }
    }

    private DirectoryEntry find(OpenHandle directory, long cookie) throws FileException {
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
            Batch batch = directory.handle().session().readDirectory(directory, at);
            if (batch.end() == batch.start()) {
                return null;
            }
            given += batch.entries().size();
            if (given > MOST_ENTRIES) {
                throw new BadReplyException("a directory has no end");
            }
            if (!batch.entries().isEmpty()) {
                keep(batch);
                return batch.entries().getFirst();
            }
            at = batch.end();
        }
        throw new BadReplyException("a directory consists of dots");
    }

    /** The entry behind one that was given; null if it did not come with that. */
    private DirectoryEntry findKept(long cookie) {
        for (Batch batch : batches) {
            List<DirectoryEntry> entries = batch.entries();
            for (int i = 0; i < entries.size() - 1; i++) {
                if (entries.get(i).cookie() == cookie) {
                    return entries.get(i + 1);
                }
            }
        }
        return null;
    }

    /** No cookie is in two entries: one could lead back to the other, and so on for ever. */
    private void keep(Batch batch) throws BadReplyException {
        Set<Long> cookies = new HashSet<>();
        for (DirectoryEntry each : batch.entries()) {
            if (!cookies.add(each.cookie())) {
                throw new BadReplyException(
                        "a directory has two entries with the cookie " + each.cookie());
            }
        }
        batches.removeIf(each -> each.start() == batch.start() || hasAny(each, cookies));
        batches.addFirst(batch);
        if (batches.size() > KEPT) {
            batches.removeLast();
        }
    }

    private static boolean hasAny(Batch batch, Set<Long> cookies) {
        return batch.entries().stream().anyMatch(each -> cookies.contains(each.cookie()));
    }
}
