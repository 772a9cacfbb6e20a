package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileException;

/**
 * Inodes that have no name any more: each is erased when nobody retains it, and all are at the end.
 * What cannot be erased is so by the next mount: the call that it is part of has succeeded.
 */
final class NamelessInodes {
    /** As often the end looks again for what others have unlinked in the meantime. */
    private static final int MOST_TURNS = 16;

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

    /** Erases all, whoever retains them; then nothing is changed any more. */
    void eraseAllAndEnd() {
        try {
            for (int i = 0; i < MOST_TURNS && !volume.read(this::endIfThereAreNone); i++) {
                for (Ext4Inode inode : volume.read(cache::nameless)) {
                    eraseIfNameless(inode);
                }
            }
        } catch (FileException e) {
            volume.tell(e);
        }
        volume.end();
    }

    private void eraseIfNameless(Ext4Inode inode) {
        try {
            if (volume.read(() -> take(inode, inode.isNameless()))) {
                erase(inode);
            } else {
                awaitOther(inode);
            }
        } catch (FileException e) {
            volume.tell(e);
        }
    }

    private boolean endIfThereAreNone() throws FileException {
        boolean isEnd = cache.nameless().isEmpty();
        if (isEnd) {
            volume.end();
        }
        return isEnd;
    }

    /** Only one erases an inode. */
    private boolean take(Ext4Inode inode, boolean isWanted) {
        boolean isTaken = isWanted && !inode.isLeaving() && !volume.isReadOnly();
        if (isTaken) {
            inode.setLeaving();
        }
        return isTaken;
    }

    /** Who erases it has its lock. */
    private static void awaitOther(Ext4Inode inode) {
        inode.lock().writeLock().lock();
        inode.lock().writeLock().unlock();
    }

    private void erase(Ext4Inode inode) throws FileException {
        inode.lock().writeLock().lock();
        try {
            if (inode.content() != null) {
                inode.content().truncate(0, new PlacedBlocks(volume, inode.stored(), 0));
            }
            Attributes last = attributes.get(inode);
            eraser.erase(
                    inode.stored(),
                    () -> {
                        inode.setLast(last);
                        cache.remove(inode);
                    });
        } finally {
            inode.lock().writeLock().unlock();
        }
    }
}
