package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.nio.ByteBuffer;

/** Where the groups' descriptors are. */
public final class DescriptorTable {
    private static final int SUPERBLOCK_POSITION = 1024;

    private final Geometry geometry;
    private final MetadataStore store;
    private final int perBlock;
    private final long firstMetaGroup;

    public DescriptorTable(Geometry geometry, MetadataStore store) {
        this.geometry = geometry;
        this.store = store;
        perBlock = geometry.blockBytes() / geometry.descriptorBytes();
        firstMetaGroup =
                geometry.has(Feature.META_BG)
                        ? Math.min(geometry.firstMetaGroup() * perBlock, geometry.groups())
                        : geometry.groups();
    }

    /** Whether flags and checksums of descriptors mean anything. */
    boolean hasChecksums() {
        return GroupDescriptor.haveChecksums(geometry);
    }

    /**
     * A group's descriptor, not to be written to.
     *
     * @throws FileException EIO; EUCLEAN if its checksum is wrong
     */
    public GroupDescriptor read(int group) throws FileException {
        long place = place(group);
        ByteBuffer block = store.read(place);
        GroupDescriptor descriptor = descriptor(block, group);
        if (!areSealed(place, block, group) && !descriptor.isSealed(geometry, group)) {
            throw DamageException.ofGroup(group, "wrong checksum of the descriptor");
        }
        return descriptor;
    }

    /** Whether all descriptors of a block have been found right since it came into memory. */
    private boolean areSealed(long place, ByteBuffer block, int group) {
        int first = group - group % perBlock;
        long sealed = BlockMark.DESCRIPTORS.of(first);
        long damaged = BlockMark.DAMAGED_DESCRIPTORS.of(first);
        long mark = store.mark(place);
        if (mark != sealed && mark != damaged) {
            int end = (int) Math.min(first + (long) perBlock, geometry.groups());
            mark = sealed;
            for (int i = first; i < end && mark == sealed; i++) {
                mark = descriptor(block, i).isSealed(geometry, i) ? sealed : damaged;
            }
            store.setMark(place, mark);
        }
        return mark == sealed;
    }

    /** The same, to be changed; {@link #seal} follows. */
    public GroupDescriptor modify(Change change, int group) throws FileException {
        return descriptor(change.modify(place(group)), group);
    }

    /** Makes the checksum right, as the last thing that is done to a descriptor. */
    public void seal(Change change, int group) throws FileException {
        modify(change, group).seal(geometry, group);
    }

    /** The first group whose descriptors are kept by {@link Feature#META_BG}. */
    long firstMetaGroup() {
        return firstMetaGroup;
    }

    /** How many blocks a group begins with that are copies of the superblock or descriptors. */
    public long leadingBlocks(int group) {
        long superblock = geometry.hasSuperblock(group) ? 1 : 0;
        if (group >= firstMetaGroup) {
            return superblock + (hasMetaBlock(group) ? 1 : 0);
        }
        long tables =
                geometry.has(Feature.META_BG)
                        ? Math.min(geometry.firstMetaGroup(), geometry.descriptorBlocks())
                        : geometry.descriptorBlocks();
        return superblock == 0 ? 0 : superblock + tables + geometry.reservedDescriptorBlocks();
    }

    /** The first two and the last of as many groups as a block describes have that block. */
    private boolean hasMetaBlock(int group) {
        int inBlock = group % perBlock;
        return inBlock <= 1 || inBlock == perBlock - 1;
    }

    /** The block that a group's descriptor is in. */
    public long place(int group) {
        int block = group / perBlock;
        if (group < firstMetaGroup) {
            return SUPERBLOCK_POSITION / geometry.blockBytes() + 1 + block;
        }
        int first = block * perBlock;
        return geometry.firstBlock(first) + (geometry.hasSuperblock(first) ? 1 : 0);
    }

    private GroupDescriptor descriptor(ByteBuffer block, int group) {
        int offset = group % perBlock * geometry.descriptorBytes();
        return new GroupDescriptor(geometry, block, offset);
    }
}
