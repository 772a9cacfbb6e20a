package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.transaction.Change;

/** The records of inodes, by their numbers. With the file system's lock. */
final class InodeTable {
    private final BlockGroups groups;

    InodeTable(BlockGroups groups) {
        this.groups = groups;
    }

    /**
     * A record to be read.
     *
     * @throws FileException EINVAL if there is no inode of that number
     */
    InodeRecord read(long number) throws FileException {
        return new InodeRecord(
                groups.geometry(),
                number,
                groups.store().read(groups.inodeBlock(number)),
                groups.inodeOffset(number));
    }

    /** The same, to be changed; who does that seals it. */
    InodeRecord modify(Change change, long number) throws FileException {
        return new InodeRecord(
                groups.geometry(),
                number,
                change.modify(groups.inodeBlock(number)),
                groups.inodeOffset(number));
    }
}
