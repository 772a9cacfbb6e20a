package dev.cortado.runtime.file.storage.cache;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes a file's pages to the disk: copies of them, so that they may be changed meanwhile, and are
 * written again then. By one thread at a time, so that of two copies of a block the later one is
 * written last.
 */
final class WriteBack {
    private final PageCache cache;
    private final FilePages pages;

    /** Held while pages are on their way to the disk. */
    private final ReentrantLock lock = new ReentrantLock();

    /** With that lock; null if all was written since somebody was told of the last error. */
    private FileException failure;

    WriteBack(PageCache cache, FilePages pages) {
        this.cache = cache;
        this.pages = pages;
    }

    /** Returns when all that has to be written when this is called is written, or has failed. */
    void run() {
        lock.lock();
        try {
            long last = pages.lastDirty();
            ByteBuffer room = last < 0 ? null : room();
            for (long next = 0; next <= last; ) {
                PageCopies copies = new PageCopies(cache, room.clear());
                List<Page> taken = new ArrayList<>();
                boolean isTried = false;
                try {
                    pages.take(next, last, copies, taken);
                    copies.write();
                    isTried = true;
                } catch (FileException e) {
                    failure = failure == null ? e : failure;
                    isTried = true;
                } finally {
                    pages.written(taken, isTried);
                }
                next = taken.isEmpty() ? last + 1 : taken.getLast().number() + 1;
            }
            if (room != null) {
                cache.copies().giveBack(room);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins writing pages together with others'; false if somebody is doing so. */
    boolean tryBegin() {
        return lock.tryLock();
    }

    /** Between {@link #tryBegin} and {@link #end}: as many pages as there is room for. */
    void take(PageCopies copies, List<Page> taken) {
        pages.take(0, Long.MAX_VALUE, copies, taken);
    }

    /** Whether there are pages that have to be written, and that nobody has taken. */
    boolean hasMore() {
        return pages.lastDirty() >= 0;
    }

    /**
     * Ends what {@link #tryBegin} has begun.
     *
     * @param isWritten else they are to be written once more
     */
    void end(List<Page> taken, boolean isWritten) {
        try {
            pages.written(taken, isWritten);
        } finally {
            lock.unlock();
        }
    }

    private ByteBuffer room() {
        long bytes = (long) pages.dirtyCount() * cache.pageBytes();
        return cache.copies().take((int) Math.min(bytes, WriteBatch.MAXIMUM_BYTES));
    }

    /**
     * As {@link #run}, where what is in memory is about to be looked for on the disk.
     *
     * @throws FileException EIO if not all is there; who is told of errors next is told of it, too
     */
    void runWhole() throws FileException {
        lock.lock();
        try {
            run();
            if (failure != null) {
                throw new FileException(Errno.EIO, failure.getMessage());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs something while nothing is on its way. */
    void exclusively(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** The error since this was called last; null if there was none. */
    FileException takeFailure() {
        lock.lock();
        try {
            FileException taken = failure;
            failure = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
