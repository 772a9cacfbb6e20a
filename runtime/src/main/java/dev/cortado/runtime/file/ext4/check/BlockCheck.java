package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.ext4.make.ResizeInode;
import dev.cortado.runtime.file.ext4.map.MapWalk;

/** One inode after the other: its fields, its map, its attributes; marks the blocks it has. */
final class BlockCheck {
    /** Of a symbolic link whose target is in the inode: shorter than that. */
    private static final int INLINE_TARGET_BYTES = InodeRecord.MAP_BYTES;

    private final BlockGroups groups;
    private final Geometry geometry;
    private final BlockAllocator allocator;
    private final UsedMap used;
    private final AttributeBlocks attributeBlocks;
    private final Findings findings;
    private final Findings ofInodes;

    /**
     * @param findings of blocks of the window
     * @param ofInodes of inodes, whatever the window
     */
    BlockCheck(
            BlockGroups groups,
            BlockAllocator allocator,
            UsedMap used,
            AttributeBlocks attributeBlocks,
            Findings findings,
            Findings ofInodes) {
        this.groups = groups;
        this.allocator = allocator;
        this.used = used;
        this.attributeBlocks = attributeBlocks;
        this.findings = findings;
        this.ofInodes = ofInodes;
        geometry = groups.geometry();
    }

    void check(InodeRecord record) throws FileException {
        try {
            record.verify();
        } catch (DamageException e) {
            ofInodes.add(e);
        }
        boolean isSpecial = record.number() < geometry.firstInode();
        if (record.kind() == null && !isSpecial) {
            ofInodes.add("inode %d: mode 0%o", record.number(), record.mode());
        }
        Counter counter = new Counter(record);
        try {
            CheckedInode inode = new CheckedInode(groups, allocator, record);
            checkAttributes(record, inode, counter);
            if (record.number() == ResizeInode.NUMBER && geometry.has(Feature.RESIZE_INODE)) {
                counter.node(new ResizeInode(geometry).verify(groups.store(), record));
                counter.blocks += new ResizeInode(geometry).blocks() - 1;
            } else if (hasMap(record)) {
                inode.walk(counter);
                checkSize(record, counter);
            }
        } catch (FileException e) {
            // What has been counted until then tells nothing.
            ofInodes.add(e);
            return;
        }
        long sectors = counter.blocks * (geometry.blockBytes() / InodeRecord.SECTOR_BYTES);
        if (sectors != record.sectors()) {
            ofInodes.add(
                    "inode %d: has %d sectors, and says %d",
                    record.number(), sectors, record.sectors());
        }
    }

    private boolean hasMap(InodeRecord record) {
        if (record.hasFlag(InodeFlag.INLINE_DATA)) {
            return false;
        }
        FileKind kind = record.kind();
        if (kind == FileKind.SYMBOLIC_LINK) {
            return record.hasFlag(InodeFlag.EXTENTS) || record.size() >= INLINE_TARGET_BYTES;
        }
        return kind == FileKind.REGULAR || kind == FileKind.DIRECTORY;
    }

    private void checkAttributes(InodeRecord record, CheckedInode inode, Counter counter)
            throws FileException {
        inode.readAttributes();
        long block = record.attributeBlock();
        if (block != 0) {
            counter.blocks++;
            if (attributeBlocks.isFirst(block, groups.store())) {
                counter.mark(block, 1);
            }
        }
    }

    /**
     * Unwritten blocks behind the end were promised to a file; and one that is written may be there
     * since the machine ended before the size was set.
     */
    private void checkSize(InodeRecord record, Counter counter) {
        long size = record.size();
        long blocks = Math.ceilDiv(size, geometry.blockBytes());
        boolean isDirectory = record.kind() == FileKind.DIRECTORY;
        if (size < 0
                || counter.end > blocks + 1
                || isDirectory && (counter.end != blocks || size % geometry.blockBytes() != 0)) {
            ofInodes.add(
                    "inode %d: size %d, and written blocks up to %d",
                    record.number(), size, counter.end);
        }
    }

    /** Counts and marks the blocks of one inode. */
    private final class Counter implements MapWalk.Visitor {
        private final InodeRecord record;
        private long blocks;

        /** The block behind the last of the file that is written. */
        private long end;

        private boolean isSaid;

        Counter(InodeRecord record) {
            this.record = record;
        }

        @Override
        public boolean node(long place) {
            blocks++;
            return mark(place, 1);
        }

        @Override
        public void data(long block, long count, long place, boolean isUnwritten) {
            blocks += count;
            if (!isUnwritten) {
                end = Math.max(end, block + count);
            }
            mark(place, count);
        }

        /** Of one inode, one block is named that another has. */
        private boolean mark(long place, long count) {
            long taken = used.mark(place, count);
            if (taken >= 0 && !isSaid) {
                isSaid = true;
                findings.add("inode %d: block %d is somebody else's, too", record.number(), taken);
            }
            return taken < 0;
        }
    }
}
