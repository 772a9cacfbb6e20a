package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.FastCommitPlan.Image;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.util.HashSet;
import java.util.Set;

/** Makes inodes as fast commits say that they are, but for their blocks and their names. */
final class FastCommitInodes {
    private static final int FORMS = InodeFlag.EXTENTS | InodeFlag.INLINE_DATA;

    private final Volume volume;

    /** New directories that have nothing in them yet, not even themselves. */
    private final Set<Long> unmade = new HashSet<>();

    /** New files that nothing has given a name yet; directories too. */
    private final Set<Long> unnamed = new HashSet<>();

    /** Those that were made and have lost their last name in between. */
    private final Set<Long> gone = new HashSet<>();

    FastCommitInodes(Volume volume) {
        this.volume = volume;
    }

    /** New directories that are still to be made. */
    Set<Long> unmade() {
        return unmade;
    }

    /** A new file has got a name. */
    void named(long number) {
        unnamed.remove(number);
    }

    /**
     * @throws FileException EUCLEAN if a new file has no name, but is to have one
     */
    void requireNames() throws FileException {
        for (long number : unnamed) {
            InodeRecord record = volume.table().read(number);
            if (unmade.contains(number) || record.links() > 0) {
                boolean isDirectory = record.kind() == FileKind.DIRECTORY;
                throw damaged(number, (isDirectory ? "a directory" : "a file") + " without a name");
            }
        }
    }

    /** Whether nothing is to be done about it: it neither was there nor is. */
    boolean isGone(long number) {
        return gone.contains(number);
    }

    /**
     * @throws FileException EUCLEAN if it cannot become what it is to be; EOPNOTSUPP
     */
    void replay(Change change, long number, Image image) throws FileException {
        InodeRecord wanted = image.inode();
        if (wanted.kind() == null) {
            throw damaged(number, "of no kind");
        }
        if (volume.inodes().isUsed(number)) {
            replayKnown(change, number, image);
        } else if (wanted.links() == 0) {
            gone.add(number);
        } else {
            replayNew(change, number, image);
        }
    }

    private void replayKnown(Change change, long number, Image image) throws FileException {
        InodeRecord wanted = image.inode();
        InodeRecord record = volume.table().modify(change, number);
        record.verify();
        boolean isSame =
                record.generation() == wanted.generation()
                        && record.kind() == wanted.kind()
                        && record.attributeBlock() == wanted.attributeBlock()
                        && record.extraBytes() == wanted.extraBytes();
        if (!isSame) {
            throw damaged(number, "another one than on the disk");
        }
        if (((record.flags() ^ wanted.flags()) & FORMS) != 0) {
            throw new FileException(
                    Errno.EOPNOTSUPP, "fast commits: inode " + number + " has got another form");
        }
        long sectors = record.sectors();
        long deleted = record.deleted();
        long size = record.size();
        int links = record.links();
        int flags = record.flags();
        record.copyAroundMap(wanted, image.bytes());
        if (record.hasFlag(InodeFlag.INLINE_DATA)) {
            copyMap(record, wanted);
        }
        // It may be in the list of orphans by the time of its deletion.
        record.setDeleted(deleted);
        if (record.kind() == FileKind.DIRECTORY) {
            record.setSize(size);
            record.setLinks(links);
            record.setFlags(flags);
        }
        record.setSectors(sectors);
        seal(record);
    }

    private void replayNew(Change change, long number, Image image) throws FileException {
        InodeRecord wanted = image.inode();
        if (wanted.attributeBlock() != 0) {
            throw damaged(number, "attributes in a block");
        }
        boolean isDirectory = wanted.kind() == FileKind.DIRECTORY;
        volume.inodes().take(change, number, isDirectory);
        unnamed.add(number);
        InodeRecord record = volume.table().modify(change, number);
        record.clear(wanted.generation());
        record.copyAroundMap(wanted, image.bytes());
        record.setDeleted(0);
        record.setSectors(0);
        boolean hasExtents = record.hasFlag(InodeFlag.EXTENTS);
        if (!hasExtents) {
            requireNoBlocks(wanted);
            copyMap(record, wanted);
        }
        if (isDirectory) {
            record.setFlags(record.flags() & ~InodeFlag.INDEXED);
            record.setSize(0);
            record.setLinks(2);
            unmade.add(number);
        }
        seal(record);
        if (hasExtents) {
            StoredInode.of(volume, number).map().clear(change);
        }
    }

    /** Without extents, what is in the place of the map is the target of a link, or a device. */
    private static void requireNoBlocks(InodeRecord record) throws FileException {
        boolean hasBlocks =
                switch (record.kind()) {
                    case REGULAR -> !record.hasFlag(InodeFlag.INLINE_DATA);
                    case DIRECTORY -> true;
                    case SYMBOLIC_LINK ->
                            !record.hasFlag(InodeFlag.INLINE_DATA) && !SymbolicLinks.isFast(record);
                    default -> false;
                };
        if (hasBlocks) {
            throw new FileException(
                    Errno.EOPNOTSUPP,
                    "fast commits: inode " + record.number() + " is new, and has no extents");
        }
    }

    private static void copyMap(InodeRecord record, InodeRecord from) {
        record.bytes()
                .put(record.mapOffset(), from.bytes(), from.mapOffset(), InodeRecord.MAP_BYTES);
    }

    private static void seal(InodeRecord record) throws DamageException {
        record.seal();
        record.verify();
    }

    private static FileException damaged(long number, String what) {
        return DamageException.ofInode(number, "fast commits: " + what);
    }
}
