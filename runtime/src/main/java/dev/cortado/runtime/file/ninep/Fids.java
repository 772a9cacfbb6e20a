package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ninep.NameCalls.Walked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Fids of files that were found by their names: those that were in use last are kept, in case that
 * they are needed again. Who uses one {@linkplain #pin pins} it; where it is gone, the way to it is
 * walked again.
 */
final class Fids {
    /** How many are kept that nobody uses. */
    private static final int KEPT = 128;

    private final Sessions sessions;
    private final ReentrantLock lock = new ReentrantLock();

    /** Those that nobody uses, the one that has been so for the longest time first. */
    private final Map<Fid, NinepInode> idle = new LinkedHashMap<>();

    Fids(Sessions sessions) {
        this.sessions = sessions;
    }

    /** What is done with a file's fid. */
    @FunctionalInterface
    interface Call<T> {
        T with(Fid fid) throws FileException;
    }

    /** Does something with a file's fid. */
    <T> T with(NinepInode inode, Call<T> call) throws FileException {
        Fid fid = pin(inode);
        try {
            return call.with(fid);
        } finally {
            unpin(inode);
        }
    }

    /**
     * A file's fid, until {@link #unpin} is called as often.
     *
     * @throws FileException ENOENT if there is none or another file where it was
     */
    Fid pin(NinepInode inode) throws FileException {
        Session session = sessions.current();
        List<NinepInode> missing = new ArrayList<>();
        NinepInode at = inode;
        Fid known = tryPin(at, session);
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

    private Fid tryPin(NinepInode inode, Session session) {
        lock.lock();
        try {
            if (inode.step() == null) {
                inode.addPins(1);
                return session.root();
            }
            Fid fid = inode.fid();
            if (fid == null || fid.session() != session) {
                return null;
            }
            idle.remove(fid);
            inode.addPins(1);
            return fid;
        } finally {
            lock.unlock();
        }
    }

    /** Walks the ways to some files, of which each is the next one's beginning, the last first. */
    private static Fid walk(Fid from, List<NinepInode> missing, NinepInode to)
            throws FileException {
        Walked at = new Walked(from, null);
        for (int left = missing.size(); left > 0; ) {
            List<byte[]> names = new ArrayList<>();
            while (left > 0 && names.size() < Request.MOST_NAMES) {
                names.add(missing.get(--left).step().name());
            }
            Fid before = at.fid();
            try {
                at = NameCalls.walk(before, names);
            } finally {
                if (before != from) {
                    before.session().drop(before);
                }
            }
        }
        if (at.qid().path() != to.number()) {
            at.fid().session().drop(at.fid());
            throw new FileException(Errno.ENOENT);
        }
        return at.fid();
    }

    /** Gives a file that was found its fid, pinned. */
    Fid adopt(NinepInode inode, Fid found) {
        Fid kept;
        lock.lock();
        try {
            Fid there = inode.fid();
            if (there != null) {
                idle.remove(there);
            }
            // What was found may come late, from a session that is over.
            if (there == null || !there.isAlive()) {
                inode.setFid(found);
            }
            inode.addPins(1);
            kept = inode.fid();
        } finally {
            lock.unlock();
        }
        if (kept != found) {
            found.session().drop(found);
        }
        return kept;
    }

    void unpin(NinepInode inode) {
        Fid dropped = null;
        lock.lock();
        try {
            inode.addPins(-1);
            if (inode.pins() == 0 && inode.fid() != null) {
                idle.put(inode.fid(), inode);
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

    private Fid removeOldest() {
        Map.Entry<Fid, NinepInode> oldest = idle.entrySet().iterator().next();
        Fid fid = oldest.getKey();
        oldest.getValue().setFid(null);
        idle.remove(fid);
        return fid;
    }

    /** Gives back all that nobody uses. */
    void dropIdle() {
        while (true) {
            Fid fid;
            lock.lock();
            try {
                if (idle.isEmpty()) {
                    return;
                }
                fid = removeOldest();
            } finally {
                lock.unlock();
            }
            fid.session().drop(fid);
        }
    }
}
