package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Handles of files that were found by their names: those that were in use last are kept, in case
 * that they are needed again. Who uses one {@linkplain #pin pins} it; where it is gone, the way to
 * it is walked again.
 */
final class Handles {
    /** How many are kept that nobody uses. */
    private static final int KEPT = 128;

    private final Sessions sessions;
    private final ReentrantLock lock = new ReentrantLock();

    /** Those that nobody uses, the one that has been so for the longest time first. */
    private final Map<Handle, FolderInode> idle = new LinkedHashMap<>();

    Handles(Sessions sessions) {
        this.sessions = sessions;
    }

    /** What is done with a file's handle. */
    @FunctionalInterface
    interface Call<T> {
        T with(Handle handle) throws FileException;
    }

    /** Does something with a file's handle. */
    <T> T with(FolderInode inode, Call<T> call) throws FileException {
        Handle handle = pin(inode);
        try {
            return call.with(handle);
        } finally {
            unpin(inode);
        }
    }

    /**
     * A file's handle, until {@link #unpin} is called as often.
     *
     * @throws FileException ENOENT if there is none or another file where it was
     */
    Handle pin(FolderInode inode) throws FileException {
        Session session = sessions.current();
        List<FolderInode> missing = new ArrayList<>();
        FolderInode at = inode;
        Handle known = tryPin(at, session);
        while (known == null) {
            missing.add(at);
            at = at.step().from();
            known = tryPin(at, session);
        }
        if (missing.isEmpty()) {
            return known;
        }
        try {
            return adopt(inode, walk(known, missing, inode));
        } finally {
            unpin(at);
        }
    }

    private Handle tryPin(FolderInode inode, Session session) {
        lock.lock();
        try {
            if (inode.step() == null) {
                inode.addPins(1);
                return session.root();
            }
            Handle handle = inode.handle();
            if (handle == null || handle.session() != session) {
                return null;
            }
            idle.remove(handle);
            inode.addPins(1);
            return handle;
        } finally {
            lock.unlock();
        }
    }

    /** Walks the ways to some files, of which each is the next one's beginning, the last first. */
    private static Handle walk(Handle from, List<FolderInode> missing, FolderInode to)
            throws FileException {
        List<byte[]> names = missing.reversed().stream().map(each -> each.step().name()).toList();
        Found found = from.session().walk(from, names);
        if (found.number() != to.number()) {
            found.handle().session().drop(found.handle());
            throw new FileException(Errno.ENOENT);
        }
        return found.handle();
    }

    /** Gives a file that was found its handle, pinned. */
    Handle adopt(FolderInode inode, Handle found) {
        Handle kept;
        lock.lock();
        try {
            Handle there = inode.handle();
            if (there != null) {
                idle.remove(there);
            }
            // What was found may come late, from a session that is over.
            if (there == null || !there.isAlive()) {
                inode.setHandle(found);
            }
            inode.addPins(1);
            kept = inode.handle();
        } finally {
            lock.unlock();
        }
        if (kept != found) {
            found.session().drop(found);
        }
        return kept;
    }

    void unpin(FolderInode inode) {
        Handle dropped = null;
        lock.lock();
        try {
            inode.addPins(-1);
            if (inode.pins() == 0 && inode.handle() != null) {
                idle.put(inode.handle(), inode);
                if (idle.size() > KEPT) {
                    dropped = removeOldest();
                }
            }
        } finally {
            lock.unlock();
        }
        if (dropped != null) {
            dropped.session().drop(dropped);
        }
    }

    private Handle removeOldest() {
        Map.Entry<Handle, FolderInode> oldest = idle.entrySet().iterator().next();
        idle.remove(oldest.getKey());
        return take(oldest.getValue());
    }

    /**
     * Gives back those that nobody uses of a name that is nobody's any more: a server may keep the
     * file as long.
     */
    void dropIdle(FolderInode in, byte[] name) {
        List<Handle> dropped = new ArrayList<>();
        lock.lock();
        try {
            idle.values().removeIf(inode -> inode.isAt(in, name) && dropped.add(take(inode)));
        } finally {
            lock.unlock();
        }
        dropped.forEach(each -> each.session().drop(each));
    }

    private static Handle take(FolderInode inode) {
        Handle handle = inode.handle();
        inode.setHandle(null);
        return handle;
    }

    /** Gives back all that nobody uses. */
    void dropIdle() {
        while (true) {
            Handle handle;
            lock.lock();
            try {
                if (idle.isEmpty()) {
                    return;
                }
                handle = removeOldest();
            } finally {
                lock.unlock();
            }
            handle.session().drop(handle);
        }
    }
}
