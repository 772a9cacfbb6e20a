package dev.cortado.runtime.file.storage.cache;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes several files back: what has little to be written goes to the disk together with others,
 * and is waited for once. For one thread.
 */
final class JointWriteBack {
    private final PageCache cache;
    private final List<PagedFile> alone = new ArrayList<>();
    private final List<Taken> taken = new ArrayList<>();
    private ByteBuffer room;
    private PageCopies copies;

    /** Pages of a file that are about to be written. */
    private record Taken(PagedFile file, List<Page> pages) {}

    JointWriteBack(PageCache cache) {
        this.cache = cache;
    }

    /** Returns when all that they have to write when this is called is written, or has failed. */
    void run(List<PagedFile> files) {
        if (files.size() > 1) {
            long wanted = Math.max(cache.dirtyBytes(), cache.pageBytes());
            room = cache.copies().take((int) Math.min(wanted, WriteBatch.MAXIMUM_BYTES));
            copies = new PageCopies(cache, room);
            try {
                files.forEach(this::add);
            } finally {
                write();
            }
            cache.copies().giveBack(room);
        } else {
            alone.addAll(files);
        }
        alone.forEach(PagedFile::writeBack);
    }

    private void add(PagedFile file) {
        WriteBack own = file.ownWriteBack();
        if (!copies.hasRoom()) {
            write();
        }
        List<Page> pages = new ArrayList<>();
        taken.add(new Taken(file, pages)); // beforehand: what is begun has to be ended
        if (!own.tryBegin()) {
            taken.removeLast();
            alone.add(file); // somebody writes it: whom to wait for others would have to wait, too
            return;
        }
        own.take(copies, pages);
        if (own.hasMore()) {
            alone.add(file);
        }
    }

    /** If one fails, nobody knows whose it is: each file tries again, and is told of its own. */
    private void write() {
        boolean isWritten = false;
        try {
            copies.write();
            isWritten = true;
        } catch (FileException e) {
            taken.forEach(each -> alone.add(each.file()));
        } finally {
            end(isWritten);
        }
    }

    /** Ends what was begun of every file, also if one's end fails for lack of memory. */
    private void end(boolean isWritten) {
        OutOfMemoryError failure = null;
        while (!taken.isEmpty()) {
            Taken last = taken.removeLast();
            try {
                last.file().ownWriteBack().end(last.pages(), isWritten);
            } catch (OutOfMemoryError e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
