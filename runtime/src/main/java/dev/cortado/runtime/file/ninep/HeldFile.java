package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ninep.NameCalls.Walked;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A file that somebody has retained. The server has it open, so that it lives on without a name:
 * for reading from the beginning, for the rest when that is first done; for writing at the latest
 * before its name is taken.
 */
final class HeldFile {
    /** What it is open for, and Linux's flags for that (asm-generic/fcntl.h, in octal digits). */
    enum Use {
        READ(00),
        WRITE(01),
        APPEND(01 | 02000);

        private final int flags;

        Use(int flags) {
            this.flags = flags;
        }
    }

    private final NinepInode inode;
    private final Fids fids;
    private final DirectoryListing listing = new DirectoryListing();

    /** Held for writing while bytes are written that readers are to see all at once. */
    private final ReentrantReadWriteLock content = new ReentrantReadWriteLock();

    /** Held while one is opened. */
    private final ReentrantLock opening = new ReentrantLock();

    private final OpenFid[] open = new OpenFid[Use.values().length];
    private volatile Attributes last;
    private boolean isPinned;
    private int holders;

    HeldFile(NinepInode inode, Fids fids) {
        this.inode = inode;
        this.fids = fids;
    }

    NinepInode inode() {
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
        fids.pin(inode);
        isPinned = true;
        if (inode.isDirectory() || inode.kind() == FileKind.REGULAR) {
            beginReading();
        }
        Attributes seen = inode.seen();
        last = seen == null ? AttributeCalls.attributes(pathFid()) : seen;
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
        for (OpenFid each : open) {
            if (each != null) {
                each.fid().session().drop(each.fid());
            }
        }
        if (isPinned) {
            fids.unpin(inode);
        }
    }

    private Fid pathFid() throws FileException {
        Fid fid = fids.pin(inode);
        fids.unpin(inode); // it is pinned as long as this is held
        return fid;
    }

    /**
     * It, open for something.
     *
     * @throws FileException EACCES; ENOENT or ESTALE if it cannot be opened any more
     */
    OpenFid open(Use use) throws FileException {
        opening.lock();
        try {
            OpenFid there = open[use.ordinal()];
            if (there == null || !there.fid().isAlive()) {
                there = openAnew(use);
                open[use.ordinal()] = there;
            }
            return there;
        } finally {
            opening.unlock();
        }
    }

    private OpenFid openAnew(Use use) throws FileException {
        Walked clone = NameCalls.walk(pathFid(), List.of());
        boolean done = false;
        try {
            OpenFid opened = NameCalls.open(clone.fid(), use.flags);
            // Its name may be another file's by now.
            if (opened.qid().path() != inode.number()) {
                throw new FileException(Errno.ESTALE);
            }
            done = true;
            return opened;
        } finally {
            if (!done) {
                clone.fid().session().drop(clone.fid());
            }
        }
    }

    /** A fid by which the server knows it, if possible one that outlives its name. */
    private Fid anyFid() throws FileException {
        opening.lock();
        try {
            for (OpenFid each : open) {
                if (each != null && each.fid().isAlive()) {
                    return each.fid();
                }
            }
        } finally {
            opening.unlock();
        }
        return pathFid();
    }

    /** What is done to its attributes. */
    @FunctionalInterface
    interface Change {
        void with(Fid fid) throws FileException;
    }

    /**
     * Changes its attributes. There are servers that look at an open file where it is and change
     * what has its name now: so it is the file of that name, or nobody has the name.
     *
     * @param use what it is open for if it has no name any more
     * @throws FileException ESTALE if another file has its name, or the server needs one
     */
    void change(Use use, Change change) throws FileException {
        Fid fid = pathFid();
        try {
            if (!isThis(AttributeCalls.attributes(fid))) {
                throw new FileException(Errno.ESTALE);
            }
        } catch (FileException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            fid = open(use).fid();
        }
        try {
            change.with(fid);
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
            Attributes now = AttributeCalls.attributes(anyFid());
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
