package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.FileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The file systems that were mounted, to be taken care of. */
public final class MountSet {
    private final List<Entry> entries = new ArrayList<>();
    private final Consumer<String> log;
    private final ReentrantLock unmounting = new ReentrantLock();
    private boolean closed;

    private record Entry(String path, Device device, MountedFileSystem made) {}

    /**
     * @param log hears of those that cannot be written
     */
    public MountSet(Consumer<String> log) {
        this.log = log;
    }

    synchronized void add(String path, Device device, MountedFileSystem made) {
        entries.add(new Entry(path, device, made));
    }

    /**
     * Two file systems on one device would each write over the other.
     *
     * @throws MountException it has one, or a part of it has, or it is a part of one that has
     */
    synchronized void requireFree(Device device) throws MountException {
        for (Entry entry : entries) {
            if (entry.device() != null && entry.device().overlaps(device)) {
                throw new MountException(entry.device() + " is mounted on " + entry.path());
            }
        }
    }

    private synchronized List<Entry> current() {
        return closed ? List.of() : List.copyOf(entries);
    }

    private synchronized List<Entry> close() {
        List<Entry> last = current().reversed();
        closed = true;
        return last;
    }

    /** Commits all, each even if another fails, also for lack of memory. */
    public void commit() {
        for (Entry entry : current()) {
            try {
                entry.made().commit();
            } catch (FileException | RuntimeException | Error e) {
                log.accept(entry.path() + " cannot be written: " + e.getMessage());
            }
        }
    }

    /**
     * Unmounts all, the last one first, each even if another fails. Who calls it as well, since the
     * machine may end in two ways at once, waits until that is done.
     */
    public void unmount() {
        unmounting.lock();
        try {
            for (Entry entry : close()) {
                unmount(entry);
            }
        } finally {
            unmounting.unlock();
        }
    }

    private void unmount(Entry entry) {
        try {
            entry.made().unmount();
        } catch (FileException | RuntimeException | Error e) {
            log.accept(entry.path() + " was not unmounted: " + e.getMessage());
        }
    }
}
