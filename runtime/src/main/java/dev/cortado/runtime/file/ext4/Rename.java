package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.directory.Directory;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.transaction.Change;

/** Gives a file another name, in one change (POSIX, rename). */
final class Rename {
    /** Blocks of four inodes, of an entry that goes, one that is replaced, and a {@code ..}. */
    private static final int CREDITS = 4 + 2 + 1 + 1 + Orphans.CREDITS;

    private final Volume volume;
    private final Names names;
    private final Ext4Inode source;
    private final FileName from;
    private final Ext4Inode target;
    private final FileName to;

    Rename(
            Volume volume,
            Names names,
            Ext4Inode source,
            FileName from,
            Ext4Inode target,
            FileName to) {
        this.volume = volume;
        this.names = names;
        this.source = source;
        this.from = from;
        this.target = target;
        this.to = to;
    }

    /** Returns what had the new name before; null if nothing had, or the same file. */
    Ext4Inode run() throws FileException {
        return volume.change(
                () -> {
                    source.requireThere();
                    target.requireThere();
                    return CREDITS + target.stored().directory().creditsToInsert();
                },
                this::change);
    }

    private Ext4Inode change(Change change) throws FileException {
        Ext4Inode inode = names.find(source, from, true);
        Ext4Inode replaced = names.find(target, to, false);
        if (inode.isDirectory() && isAtOrAbove(inode, target)) {
            throw new FileException(Errno.EINVAL);
        }
        if (replaced != null && replaced.isDirectory() && isAtOrAbove(replaced, source)) {
            throw new FileException(Errno.ENOTEMPTY);
        }
        if (replaced == inode) {
            return null;
        }
        target.requireNamed();
        Names.requireRemovable(source, inode);
        target.requireChangeable();
        boolean movesDirectory = inode.isDirectory() && source != target;
        Directory directory = target.stored().directory();
        if (replaced == null) {
            if (movesDirectory) {
                names.requireRoomForDirectory(target.stored().record());
            }
            directory.insert(change, to, inode.number(), inode.kind());
        } else {
            Names.requireRemovable(target, replaced);
            requireReplaceable(replaced, inode);
            directory.replace(change, to, inode.number(), inode.kind());
        }
        source.stored().directory().remove(change, from);
        if (movesDirectory) {
            inode.stored().directory().setParent(change, target.number());
            names.removeDirectory(change, source.stored());
            names.addDirectory(change, target.stored());
        }
        drop(change, replaced);
        touch(change, inode);
        return replaced;
    }

    private static void requireReplaceable(Ext4Inode replaced, Ext4Inode by) throws FileException {
        if (by.isDirectory()) {
            Names.requireEmpty(replaced);
        } else if (replaced.isDirectory()) {
            throw new FileException(Errno.EISDIR);
        }
    }

    private void drop(Change change, Ext4Inode replaced) throws FileException {
        if (replaced != null && replaced.isDirectory()) {
            names.dropDirectory(change, replaced, target);
        } else if (replaced != null) {
            names.dropLink(change, replaced);
        }
    }

    private void touch(Change change, Ext4Inode inode) throws FileException {
        source.stored().touch(change, true);
        target.stored().touch(change, true);
        inode.stored().touch(change, false);
        source.contentChanged();
        target.contentChanged();
        inode.changed();
    }

    /** Whether a directory is another one, or that one is somewhere below it. */
    private boolean isAtOrAbove(Ext4Inode inode, Ext4Inode directory) throws FileException {
        Ext4Inode at = directory;
        Chain chain = new Chain(at.number());
        while (at != inode && at.number() != Geometry.ROOT_INODE) {
            at = names.parent(at);
            if (!chain.advance(at.number())) {
                throw DamageException.ofInode(at.number(), "a directory below itself");
            }
        }
        return at == inode;
    }
}
