package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.attribute.ExtendedAttributes;
import dev.cortado.runtime.file.ext4.group.InodeAllocator;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.map.FileMap;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Gives back the blocks of orphans, and the inodes of those that have no name. */
final class Eraser {
    /** Blocks that a step of giving blocks back may change. */
    private static final int STEP_CREDITS = 48;

    /** Blocks that the end of it changes, without values of attributes in inodes. */
    private static final int LAST_CREDITS =
            2 + ExtendedAttributes.CREDITS + InodeAllocator.CREDITS + Orphans.CREDITS;

    /**
     * Blocks that {@link #eraseAtOnce} changes of a {@linkplain #isSmall small} file at most, or
     * that it becomes an orphan by.
     */
    static final int CREDITS_AT_ONCE = LAST_CREDITS + FileMap.CREDITS_TO_REMOVE_SMALL;

    private final Volume volume;

    Eraser(Volume volume) {
        this.volume = volume;
    }

    /** Whether blocks of the disk are mapped in an inode. */
    static boolean hasMap(InodeRecord record) {
        if (record.hasFlag(InodeFlag.INLINE_DATA)) {
            return false;
        }
        return switch (record.kind()) {
            case REGULAR, DIRECTORY -> true;
            case SYMBOLIC_LINK -> !SymbolicLinks.isFast(record);
            case null, default -> false;
        };
    }

    /** Blocks that a change gets credits for in which blocks are given back. */
    static int stepCredits(StoredInode inode) throws FileException {
        return STEP_CREDITS + (hasMap(inode.record()) ? inode.map().creditsToRemove() : 0);
    }

    /**
     * Erases an orphan without a name. It may have been begun before.
     *
     * @param atTheEnd run within the last step
     */
    void erase(StoredInode inode, Runnable atTheEnd) throws FileException {
        eraseAlone(inode, atTheEnd);
        eraseValues();
    }

    private void eraseAlone(StoredInode inode, Runnable atTheEnd) throws FileException {
        volume.change(
                () -> stepCredits(inode),
                change -> {
                    InodeRecord record = inode.record();
                    if (record.links() != 0 || !volume.inodes().isUsed(inode.number())) {
                        throw DamageException.ofInode(inode.number(), "no orphan");
                    }
                    if (hasMap(record)) {
                        remove(change, inode, 0);
                    }
                    int values = inode.attributes().valueInodes();
                    change.next(LAST_CREDITS + values * (1 + Orphans.CREDITS));
                    finish(change, inode);
                    atTheEnd.run();
                    return null;
                });
    }

    /**
     * Erases an orphan without a name as a part of a change.
     *
     * @throws FileException ENOSPC if that takes more than the change has credits for
     */
    void eraseWithin(Change change, StoredInode inode) throws FileException {
        volume.orphans().remove(change, inode);
        eraseAtOnce(change, inode);
    }

    /** The same of an inode that this change has taken the last name from: it is no orphan yet. */
    void eraseAtOnce(Change change, StoredInode inode) throws FileException {
        FileMap map = inode.map();
        if (hasMap(inode.record()) && map.remove(change, 0, map.limit()) > 0) {
            throw new FileException(Errno.ENOSPC);
        }
        free(change, inode);
    }

    /** Whether {@link #CREDITS_AT_ONCE} are enough. */
    boolean isSmall(StoredInode inode) throws FileException {
        boolean isMapSmall = !hasMap(inode.record()) || inode.map().isSmall();
        return isMapSmall && inode.attributes().valueInodes() == 0;
    }

    /** Gives back the blocks behind a size that a file has got, in as many steps as that takes. */
    void cut(Change change, StoredInode inode, long size) throws FileException {
        boolean isOrphan = inode.record().links() == 0;
        if (!isOrphan) {
            volume.orphans().add(change, inode);
        }
        removeBehind(change, inode, size);
        if (!isOrphan) {
            removeOrphan(change, inode);
        }
    }

    private void removeBehind(Change change, StoredInode inode, long size) throws FileException {
        int blockBytes = volume.geometry().blockBytes();
        remove(change, inode, size / blockBytes + (size % blockBytes == 0 ? 0 : 1));
    }

    private void removeOrphan(Change change, StoredInode inode) throws FileException {
        if (change.credits() < 1 + Orphans.CREDITS) {
            change.next(1 + Orphans.CREDITS);
        }
        volume.orphans().remove(change, inode);
    }

    /** Goes on with what was to be done with an inode that was an orphan before the mount. */
    void finish(long number) throws FileException {
        StoredInode inode = volume.read(() -> orphan(number));
        if (volume.read(() -> inode.record().links()) == 0) {
            erase(inode, () -> {});
        } else {
            finishCut(inode);
        }
    }

    private StoredInode orphan(long number) throws FileException {
        if (number < volume.geometry().firstInode() || !volume.inodes().isUsed(number)) {
            throw DamageException.ofSuperblock("inode " + number + " is no orphan");
        }
        volume.table().read(number).verify();
        return StoredInode.of(volume, number);
    }

    private void finishCut(StoredInode inode) throws FileException {
        volume.change(
                () -> stepCredits(inode),
                change -> {
                    if (hasMap(inode.record())) {
                        removeBehind(change, inode, inode.size());
                    }
                    removeOrphan(change, inode);
                    return null;
                });
    }

    /** Gives back a file's blocks from one on, in as many steps as that takes. */
    void remove(Change change, StoredInode inode, long from) throws FileException {
        FileMap map = inode.map();
        long left = map.remove(change, from, map.limit());
        while (left > from) {
            change.next(stepCredits(inode));
            left = map.remove(change, from, left);
        }
    }

    private void finish(Change change, StoredInode inode) throws FileException {
        volume.orphans().remove(change, inode);
        free(change, inode);
    }

    private void free(Change change, StoredInode inode) throws FileException {
        inode.attributes().drop(change);
        InodeRecord record = inode.modify(change);
        boolean isDirectory = record.kind() == FileKind.DIRECTORY;
        record.setSize(0);
        record.setDeleted(TimeUnit.NANOSECONDS.toSeconds(volume.now()));
        record.seal();
        volume.inodes().free(change, inode.number(), isDirectory);
    }

    /**
     * Erases values of attributes that nobody has any more, and what these leave in turn. The call
     * that it is part of has succeeded: one that cannot be erased is told, and is so at the end.
     */
    void eraseValues() throws FileException {
        List<Long> unused = volume.read(() -> volume.orphans().takeValues());
        while (!unused.isEmpty()) {
            for (long number : unused) {
                try {
                    eraseValue(number);
                } catch (FileException e) {
                    volume.tell(e);
                }
            }
            unused = volume.read(() -> volume.orphans().takeValues());
        }
    }

    /** Does nothing if the end has come before: it erases those that others have taken. */
    private void eraseValue(long number) throws FileException {
        if (volume.isReadOnly()) {
            return;
        }
        StoredInode value = volume.read(() -> StoredInode.of(volume, number));
        boolean isUnused =
                volume.read(() ->
                        value.record().links() == 0
                                && value.record().hasFlag(InodeFlag.ATTRIBUTE_VALUE)
                                && volume.inodes().isUsed(number));
        if (isUnused) {
            eraseAlone(value, () -> volume.orphans().erasedValue(number));
        }
    }
}
