package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.cache.PagedFile;
import dev.cortado.runtime.file.storage.transaction.Change;

/**
 * Inodes that have no name any more: each is erased when nobody retains it, and all are at the end.
 * What cannot be erased is so by the next mount: the call that it is part of has succeeded.
 */
final class NamelessInodes {
    private final Volume volume;
    private final InodeCache cache;
    private final InodeAttributes attributes;
    private final Eraser eraser;

    NamelessInodes(Volume volume, InodeCache cache, InodeAttributes attributes, Eraser eraser) {
        this.volume = volume;
        this.cache = cache;
        this.attributes = attributes;
        this.eraser = eraser;
    }

    void eraseIfLeft(Ext4Inode inode) {
        try {
            if (volume.read(() -> take(inode, inode.isLeft()))) {
                erase(inode);
            }
        } catch (FileException e) {
            volume.tell(e);
        }
    }

    /** That a file could not be erased at once: the change has to be undone, and tried without. */
    static final class NotAtOnceException extends FileException {
        private static final long serialVersionUID = 1;

        NotAtOnceException(FileException cause) {
            super(Errno.EIO, cause.getMessage());
        }
    }

    /**
     * Erases a file within the change that has taken its last name, so that it never is an orphan,
     * if nobody retains it or reads it now, nothing of it is in memory, and few blocks change. With
     * the file system's lock, which is taken after those of inodes: its own is not waited for.
     *
     * @return false if nothing was done
     */
    boolean eraseAtOnce(Change change, Ext4Inode inode) throws NotAtOnceException {
        try {
            boolean isFree =
                    inode.isLeft()
                            && !inode.isLeaving()
                            && !volume.orphans().has(inode.number())
                            && eraser.isSmall(inode.stored());
            if (!isFree || !inode.lock().writeLock().tryLock()) {
                return false;
            }
            try {
                return eraseLocked(change, inode);
            } finally {
                inode.lock().writeLock().unlock();
            }
        } catch (FileException e) {
            throw new NotAtOnceException(e);
        }
    }

    private boolean eraseLocked(Change change, Ext4Inode inode) throws FileException {
        PagedFile content = inode.knownContent();
        if (content != null && !content.isEmpty()) {
            return false;
        }
        Attributes last = attributes.get(inode);
        eraser.eraseAtOnce(change, inode.stored());
        inode.forgetPlaces();
        inode.setLast(last);
        cache.remove(inode);
        return true;
    }

    /**
     * Erases all, whoever retains them, while nobody else can make more; then nothing is changed
     * any more. Also those, and values of attributes, that somebody had taken to erase them, and
     * was too late.
     */
    void eraseAllAndEnd() {
        volume.beginEnd();
        try {
            for (Ext4Inode inode : volume.read(cache::nameless)) {
                eraseAtTheEnd(inode);
            }
            volume.locked(() -> volume.orphans().putBackValues());
            eraser.eraseValues();
        } catch (FileException e) {
            volume.tell(e);
        }
        volume.end();
    }

    private void eraseAtTheEnd(Ext4Inode inode) {
        try {
            erase(inode);
        } catch (FileException e) {
            volume.tell(e);
        }
    }

    /** Only one erases an inode. */
    private boolean take(Ext4Inode inode, boolean isWanted) {
        boolean isTaken = isWanted && !inode.isLeaving() && !volume.isReadOnly();
        if (isTaken) {
            inode.setLeaving();
        }
        return isTaken;
    }

    /** Does nothing if the end has come before, and has done it or is about to. */
    private void erase(Ext4Inode inode) throws FileException {
        inode.lock().writeLock().lock();
        try {
            if (!volume.read(inode::isNameless) || volume.isReadOnly()) {
                return;
            }
            PagedFile content = inode.knownContent();
            if (content != null) {
                content.truncate(0, new PlacedBlocks(inode, 0));
            }
            Attributes last = attributes.get(inode);
            eraser.erase(
                    inode.stored(),
                    () -> {
                        inode.setLast(last);
                        cache.remove(inode);
                    });
        } finally {
            inode.forgetPlaces(); // some are given back also if that fails
            inode.lock().writeLock().unlock();
        }
    }
}
