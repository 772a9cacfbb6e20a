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
        if (!own.tryBegin()) {
            alone.add(file); // somebody writes it: whom to wait for others would have to wait, too
            return;
        }
        List<Page> pages = new ArrayList<>();
        taken.add(new Taken(file, pages));
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
            for (Taken each : taken) {
                each.file().ownWriteBack().end(each.pages(), isWritten);
            }
            taken.clear();
        }
    }
}
