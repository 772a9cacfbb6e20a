package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.RangeChanges.Range;
import dev.cortado.runtime.file.ext4.group.BlockRun;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.map.FileMap;
import dev.cortado.runtime.file.ext4.map.Mapping;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.util.ArrayList;
import java.util.List;

/** Gives and takes the blocks that fast commits say files have got and lost. */
final class FastCommitRanges {
    private final Volume volume;
    private final FastCommitPlan plan;
    private final FastCommitInodes inodes;
    private final List<Removal> removals = new ArrayList<>();
    private final List<Addition> additions = new ArrayList<>();

    /** Blocks of a file that it loses. */
    private record Removal(long inode, long from, long end) {}

    /** Blocks that a file gets. */
    private record Addition(long inode, Range range) {}

    FastCommitRanges(Volume volume, FastCommitPlan plan, FastCommitInodes inodes) {
        this.volume = volume;
        this.plan = plan;
        this.inodes = inodes;
    }

    /**
     * Blocks are taken before maps get new ones, which are any: first those that are free already,
     * since what is left of a map that loses some may need one.
     *
     * @throws FileException EUCLEAN; ENOSPC
     */
    void replay(Change change) throws FileException {
        for (var ranges : plan.ranges().entrySet()) {
            if (!inodes.isGone(ranges.getKey())) {
                compare(ranges.getKey(), ranges.getValue());
            }
        }
        List<BlockRun> others = new ArrayList<>();
        for (Addition addition : additions) {
            Range range = addition.range();
            long count = range.end() - range.from();
            others.addAll(volume.blocks().takeFree(change, range.place(), count));
        }
        for (Removal removal : removals) {
            FileMap map = StoredInode.of(volume, removal.inode()).map();
            if (map.remove(change, removal.from(), removal.end()) > removal.from()) {
                throw new FileException(Errno.ENOSPC);
            }
        }
        for (BlockRun other : others) {
            volume.blocks().take(change, other.first(), other.count());
        }
        for (Addition addition : additions) {
            Range range = addition.range();
            FileMap map = StoredInode.of(volume, addition.inode()).map();
            long count = range.end() - range.from();
            map.place(change, range.from(), count, range.place(), range.isUnwritten());
        }
    }

    /** Notes what is in the place of something else, and what comes there. */
    private void compare(long number, RangeChanges ranges) throws FileException {
        if (!volume.inodes().isUsed(number)) {
            throw DamageException.ofInode(number, "fast commits: blocks of a free inode");
        }
        InodeRecord record = volume.table().read(number);
        record.verify();
        boolean hasMap = record.hasFlag(InodeFlag.EXTENTS) || Eraser.hasMap(record);
        if (record.kind() == FileKind.DIRECTORY || !hasMap) {
            throw DamageException.ofInode(number, "fast commits: blocks of no file");
        }
        FileMap map = StoredInode.of(volume, number).map();
        for (Range range : ranges.all()) {
            long at = range.from();
            while (at < range.end()) {
                Mapping mapping = map.lookup(at);
                long end = Math.min(range.end(), at + mapping.count());
                long place = range.placeOf(at);
                boolean isSame =
                        mapping.place() == place && mapping.isUnwritten() == range.isUnwritten();
                if (!isSame && !mapping.isHole()) {
                    removals.add(new Removal(number, at, end));
                }
                if (!isSame && !range.isHole()) {
                    Range part = new Range(at, end, place, range.isUnwritten());
                    additions.add(new Addition(number, part));
                }
                at = end;
            }
        }
    }
}
