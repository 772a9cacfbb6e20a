package dev.cortado.runtime.file.tmpfs;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.Inode;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What every file of a {@link TmpFileSystem} has. Its lock guards what is neither final nor
 * volatile, but for a directory's entries: see {@link TmpDirectory}.
 */
abstract class TmpInode implements Inode {
    static final int BLOCK_BYTES = 512;

    private static final int SET_GROUP = 02000;

    /** Access times are written once a day, or after a change, as Linux's relatime does. */
    private static final long ACCESS_TIME_NANOS = 24L * 60 * 60 * 1_000_000_000L;

    private final TmpFileSystem owner;
    private final long number;
    private final FileKind kind;
    private final long created;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    private int permissions;
    private int user;
    private int group;
    private volatile long accessed;
    private volatile long modified;
    private volatile long changed;

    /** Names, as far as they count: a directory's own is one. */
    private int links;

    private int retained;
    private boolean isGone;
    private final TmpAttributes extended;

    TmpInode(TmpFileSystem owner, long number, FileKind kind, int permissions) {
        this.owner = owner;
        this.number = number;
        this.kind = kind;
        this.permissions = permissions & AttributeChange.ALL_PERMISSIONS;
        extended = new TmpAttributes(owner.pageQuota());
        created = owner.now();
        accessed = created;
        modified = created;
        changed = created;
    }

    @Override
    public final long number() {
        return number;
    }

    @Override
    public final FileKind kind() {
        return kind;
    }

    final TmpFileSystem owner() {
        return owner;
    }

    final ReentrantReadWriteLock lock() {
        return lock;
    }

    /** As a directory that is set-group-id hands it down, before anybody sees the file. */
    final void inherit(TmpInode directory) {
        Attributes of = directory.attributes();
        if ((of.permissions() & SET_GROUP) != 0) {
            group = of.group();
            permissions |= isDirectory() ? SET_GROUP : 0;
        }
    }

    /** In bytes; with the lock held. */
    abstract long size();

    /** Pages of the quota that it has taken; with the lock held. */
    abstract long pages();

    /** The device that it stands for. */
    long represented() {
        return 0;
    }

    /** What a directory adds for its subdirectories. */
    int extraLinks() {
        return 0;
    }

    /** Gives its pages back; with the lock held. */
    abstract void clear();

    final Attributes attributes() {
        lock.readLock().lock();
        try {
            int names = links == 0 ? 0 : links + extraLinks();
            return new Attributes(
                    0,
                    number,
                    kind,
                    permissions,
                    names,
                    user,
                    group,
                    size(),
                    pages() * (TmpFileSystem.PAGE_BYTES / BLOCK_BYTES),
                    accessed,
                    modified,
                    changed,
                    created,
                    represented());
        } finally {
            lock.readLock().unlock();
        }
    }

    final void change(AttributeChange change) {
        lock.writeLock().lock();
        try {
            long now = owner.now();
            permissions = change.permissionsAfter(kind, permissions);
            user = kept(change.owner(), user);
            group = kept(change.group(), group);
            accessed = keptTime(change.accessed(), accessed, now);
            modified = keptTime(change.modified(), modified, now);
            changed = now;
        } finally {
            lock.writeLock().unlock();
        }
    }

    final byte[] extendedAttribute(byte[] name) throws FileException {
        TmpAttributes.checkToGet(kind, name);
        lock.readLock().lock();
        try {
            return extended.get(name);
        } finally {
            lock.readLock().unlock();
        }
    }

    final byte[][] extendedAttributes() {
        lock.readLock().lock();
        try {
            return extended.names();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Of a file that is gone there is nobody to keep it for. */
    final void setExtendedAttribute(byte[] name, byte[] value) throws FileException {
        TmpAttributes.checkToSet(kind, name, value);
        lock.writeLock().lock();
        try {
            if (isGone) {
                throw new FileException(Errno.ENOENT);
            }
            extended.set(name, value);
            changed = owner.now();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static int kept(int wanted, int old) {
        return wanted == AttributeChange.KEEP ? old : wanted;
    }

    private static long keptTime(long wanted, long old, long now) {
        if (wanted == AttributeChange.KEEP_TIME) {
            return old;
        }
        return wanted == AttributeChange.NOW ? now : wanted;
    }

    /** It was read. Without the lock: of two readers, either may be the last. */
    final void touchAccessed() {
        long now = owner.now();
        long old = accessed;
        if (old <= modified || old <= changed || now - old >= ACCESS_TIME_NANOS) {
            accessed = now;
        }
    }

    /** Its content was changed. */
    final void touchModified() {
        long now = owner.now();
        modified = now;
        changed = now;
    }

    /** It has got one name more. */
    final void addLink() {
        lock.writeLock().lock();
        try {
            links++;
            changed = owner.now();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** It has one name less. */
    final void removeLink() {
        lock.writeLock().lock();
        try {
            links--;
            changed = owner.now();
            clearIfGone();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Its name was changed. */
    final void touchChanged() {
        changed = owner.now();
    }

    /**
     * False if it is gone. A directory, which has nothing to give back, never is: who has one open
     * that was removed can go up from there, even if what it was in was removed as well.
     */
    final boolean retain() {
        lock.writeLock().lock();
        try {
            boolean isThere = !isGone || isDirectory();
            retained += isThere ? 1 : 0;
            return isThere;
        } finally {
            lock.writeLock().unlock();
        }
    }

    final void release() {
        lock.writeLock().lock();
        try {
            if (retained == 0) {
                throw new IllegalStateException("Inode " + number + " was released once too often");
            }
            retained--;
            clearIfGone();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void clearIfGone() {
        if (links == 0 && retained == 0 && !isGone) {
            isGone = true;
            extended.clear();
            clear();
        }
    }

    /** Whether it has neither a name nor anybody who retains it; with the lock held. */
    final boolean isGone() {
        return isGone;
    }
}
