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
    private final Ways ways;
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
        ways = new Ways(inode, handles);
        this.handles = handles;
    }

    FileKind kind() {
        return ways.asked().kind();
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

    /** Somebody has found it, perhaps by another way. */
    void found(FolderInode inode) {
        ways.found(inode);
    }

    /**
     * Opens it for the first who retains it.
     *
     * @throws FileException ENOENT if it is gone
     */
    void begin() throws FileException {
        FolderInode inode = ways.asked();
        handles.pin(inode);
        isPinned = true;
        if (inode.isDirectory() || inode.kind() == FileKind.REGULAR) {
            beginReading();
        }
        Attributes seen = inode.seen();
        last = seen == null ? handles.with(inode, HeldFile::attributes) : seen;
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
            handles.unpin(ways.asked());
        }
    }

    /** See {@link Ways#reachable}. */
    FolderInode reachable(FolderInode first) throws FileException {
        return ways.reachable(first, this::look);
    }

    private Attributes look(Handle handle) throws FileException {
        Attributes now = attributes(handle);
        if (!isThis(now)) {
            throw new FileException(Errno.ESTALE);
        }
        last = now;
        return now;
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
        FolderInode usual = ways.asked();
        try {
            return open(usual, use);
        } catch (FileException e) {
            FolderInode now = Ways.isGone(e) ? reachable(usual) : usual;
            if (now == usual) {
                throw e;
            }
            return open(now, use);
        }
    }

    private OpenHandle open(FolderInode inode, Use use) throws FileException {
        return handles.with(
                inode,
                path -> {
                    OpenHandle opened = path.session().open(path, inode.isDirectory(), use);
                    // Its name may be another file's by now.
                    if (opened.number() != inode.number()) {
                        path.session().close(opened);
                        throw new FileException(Errno.ESTALE);
                    }
                    return opened;
                });
    }

    private static Attributes attributes(Handle handle) throws FileException {
        return handle.session().attributes(handle);
    }

    /** A handle that outlives its name, if the server has it open; else null. */
    private Handle openHandle() {
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
        return null;
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
        FolderInode named;
        try {
            named = reachable(null);
        } catch (FileException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            changeNamed(change, open(use).handle());
            return;
        }
        handles.with(
                named,
                handle -> {
                    changeNamed(change, handle);
                    return null;
                });
    }

    private static void changeNamed(Change change, Handle handle) throws FileException {
        try {
            change.with(handle);
        } catch (FileException e) {
            throw e.errno() == Errno.ENOENT ? new FileException(Errno.ESTALE) : e;
        }
    }

    private boolean isThis(Attributes found) {
        FolderInode inode = ways.asked();
        return found.inode() == inode.number() && found.kind() == inode.kind();
    }

    /** As far as anybody knows: what it was like last, but for names, of which it has none. */
    Attributes attributes() throws FileException {
        try {
            Handle handle = openHandle();
            if (handle != null) {
                return look(handle);
            }
        } catch (FileException e) {
            requireGone(e);
        }
        try {
            return handles.with(reachable(null), this::look);
        } catch (FileException e) {
            requireGone(e);
        }
        Attributes known = last;
        return copy(known, 0, known.size());
    }

    private static void requireGone(FileException error) throws FileException {
        if (!Ways.isGone(error)) {
            throw error;
        }
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
