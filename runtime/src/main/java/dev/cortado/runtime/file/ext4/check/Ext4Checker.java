package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.group.DescriptorTable;
import dev.cortado.runtime.file.ext4.group.GroupDescriptor;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.Superblock;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.util.function.Consumer;

/**
 * Checks a file system that nobody changes meanwhile, and changes nothing itself. It takes all
 * inodes, with what their maps lead to; then all directories; then compares what the groups say. Of
 * more than a million directories it is not asked whether the root leads to each of them.
 */
public final class Ext4Checker {
    private final Geometry geometry;
    private final MetadataStore store;
    private final Findings findings;
    private final DescriptorTable descriptors;
    private final Superblock superblock;
    private final Parents parents = new Parents();

    private Ext4Checker(Geometry geometry, MetadataStore store, Findings findings) {
        this.geometry = geometry;
        this.store = store;
        this.findings = findings;
        descriptors = new DescriptorTable(geometry, store);
        superblock = new Superblock(geometry, store);
    }

    /**
     * Checks.
     *
     * @param store of a file system whose journal has nothing to be replayed
     * @param memoryBytes about how much is used; with less of it, it takes longer
     * @param listener is told of what is found, a line each
     * @return how many findings there were
     * @throws FileException EIO; EOPNOTSUPP for clusters (bigalloc)
     */
    public static long check(
            Geometry geometry, MetadataStore store, long memoryBytes, Consumer<String> listener)
            throws FileException {
        if (geometry.has(Feature.BIGALLOC)) {
            throw new FileException(
                    Errno.EOPNOTSUPP, "ext4 feature " + Feature.BIGALLOC + " is not checked");
        }
        Findings findings = new Findings(listener);
        new Ext4Checker(geometry, store, findings).check(memoryBytes);
        return findings.count();
    }

    private void check(long memoryBytes) throws FileException {
        checkDescriptors();
        if (findings.count() > 0) {
            // Nothing can be found by them.
            return;
        }
        BlockGroups groups;
        try {
            groups = BlockGroups.open(geometry, superblock, store);
        } catch (FileException e) {
            findings.add(e);
            return;
        }
        UsedInodes inodes = new UsedInodes(groups, descriptors);
        inodes.readOrphans(findings);
        Window window = Window.first(geometry, memoryBytes);
        check(groups, inodes, window);
        while (!window.isLast()) {
            window = window.next();
            check(groups, inodes, window);
        }
        parents.report(findings);
        checkCounts(groups);
    }

    private void checkDescriptors() throws FileException {
        for (int group = 0; group < geometry.groups(); group++) {
            try {
                descriptors.read(group);
            } catch (FileException e) {
                findings.add(e);
            }
        }
    }

    private void check(BlockGroups groups, UsedInodes inodes, Window window) throws FileException {
        Findings structural = window.isFirst() ? findings : Findings.untold();
        BlockAllocator allocator = new BlockAllocator(groups, false);
        UsedMap used = new UsedMap(window);
        markOwn(used);
        long[] own = new long[window.end() - window.first()];
        for (int group = window.first(); group < window.end(); group++) {
            own[group - window.first()] = used.count(group);
        }
        AttributeBlocks attributes = new AttributeBlocks(window);
        BlockCheck blocks =
                new BlockCheck(groups, allocator, used, attributes, findings, structural);
        inodes.forEach(0, geometry.groups(), blocks::check);
        attributes.report(findings);
        InodeStates states = new InodeStates(window);
        inodes.forEach(
                window.first(),
                window.end(),
                record -> states.setUsed(record.number(), record.kind()));
        DirectoryCheck directories =
                new DirectoryCheck(
                        groups, allocator, window, inodes, states, parents, findings, structural);
        inodes.forEach(0, geometry.groups(), directories::check);
        LinkCheck links = new LinkCheck(geometry, inodes, states, findings);
        inodes.forEach(window.first(), window.end(), links::check);
        BitmapCheck bitmaps = new BitmapCheck(store, descriptors, geometry, findings);
        for (int group = window.first(); group < window.end(); group++) {
            bitmaps.checkBlocks(group, used.bitmap(group), own[group - window.first()]);
            bitmaps.checkInodes(group, states, inodes.initialized(group));
            bitmaps.checkDirectories(group, countDirectories(inodes, group));
        }
    }

    /** Superblocks, descriptors, bitmaps and tables. */
    private void markOwn(UsedMap used) throws FileException {
        for (int group = 0; group < geometry.groups(); group++) {
            GroupDescriptor descriptor = descriptors.read(group);
            used.mark(geometry.firstBlock(group), descriptors.leadingBlocks(group));
            used.mark(descriptor.blockBitmap(), 1);
            used.mark(descriptor.inodeBitmap(), 1);
            used.mark(descriptor.inodeTable(), geometry.tableBlocks());
        }
    }

    private long countDirectories(UsedInodes inodes, int group) throws FileException {
        long[] count = new long[1];
        inodes.forEach(
                group,
                group + 1,
                record -> {
                    if (record.kind() == FileKind.DIRECTORY) {
                        count[0]++;
                    }
                });
        return count[0];
    }

    private void checkCounts(BlockGroups groups) throws FileException {
        var free = groups.countFree();
        if (free.blocks() != superblock.freeBlocks()) {
            findings.add(
                    "superblock: %d free blocks, not %d", free.blocks(), superblock.freeBlocks());
        }
        if (free.inodes() != superblock.freeInodes()) {
            findings.add(
                    "superblock: %d free inodes, not %d", free.inodes(), superblock.freeInodes());
        }
    }
}
