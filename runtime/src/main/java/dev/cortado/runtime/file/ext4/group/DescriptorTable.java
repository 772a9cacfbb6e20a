package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.Crc32c;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.nio.ByteBuffer;

/** Where the groups' descriptors are, and their checksums. */
final class DescriptorTable {
    private static final int SUPERBLOCK_POSITION = 1024;

    /** Stands for the checksum where it is computed. */
    private static final ByteBuffer NO_CHECKSUM = ByteBuffer.allocate(Short.BYTES);

    private final Geometry geometry;
    private final MetadataStore store;
    private final int perBlock;
    private final boolean isLarge;

    DescriptorTable(Geometry geometry, MetadataStore store) {
        this.geometry = geometry;
        this.store = store;
        perBlock = geometry.blockBytes() / geometry.descriptorBytes();
        isLarge = geometry.descriptorBytes() >= Geometry.LARGE_DESCRIPTOR_BYTES;
    }

    /** Whether flags and checksums of descriptors mean anything. */
    boolean hasChecksums() {
        return geometry.has(Feature.METADATA_CSUM) || geometry.has(Feature.UNINIT_BG);
    }

    /** A group's descriptor, not to be written to. */
    GroupDescriptor read(int group) throws FileException {
        ByteBuffer block = store.read(place(group));
        GroupDescriptor descriptor = descriptor(block, group);
        if (hasChecksums() && descriptor.checksum() != checksum(block, group)) {
            throw DamageException.ofGroup(group, "wrong checksum of the descriptor");
        }
        return descriptor;
    }

    /** The same, to be changed; {@link #seal} follows. */
    GroupDescriptor modify(Change change, int group) throws FileException {
        return descriptor(change.modify(place(group)), group);
    }

    /** Makes the checksum right, as the last thing that is done to a descriptor. */
    void seal(Change change, int group) throws FileException {
        if (hasChecksums()) {
            ByteBuffer block = change.modify(place(group));
            descriptor(block, group).setChecksum(checksum(block, group));
        }
    }

    /** The first group whose descriptors are kept by {@link Feature#META_BG}. */
    long firstMetaGroup() {
        return geometry.has(Feature.META_BG)
                ? Math.min(geometry.firstMetaGroup() * perBlock, geometry.groups())
                : geometry.groups();
    }

    /** How many blocks a group begins with that are copies of the superblock or descriptors. */
    long leadingBlocks(int group) {
        long superblock = geometry.hasSuperblock(group) ? 1 : 0;
        if (group >= firstMetaGroup()) {
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

    private long place(int group) {
        int block = group / perBlock;
        if (group < firstMetaGroup()) {
            return SUPERBLOCK_POSITION / geometry.blockBytes() + 1 + block;
        }
        int first = block * perBlock;
        return geometry.firstBlock(first) + (geometry.hasSuperblock(first) ? 1 : 0);
    }

    private int offset(int group) {
        return group % perBlock * geometry.descriptorBytes();
    }

    private GroupDescriptor descriptor(ByteBuffer block, int group) {
        return new GroupDescriptor(block, offset(group), isLarge);
    }

    private int checksum(ByteBuffer block, int group) {
        int offset = offset(group);
        int behind = GroupDescriptor.CHECKSUM + Short.BYTES;
        int rest = geometry.descriptorBytes() - behind;
        if (geometry.has(Feature.METADATA_CSUM)) {
            int crc = Crc32c.update(geometry.checksumSeed(), group);
            crc = Crc32c.update(crc, block, offset, GroupDescriptor.CHECKSUM);
            crc = Crc32c.update(crc, NO_CHECKSUM, 0, NO_CHECKSUM.capacity());
            return Crc32c.update(crc, block, offset + behind, rest) & 0xFFFF;
        }
        byte[] uuid = geometry.uuid();
        int crc = Crc16.update(Crc16.BEGIN, ByteBuffer.wrap(uuid), 0, uuid.length);
        crc = Crc16.update(crc, group);
        crc = Crc16.update(crc, block, offset, GroupDescriptor.CHECKSUM);
        return Crc16.update(crc, block, offset + behind, rest);
    }
}
