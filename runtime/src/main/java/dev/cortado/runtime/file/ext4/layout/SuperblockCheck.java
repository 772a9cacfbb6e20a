package dev.cortado.runtime.file.ext4.layout;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;

/** Whether a superblock's numbers can be those of a file system on a device of a given size. */
final class SuperblockCheck {
    private static final int MAXIMUM_LOG_BLOCK_SIZE = 6;
    private static final int MAXIMUM_LOG_CLUSTER_SIZE = 20;
    private static final int FIRST_ORDINARY_INODE = 11;
    private static final int MAXIMUM_DESCRIPTOR_BYTES = 1024;

    /** TEA. Linux has numbers for unsigned ones behind it, which are on no disk. */
    private static final int MAXIMUM_HASH_VERSION = 2;

    private static final int CRC32C_CHECKSUM = 1;

    private final ByteBuffer bytes;
    private final Features features;

    private SuperblockCheck(ByteBuffer bytes) {
        this.bytes = bytes;
        features = Geometry.features(bytes);
    }

    /**
     * @param bytes of the superblock, little-endian
     * @param mayBeTorn whether any checksum is right if there is a journal
     * @throws FileException EINVAL: what is wrong, or which feature is not supported
     */
    static void check(ByteBuffer bytes, long deviceBytes, boolean mayBeTorn) throws FileException {
        if (Short.toUnsignedInt(bytes.getShort(SuperblockLayout.MAGIC))
                != SuperblockLayout.MAGIC_NUMBER) {
            throw refused("no ext4 superblock");
        }
        SuperblockCheck check = new SuperblockCheck(bytes);
        check.checkRevision();
        if (!mayBeTorn || !check.features.has(Feature.HAS_JOURNAL)) {
            check.checkChecksum();
        }
        check.checkBlockSize();
        check.checkInodeSize();
        check.checkGroups(deviceBytes);
        check.checkDescriptors();
        check.checkInodes();
        check.checkNumbers();
    }

    static FileException refused(String why) {
        return new FileException(Errno.EINVAL, why);
    }

    private static void require(boolean condition, String field, long value) throws FileException {
        if (!condition) {
            throw refused("superblock: " + field + " is " + Long.toUnsignedString(value));
        }
    }

    private void checkRevision() throws FileException {
        int revision = bytes.getInt(SuperblockLayout.REVISION);
        require(revision == 0 || revision == 1, "revision", Integer.toUnsignedLong(revision));
        String refused = features.firstRefused();
        if (refused != null) {
            throw refused("ext4 feature " + refused + " is not supported");
        }
    }

    private void checkChecksum() throws FileException {
        if (!features.has(Feature.METADATA_CSUM)) {
            return;
        }
        int type = bytes.get(SuperblockLayout.CHECKSUM_TYPE);
        require(type == CRC32C_CHECKSUM, "checksum type", type);
        int computed = checksum(bytes, 0);
        if (computed != bytes.getInt(SuperblockLayout.CHECKSUM)) {
            throw refused("superblock: wrong checksum");
        }
    }

    /** Of a superblock that begins at an offset. */
    static int checksum(ByteBuffer bytes, int offset) {
        return Crc32c.update(-1, bytes, offset, SuperblockLayout.CHECKSUM);
    }

    private void checkBlockSize() throws FileException {
        long log = number(SuperblockLayout.LOG_BLOCK_SIZE);
        require(log <= MAXIMUM_LOG_BLOCK_SIZE, "block size's logarithm", log);
        long logCluster = number(SuperblockLayout.LOG_CLUSTER_SIZE);
        boolean hasClusters = features.has(Feature.BIGALLOC);
        require(
                hasClusters
                        ? logCluster >= log && logCluster <= MAXIMUM_LOG_CLUSTER_SIZE
                        : logCluster == log || bytes.getInt(SuperblockLayout.REVISION) == 0,
                "cluster size's logarithm",
                logCluster);
        long first = number(SuperblockLayout.FIRST_DATA_BLOCK);
        require(
                first == (log == 0 && !hasClusters ? 1 : 0) || first == 0 && log == 0,
                "first data block",
                first);
    }

    private void checkInodeSize() throws FileException {
        int size = Geometry.inodeBytes(bytes);
        boolean isPower = Integer.bitCount(size) == 1;
        require(
                isPower && size >= Geometry.CLASSIC_INODE_BYTES && size <= blockBytes(),
                "inode size",
                size);
        if (features.has(Feature.EXTRA_ISIZE)) {
            int room = size - Geometry.CLASSIC_INODE_BYTES;
            int least = halfNumber(SuperblockLayout.MINIMUM_EXTRA_SIZE);
            int wanted = halfNumber(SuperblockLayout.WANTED_EXTRA_SIZE);
            require(least <= room, "least extra inode size", least);
            require(wanted <= room && wanted % 4 == 0, "wanted extra inode size", wanted);
        }
    }

    private void checkGroups(long deviceBytes) throws FileException {
        long blocks = Geometry.blocks(bytes, features);
        long first = number(SuperblockLayout.FIRST_DATA_BLOCK);
        long held = deviceBytes / blockBytes();
        require(blocks > first, "number of blocks", blocks);
        if (blocks > held) {
            throw refused(
                    "superblock: " + blocks + " blocks on a device that has room for " + held);
        }
        long perGroup = number(SuperblockLayout.BLOCKS_PER_GROUP);
        long bitmapBits = 8L * blockBytes();
        long clusterBlocks =
                features.has(Feature.BIGALLOC)
                        ? 1L
                                << number(SuperblockLayout.LOG_CLUSTER_SIZE)
                                        - number(SuperblockLayout.LOG_BLOCK_SIZE)
                        : 1;
        require(
                perGroup > 0
                        && perGroup % (8 * clusterBlocks) == 0
                        && perGroup <= bitmapBits * clusterBlocks,
                "blocks per group",
                perGroup);
        long groups = (blocks - first + perGroup - 1) / perGroup;
        require(groups <= Integer.MAX_VALUE, "number of groups", groups);
    }

    private void checkDescriptors() throws FileException {
        int size = halfNumber(SuperblockLayout.DESCRIPTOR_SIZE);
        if (features.has(Feature.SIXTY_FOUR_BIT)) {
            require(
                    Integer.bitCount(size) == 1
                            && size >= Geometry.LARGE_DESCRIPTOR_BYTES
                            && size <= Math.min(MAXIMUM_DESCRIPTOR_BYTES, blockBytes()),
                    "descriptor size",
                    size);
        }
        int reserved = halfNumber(SuperblockLayout.RESERVED_DESCRIPTOR_BLOCKS);
        require(reserved <= blockBytes() / 4, "reserved descriptor blocks", reserved);
        long flex = Byte.toUnsignedLong(bytes.get(SuperblockLayout.LOG_GROUPS_PER_FLEX));
        require(
                !features.has(Feature.FLEX_BG) || flex < Integer.SIZE - 1,
                "flexible group size's logarithm",
                flex);
    }

    private void checkInodes() throws FileException {
        long perGroup = number(SuperblockLayout.INODES_PER_GROUP);
        long perBlock = blockBytes() / Geometry.inodeBytes(bytes);
        require(
                perGroup > 0 && perGroup % perBlock == 0 && perGroup <= 8L * blockBytes(),
                "inodes per group",
                perGroup);
        long inodes = number(SuperblockLayout.INODES);
        long groups = Geometry.groups(bytes, features);
        require(inodes == perGroup * groups, "number of inodes", inodes);
        long first = Geometry.firstInode(bytes);
        require(first >= FIRST_ORDINARY_INODE && first <= inodes, "first inode", first);
        for (int field :
                new int[] {SuperblockLayout.JOURNAL_INODE, SuperblockLayout.ORPHAN_FILE_INODE}) {
            long inode = number(field);
            require(inode <= inodes, "an inode for the file system's own use", inode);
        }
    }

    private void checkNumbers() throws FileException {
        long reserved = Geometry.reservedBlocks(bytes, features);
        require(
                reserved >= 0 && reserved <= Geometry.blocks(bytes, features),
                "reserved blocks",
                reserved);
        long hash = Byte.toUnsignedLong(bytes.get(SuperblockLayout.HASH_VERSION));
        require(
                !features.has(Feature.DIR_INDEX) || hash <= MAXIMUM_HASH_VERSION,
                "hash version",
                hash);
        long firstMeta = number(SuperblockLayout.FIRST_META_GROUP);
        require(
                !features.has(Feature.META_BG)
                        || firstMeta <= Geometry.descriptorBlocks(bytes, features),
                "first meta block group",
                firstMeta);
    }

    private int blockBytes() {
        return Geometry.blockBytes(bytes);
    }

    private long number(int field) {
        return Integer.toUnsignedLong(bytes.getInt(field));
    }

    private int halfNumber(int field) {
        return Short.toUnsignedInt(bytes.getShort(field));
    }
}
