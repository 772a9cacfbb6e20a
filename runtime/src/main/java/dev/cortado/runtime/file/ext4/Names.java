package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.directory.Entry;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.transaction.Change;

/** Finds, makes, adds and removes names. */
final class Names {
    /** Of a file; a directory may have more, if the count of them may stop (EXT4_LINK_MAX). */
    static final int MAXIMUM_LINKS = 65000;

    /** Of a directory that has had too many subdirectories to count them. */
    private static final int UNCOUNTED_LINKS = 1;

    /** Blocks that a name's inode and its directory's take, and some for inline data's end. */
    static final int CREDITS = 4;

    /** Blocks that a new directory's first block takes: it, and what it is allocated from. */
    private static final int MAKE_DIRECTORY_CREDITS = BlockAllocator.CREDITS + 2;

    private final Volume volume;
    private final InodeCache cache;
    private final NewInode newInode;

    Names(Volume volume, InodeCache cache) {
        this.volume = volume;
        this.cache = cache;
        newInode = new NewInode(volume);
    }

    Ext4Inode lookup(Ext4Inode directory, FileName name) throws FileException {
        return volume.read(() -> find(directory, name, true));
    }

    /** With the file system's lock: null if there is no such name, unless there must be one. */
    Ext4Inode find(Ext4Inode directory, FileName name, boolean mustBe) throws FileException {
        directory.requireThere();
        long number = directory.stored().directory().find(name);
        if (number == 0 && mustBe) {
            throw new FileException(Errno.ENOENT);
        }
        return number == 0 ? null : cache.get(number, directory.number());
    }

    Ext4Inode parent(Ext4Inode directory) throws FileException {
        return volume.read(() -> {
            if (directory.isRemoved()) {
                return directory.lastParent();
            }
            if (directory.number() == Geometry.ROOT_INODE) {
                return directory;
            }
            Ext4Inode parent =
                    cache.get(directory.stored().directory().parent(), directory.number());
            if (!parent.isDirectory()) {
                throw DamageException.ofInode(directory.number(), ".. is no directory");
            }
            return parent;
        });
    }

    DirectoryEntry next(Ext4Inode directory, long cookie) throws FileException {
        return volume.read(() -> {
            if (directory.last() != null) {
                return null;
            }
            Entry entry = directory.stored().directory().next(cookie);
            if (entry == null) {
                return null;
            }
            FileKind kind =
                    entry.kind() != null
                            ? entry.kind()
                            : cache.get(entry.inode(), directory.number()).kind();
            return new DirectoryEntry(entry.name(), entry.cookie(), entry.inode(), kind);
        });
    }

    /** Whether a directory says what may be done with new files. */
    boolean hasDefaultList(Ext4Inode directory) throws FileException {
        return volume.read(() -> {
            directory.requireThere();
            return newInode.defaultList(directory.stored()) != null;
        });
    }

    Ext4Inode create(Ext4Inode directory, FileName name, int permissions) throws FileException {
        return make(
                directory,
                name,
                0,
                change -> {
                    StoredInode made =
                            newInode.make(
                                    change, directory.stored(), FileKind.REGULAR, permissions);
                    newInode.clearContent(change, made);
                    return made;
                });
    }

    Ext4Inode makeSymbolicLink(Ext4Inode directory, FileName name, byte[] target)
            throws FileException {
        return make(
                directory,
                name,
                SymbolicLinks.CREDITS,
                change -> {
                    StoredInode made =
                            newInode.make(change, directory.stored(), FileKind.SYMBOLIC_LINK, 0777);
                    new SymbolicLinks(volume).write(change, made, target);
                    return made;
                });
    }

    Ext4Inode makeDirectory(Ext4Inode directory, FileName name, int permissions)
            throws FileException {
        return make(
                directory,
                name,
                MAKE_DIRECTORY_CREDITS,
                change -> {
                    StoredInode parent = directory.stored();
                    requireRoomForDirectory(parent.record());
                    StoredInode made =
                            newInode.make(change, parent, FileKind.DIRECTORY, permissions);
                    newInode.clearDirectory(change, made);
                    made.directory().create(change, parent.number());
                    addDirectory(change, parent);
                    return made;
                });
    }

    private Ext4Inode make(
            Ext4Inode directory, FileName name, int credits, Volume.Changing<StoredInode> maker)
            throws FileException {
        StoredInode in = directory.stored();
        return volume.change(
                () -> {
                    directory.requireThere();
                    return credits
                            + newInode.credits(in)
                            + CREDITS
                            + in.directory().creditsToInsert();
                },
                change -> {
                    requireFree(directory, name);
                    StoredInode made = maker.run(change);
                    FileKind kind = made.record().kind();
                    in.directory().insert(change, name, made.number(), kind);
                    in.touch(change, true);
                    Ext4Inode inode = cache.get(made.number(), in.number());
                    inode.contentChanged();
                    directory.contentChanged();
                    return inode;
                });
    }

    private void requireFree(Ext4Inode directory, FileName name) throws FileException {
        if (find(directory, name, false) != null) {
            throw new FileException(Errno.EEXIST);
        }
        directory.requireNamed();
        directory.requireChangeable();
    }

    /**
     * @throws FileException EPERM if a name may not be taken from a file, or from its directory
     */
    static void requireRemovable(Ext4Inode directory, Ext4Inode inode) throws FileException {
        directory.requireUnprotected();
        inode.requireUnprotected();
    }

    void link(Ext4Inode file, Ext4Inode directory, FileName name) throws FileException {
        StoredInode in = directory.stored();
        volume.change(
                () -> {
                    directory.requireThere();
                    return CREDITS + in.directory().creditsToInsert();
                },
                change -> {
                    requireFree(directory, name);
                    if (file.isDirectory()) {
                        throw new FileException(Errno.EPERM);
                    }
                    file.requireNamed();
                    file.requireUnprotected();
                    InodeRecord record = file.stored().modify(change);
                    if (record.links() >= MAXIMUM_LINKS) {
                        throw new FileException(Errno.EMLINK);
                    }
                    record.setLinks(record.links() + 1);
                    StoredInode.touch(record, volume.now(), false);
                    record.seal();
                    in.directory().insert(change, name, file.number(), file.kind());
                    in.touch(change, true);
                    file.changed();
                    directory.contentChanged();
                    return null;
                });
    }

    /** What becomes of a file that has no name any more, as a part of the same change. */
    interface Nameless {
        /** False if nothing was done: it is an orphan then. */
        boolean erase(Change change, Ext4Inode inode) throws FileException;
    }

    /** Returns what had the name. */
    Ext4Inode unlink(Ext4Inode directory, FileName name, Nameless nameless) throws FileException {
        return volume.change(
                CREDITS + Eraser.CREDITS_AT_ONCE,
                change -> {
                    Ext4Inode inode = find(directory, name, true);
                    if (inode.isDirectory()) {
                        throw new FileException(Errno.EISDIR);
                    }
                    requireRemovable(directory, inode);
                    directory.stored().directory().remove(change, name);
                    directory.stored().touch(change, true);
                    directory.contentChanged();
                    if (!removeLink(change, inode) && !nameless.erase(change, inode)) {
                        volume.orphans().add(change, inode.stored());
                    }
                    return inode;
                });
    }

    /** Returns what had the name. */
    Ext4Inode removeDirectory(Ext4Inode directory, FileName name) throws FileException {
        return volume.change(
                CREDITS + Orphans.CREDITS,
                change -> {
                    Ext4Inode inode = find(directory, name, true);
                    requireRemovable(directory, inode);
                    requireEmpty(inode);
                    directory.stored().directory().remove(change, name);
                    directory.stored().touch(change, true);
                    directory.contentChanged();
                    dropDirectory(change, inode, directory);
                    return inode;
                });
    }

    static void requireEmpty(Ext4Inode directory) throws FileException {
        if (!directory.isDirectory()) {
            throw new FileException(Errno.ENOTDIR);
        }
        if (!directory.stored().directory().isEmpty()) {
            throw new FileException(Errno.ENOTEMPTY);
        }
    }

    /** What is no directory has one name less. */
    void dropLink(Change change, Ext4Inode inode) throws FileException {
        if (!removeLink(change, inode)) {
            volume.orphans().add(change, inode.stored());
        }
    }

    /** Whether it has other names. */
    private boolean removeLink(Change change, Ext4Inode inode) throws FileException {
        InodeRecord record = inode.stored().modify(change);
        int links = record.links() - 1;
        if (links < 0) {
            throw DamageException.ofInode(inode.number(), "more names than it counts");
        }
        record.setLinks(links);
        StoredInode.touch(record, volume.now(), false);
        record.seal();
        inode.changed();
        return links > 0;
    }

    /** An empty directory has no name any more. */
    void dropDirectory(Change change, Ext4Inode inode, Ext4Inode parent) throws FileException {
        InodeRecord record = inode.stored().modify(change);
        record.setLinks(0);
        StoredInode.touch(record, volume.now(), false);
        record.seal();
        inode.changed();
        volume.orphans().add(change, inode.stored());
        removeDirectory(change, parent.stored());
        inode.setLastParent(parent);
    }

    /**
     * @throws FileException EMLINK if it has as many subdirectories as it can have
     */
    void requireRoomForDirectory(InodeRecord parent) throws FileException {
        boolean isUncounted = volume.geometry().has(Feature.DIR_NLINK) && isIndexed(parent);
        if (parent.links() >= MAXIMUM_LINKS && !isUncounted) {
            throw new FileException(Errno.EMLINK);
        }
    }

    private boolean isIndexed(InodeRecord directory) {
        return volume.geometry().has(Feature.DIR_INDEX) && directory.hasFlag(InodeFlag.INDEXED);
    }

    /** A directory has a subdirectory more; of too many, it stops to count. */
    void addDirectory(Change change, StoredInode parent) throws FileException {
        InodeRecord record = parent.modify(change);
        int links = record.links();
        boolean isUncounted = links == UNCOUNTED_LINKS || links >= MAXIMUM_LINKS;
        record.setLinks(isUncounted ? UNCOUNTED_LINKS : links + 1);
        record.seal();
    }

    /** A directory has a subdirectory less. */
    void removeDirectory(Change change, StoredInode parent) throws FileException {
        InodeRecord record = parent.modify(change);
        if (record.links() > 2) {
            record.setLinks(record.links() - 1);
            record.seal();
        }
    }
}
