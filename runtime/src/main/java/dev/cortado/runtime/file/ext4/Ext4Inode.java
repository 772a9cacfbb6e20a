package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.map.Mapping;
import dev.cortado.runtime.file.storage.cache.PagedFile;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A file that somebody knows of. Its lock guards its content and its size, and is taken before the
 * file system's, which guards the rest.
 */
final class Ext4Inode implements Inode {
    private final Volume volume;
    private final StoredInode stored;
    private final FileKind kind;
    private final LazyContent content;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** With its lock. */
    private final FoundPlaces places = new FoundPlaces();

    private int retained;

    /** Somebody erases it, or has found that nobody can. */
    private boolean isLeaving;

    /** What it was, if it is gone. */
    private volatile Attributes last;

    /** What it was in, if it was removed, or if that was tried. */
    private Ext4Inode lastParent;

    /** The transaction that last changed it, or in which it became known. */
    private volatile long changedIn;

    /** The same, of changes that its content cannot be read without. */
    private volatile long contentChangedIn;

    /** Its size, as long as it is there; with its lock. */
    private volatile long size;

    /** Whether its content is in the inode; with its lock. */
    private volatile boolean isInline;

    /** When it was found that its access time needs no change. */
    private volatile long accessTimeGoodFrom = Long.MIN_VALUE;

    /**
     * @param content null if it is no regular file
     */
    Ext4Inode(Volume volume, StoredInode stored, FileKind kind, LazyContent content) {
        this.volume = volume;
        this.stored = stored;
        this.kind = kind;
        this.content = content;
    }

    @Override
    public long number() {
        return stored.number();
    }

    @Override
    public FileKind kind() {
        return kind;
    }

    Volume volume() {
        return volume;
    }

    StoredInode stored() {
        return stored;
    }

    /** Of a regular file. */
    PagedFile content() {
        return content.get();
    }

    /** Null if it is no regular file, or nobody has asked for {@link #content} yet. */
    PagedFile knownContent() {
        return content == null ? null : content.known();
    }

    ReentrantReadWriteLock lock() {
        return lock;
    }

    /**
     * @throws FileException ENOENT if it is gone
     */
    void requireThere() throws FileException {
        if (last != null) {
            throw new FileException(Errno.ENOENT);
        }
    }

    /**
     * @throws FileException ENOENT if it has no name, even if it is there
     */
    void requireNamed() throws FileException {
        requireThere();
        if (stored.record().links() == 0) {
            throw new FileException(Errno.ENOENT);
        }
    }

    /**
     * @throws FileException ENOENT if it is gone; EPERM if it is immutable (chattr(1))
     */
    void requireChangeable() throws FileException {
        requireWithout(InodeFlag.IMMUTABLE);
    }

    /**
     * @throws FileException ENOENT if it is gone; EPERM if it is immutable, or may only grow
     */
    void requireUnprotected() throws FileException {
        requireWithout(InodeFlag.IMMUTABLE | InodeFlag.APPEND_ONLY);
    }

    private void requireWithout(int flags) throws FileException {
        requireThere();
        if (stored.record().hasFlag(flags)) {
            throw new FileException(Errno.EPERM);
        }
    }

    /** What it was before it was gone; null if it is there. */
    Attributes last() {
        return last;
    }

    void setLast(Attributes attributes) {
        last = attributes;
    }

    /** Whether it is a directory that was removed. */
    boolean isRemoved() throws FileException {
        return lastParent != null && (last != null || stored.record().links() == 0);
    }

    /** Of a directory that was removed: what it was in. */
    Ext4Inode lastParent() {
        return lastParent;
    }

    void setLastParent(Ext4Inode parent) {
        lastParent = parent;
    }

    void retain() {
        retained++;
    }

    void release() {
        if (retained == 0) {
            throw new IllegalStateException("Inode " + number() + " was released once too often");
        }
        retained--;
    }

    /** In bytes. */
    long size() {
        return size;
    }

    boolean isInline() {
        return isInline;
    }

    /** Where blocks of it are, from one on; with its lock. */
    Mapping mapping(long block) throws FileException {
        Mapping mapping = places.find(block);
        if (mapping == null) {
            mapping = volume.read(() -> stored.map().lookup(block));
            places.remember(block, mapping);
        }
        return mapping;
    }

    /** Blocks of it may not be its any more; with its lock. */
    void forgetPlaces() {
        places.forget();
    }

    /** Takes over from the disk what its lock guards, after a change, also one that was undone. */
    void refresh() throws FileException {
        places.forget();
        long newSize = stored.size();
        boolean isNowInline = stored.isInline();
        if (isNowInline && newSize > stored.inlineBytes().capacity()) {
            throw DamageException.ofInode(number(), "inline data of " + newSize + " bytes");
        }
        size = newSize;
        isInline = isNowInline;
    }

    /** When it was last found that its access time needs no change, as far as it had none since. */
    long accessTimeGoodFrom() {
        return accessTimeGoodFrom;
    }

    void setAccessTimeGood(long now) {
        accessTimeGoodFrom = now;
    }

    /** Whether it has neither a name nor anybody who retains it. */
    boolean isLeft() throws FileException {
        return retained == 0 && isNameless();
    }

    /** Whether it is there without a name. */
    boolean isNameless() throws FileException {
        return last == null && stored.record().links() == 0;
    }

    boolean isLeaving() {
        return isLeaving;
    }

    void setLeaving() {
        isLeaving = true;
    }

    /** Within a change of it. */
    void changed() {
        changedIn = volume.store().transaction();
        accessTimeGoodFrom = Long.MIN_VALUE;
    }

    /** Bytes that it had were written over: it was modified, if not later than its times say. */
    void writtenOver() {
        accessTimeGoodFrom = Long.MIN_VALUE;
    }

    /** Within a change of its size or of its map. */
    void contentChanged() {
        places.forget();
        changed();
        contentChangedIn = changedIn;
    }

    /**
     * @param onlyData not its times and the like
     */
    long changedIn(boolean onlyData) {
        return onlyData ? contentChangedIn : changedIn;
    }
}
