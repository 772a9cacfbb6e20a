package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.util.Arrays;

/** The records of inodes, by their numbers. With the file system's lock. */
final class InodeTable {
    /** As many of those that were read last are kept, each in its place by its number. */
    private static final int RECENT = 8;

    private final BlockGroups groups;
    private final InodeRecord[] recent = new InodeRecord[RECENT];

    /** The store's departures when all of {@link #recent} were right. */
    private long recentAt;

    InodeTable(BlockGroups groups) {
        this.groups = groups;
    }

    /**
     * A record to be read.
     *
     * @throws FileException EINVAL if there is no inode of that number
     */
    InodeRecord read(long number) throws FileException {
        long departures = groups.store().departures();
        if (departures != recentAt) {
            Arrays.fill(recent, null);
            recentAt = departures;
        }
        int place = Math.floorMod(number, RECENT);
        InodeRecord known = recent[place];
        if (known != null && known.number() == number) {
            return known;
        }
        InodeRecord record =
                new InodeRecord(
                        groups.geometry(),
                        number,
                        groups.store().read(groups.inodeBlock(number)),
                        groups.inodeOffset(number));
        recent[place] = record;
        return record;
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
