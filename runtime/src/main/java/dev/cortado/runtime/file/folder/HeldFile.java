package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A file that somebody has retained. The server has it open, so that it lives on without a name:
 * for reading from the beginning, for the rest when that is first done; for writing at the latest
 * before its name is taken.
 */
final class HeldFile {
    private final FolderInode inode;
    private final Handles handles;
    private final DirectoryListing listing = new DirectoryListing();

    /** Held for writing while bytes are written that readers are to see all at once. */
    private final ReentrantReadWriteLock content = new ReentrantReadWriteLock();

    /** Held while one is opened. */
    private final ReentrantLock opening = new ReentrantLock();

    private final OpenHandle[] open = new OpenHandle[Use.values().length];
    private volatile Attributes last;
    private boolean isPinned;
    private int holders;

    HeldFile(FolderInode inode, Handles handles) {
        this.inode = inode;
        this.handles = handles;
    }

    FolderInode inode() {
        return inode;
    }

    DirectoryListing listing() {
        return listing;
    }

    ReentrantReadWriteLock content() {
        return content;
    }

    /** How many have retained it. Guarded by {@link HeldFiles}, as the next one. */
    int holders() {
        return holders;
    }

    void addHolders(int difference) {
        holders += difference;
    }

    /**
     * Opens it for the first who retains it.
     *
     * @throws FileException ENOENT if it is gone
     */
    void begin() throws FileException {
        handles.pin(inode);
        isPinned = true;
        if (inode.isDirectory() || inode.kind() == FileKind.REGULAR) {
            beginReading();
        }
        Attributes seen = inode.seen();
        last = seen == null ? attributes(pathHandle()) : seen;
    }

    private void beginReading() throws FileException {
        try {
            open(Use.READ);
        } catch (FileException e) {
            switch (e.errno()) {
                case ESTALE -> throw new FileException(Errno.ENOENT);
                case EACCES, EPERM -> {} // perhaps it may be written nevertheless
                default -> throw e;
            }
        }
    }

    /** Gives back what the server has open. */
    void end() {
        for (OpenHandle each : open) {
            if (each != null) {
                each.handle().session().close(each);
            }
        }
        if (isPinned) {
            handles.unpin(inode);
        }
    }

    private Handle pathHandle() throws FileException {
        Handle handle = handles.pin(inode);
        handles.unpin(inode); // it is pinned as long as this is held
        return handle;
    }

    /**
     * It, open for something.
     *
     * @throws FileException EACCES; ENOENT or ESTALE if it cannot be opened any more
     */
    OpenHandle open(Use use) throws FileException {
        opening.lock();
        try {
            OpenHandle there = open[use.ordinal()];
            if (there == null || !there.handle().isAlive()) {
                there = openAnew(use);
                open[use.ordinal()] = there;
            }
            return there;
        } finally {
            opening.unlock();
        }
    }

    private OpenHandle openAnew(Use use) throws FileException {
        Handle path = pathHandle();
        OpenHandle opened = path.session().open(path, inode.isDirectory(), use);
        // Its name may be another file's by now.
        if (opened.number() != inode.number()) {
            path.session().close(opened);
            throw new FileException(Errno.ESTALE);
        }
        return opened;
    }

    private static Attributes attributes(Handle handle) throws FileException {
        return handle.session().attributes(handle);
    }

    /** A handle by which the server knows it, if possible one that outlives its name. */
    private Handle anyHandle() throws FileException {
        opening.lock();
        try {
            for (OpenHandle each : open) {
                if (each != null && each.handle().isAlive()) {
                    return each.handle();
                }
            }
        } finally {
            opening.unlock();
        }
        return pathHandle();
    }

    /** What is done to its attributes. */
    @FunctionalInterface
    interface Change {
        void with(Handle handle) throws FileException;
    }

    /**
     * Changes its attributes. There are servers that look at an open file where it is and change
     * what has its name now: so it is the file of that name, or nobody has the name.
     *
     * @param use what it is open for if it has no name any more
     * @throws FileException ESTALE if another file has its name, or the server needs one
     */
    void change(Use use, Change change) throws FileException {
        Handle handle = pathHandle();
        try {
            if (!isThis(attributes(handle))) {
                throw new FileException(Errno.ESTALE);
            }
        } catch (FileException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            handle = open(use).handle();
        }
        try {
            change.with(handle);
        } catch (FileException e) {
            throw e.errno() == Errno.ENOENT ? new FileException(Errno.ESTALE) : e;
        }
    }

    private boolean isThis(Attributes found) {
        return found.inode() == inode.number() && found.kind() == inode.kind();
    }

    /** As far as anybody knows: what it was like last, but for names, of which it has none. */
    Attributes attributes() throws FileException {
        try {
            Attributes now = attributes(anyHandle());
            if (isThis(now)) {
                last = now;
                return now;
            }
        } catch (FileException e) {
            if (e.errno() != Errno.ESTALE && e.errno() != Errno.ENOENT || last == null) {
                throw e;
            }
        }
        Attributes known = last;
        if (known == null) {
            throw new FileException(Errno.ESTALE);
        }
        return copy(known, 0, known.size());
    }

    /** Something was written up to there. */
    void written(long end) {
        Attributes known = last;
        if (known != null && known.size() < end) {
            last = copy(known, known.links(), end);
        }
    }

    private static Attributes copy(Attributes known, int links, long size) {
        return new Attributes(
                known.device(),
                known.inode(),
                known.kind(),
                known.permissions(),
                links,
                known.owner(),
                known.group(),
                size,
                known.blocks(),
                known.accessed(),
                known.modified(),
                known.changed(),
                known.created());
    }
}
