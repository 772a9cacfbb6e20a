package dev.cortado.runtime.file.ext4.layout;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Crc32c;
import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What the superblock says that does not change while the file system is mounted; all of it has
 * been checked, so that places computed from it are on the device. What changes is in {@link
 * Superblock}.
 */
public final class Geometry {
    public static final long ROOT_INODE = 2;

    /** An inode's size without what came later. */
    public static final int CLASSIC_INODE_BYTES = 128;

    /** A group descriptor's size without, and at least with {@link Feature#SIXTY_FOUR_BIT}. */
    public static final int SMALL_DESCRIPTOR_BYTES = 32;

    public static final int LARGE_DESCRIPTOR_BYTES = 64;

    private static final int UNSIGNED_HASH_FLAG = 0x2;

    /** In revision 0, where the superblock does not say it. */
    private static final int FIRST_ORDINARY_INODE = 11;

    private final ByteBuffer bytes;

    /** These, which every look at an inode asks for, are read once. */
    private final Features features;

    private final int blockBytes;
    private final long blocks;
    private final int groups;
    private final int inodeBytes;
    private final int descriptorBytes;
    private final long firstDataBlock;
    private final long blocksPerGroup;
    private final long inodes;
    private final long inodesPerGroup;
    private final int checksumSeed;

    /** Of bytes that have been checked. */
    private Geometry(ByteBuffer bytes) {
        this.bytes = bytes;
        features = features(bytes);
        blockBytes = blockBytes(bytes);
        blocks = blocks(bytes, features);
        groups = (int) groups(bytes, features);
        inodeBytes = inodeBytes(bytes);
        descriptorBytes = descriptorBytes(bytes, features);
        firstDataBlock = unsigned(SuperblockLayout.FIRST_DATA_BLOCK);
        blocksPerGroup = unsigned(SuperblockLayout.BLOCKS_PER_GROUP);
        inodes = unsigned(SuperblockLayout.INODES);
        inodesPerGroup = unsigned(SuperblockLayout.INODES_PER_GROUP);
        checksumSeed =
                features.has(Feature.METADATA_CSUM_SEED)
                        ? bytes.getInt(SuperblockLayout.CHECKSUM_SEED)
                        : Crc32c.update(-1, bytes, SuperblockLayout.UUID, 16);
    }

    /**
     * Reads the superblock of a device.
     *
     * @throws FileException EINVAL if there is none, or one that says what cannot be, or asks for a
     *     feature that is not supported; the message says which
     */
    public static Geometry of(Storage storage) throws FileException {
        return read(storage, false);
    }

    /**
     * As {@link #of(Storage)}, but with any checksum if there is a journal: a machine that ended
     * while the superblock was put into its place may have left it in part as it was before; what
     * does not change is the same in both parts.
     */
    public static Geometry beforeRecovery(Storage storage) throws FileException {
        return read(storage, true);
    }

    private static Geometry read(Storage storage, boolean mayBeTorn) throws FileException {
        int sector = Math.max(storage.sectorBytes(), SuperblockLayout.BYTES);
        long begin = SuperblockLayout.POSITION / sector * (long) sector;
        if (storage.bytes() < begin + sector) {
            throw SuperblockCheck.refused(storage.name() + ": too small for a file system");
        }
        ByteBuffer sectors = ByteBuffer.allocate(sector);
        storage.read(begin, sectors);
        int offset = (int) (SuperblockLayout.POSITION - begin);
        try {
            return read(sectors, offset, storage.bytes(), mayBeTorn);
        } catch (FileException e) {
            throw new FileException(e.errno(), storage.name() + ": " + e.path());
        }
    }

    /**
     * As {@link #of(Storage)}, of bytes that were read.
     *
     * @param offset of the superblock in them
     * @param deviceBytes of the device
     */
    public static Geometry of(ByteBuffer from, int offset, long deviceBytes) throws FileException {
        return read(from, offset, deviceBytes, false);
    }

    private static Geometry read(ByteBuffer from, int offset, long deviceBytes, boolean mayBeTorn)
            throws FileException {
        ByteBuffer bytes =
                ByteBuffer.allocate(SuperblockLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, from, offset, SuperblockLayout.BYTES);
        SuperblockCheck.check(bytes, deviceBytes, mayBeTorn);
        return new Geometry(bytes);
    }

    static Features features(ByteBuffer bytes) {
        if (bytes.getInt(SuperblockLayout.REVISION) == 0) {
            return new Features(0, 0, 0);
        }
        return new Features(
                bytes.getInt(SuperblockLayout.COMPATIBLE),
                bytes.getInt(SuperblockLayout.INCOMPATIBLE),
                bytes.getInt(SuperblockLayout.READ_ONLY_COMPATIBLE));
    }

    static int blockBytes(ByteBuffer bytes) {
        return 1024 << bytes.getInt(SuperblockLayout.LOG_BLOCK_SIZE);
    }

    static long blocks(ByteBuffer bytes, Features features) {
        return wide(bytes, features, SuperblockLayout.BLOCKS_LOW, SuperblockLayout.BLOCKS_HIGH);
    }

    static long reservedBlocks(ByteBuffer bytes, Features features) {
        return wide(
                bytes,
                features,
                SuperblockLayout.RESERVED_BLOCKS_LOW,
                SuperblockLayout.RESERVED_BLOCKS_HIGH);
    }

    private static long wide(ByteBuffer bytes, Features features, int low, int high) {
        long number = Integer.toUnsignedLong(bytes.getInt(low));
        return features.has(Feature.SIXTY_FOUR_BIT)
                ? number | (long) bytes.getInt(high) << Integer.SIZE
                : number;
    }

    static long groups(ByteBuffer bytes, Features features) {
        long first = Integer.toUnsignedLong(bytes.getInt(SuperblockLayout.FIRST_DATA_BLOCK));
        long perGroup = Integer.toUnsignedLong(bytes.getInt(SuperblockLayout.BLOCKS_PER_GROUP));
        return (blocks(bytes, features) - first + perGroup - 1) / perGroup;
    }

    static int inodeBytes(ByteBuffer bytes) {
        return bytes.getInt(SuperblockLayout.REVISION) == 0
                ? CLASSIC_INODE_BYTES
                : Short.toUnsignedInt(bytes.getShort(SuperblockLayout.INODE_SIZE));
    }

    static long firstInode(ByteBuffer bytes) {
        return bytes.getInt(SuperblockLayout.REVISION) == 0
                ? FIRST_ORDINARY_INODE
                : Integer.toUnsignedLong(bytes.getInt(SuperblockLayout.FIRST_INODE));
    }

    private static int descriptorBytes(ByteBuffer bytes, Features features) {
        return features.has(Feature.SIXTY_FOUR_BIT)
                ? Short.toUnsignedInt(bytes.getShort(SuperblockLayout.DESCRIPTOR_SIZE))
                : SMALL_DESCRIPTOR_BYTES;
    }

    static long descriptorBlocks(ByteBuffer bytes, Features features) {
        long perBlock = blockBytes(bytes) / descriptorBytes(bytes, features);
        return (groups(bytes, features) + perBlock - 1) / perBlock;
    }

    public Features features() {
        return features;
    }

    public boolean has(Feature feature) {
        return features.has(feature);
    }

    /** Bytes of a block: 1024 to 65536, a power of two. */
    public int blockBytes() {
        return blockBytes;
    }

    /** Blocks of the file system, those before the first group's included. */
    public long blocks() {
        return blocks;
    }

    /** Whether a block's number is one that a file may use, so far as only its range says. */
    public boolean isBlock(long block) {
        return block > firstDataBlock && block < blocks;
    }

    /** Where the first group begins: 1 if a block has 1024 bytes, else 0. */
    public long firstDataBlock() {
        return firstDataBlock;
    }

    public long blocksPerGroup() {
        return blocksPerGroup;
    }

    /** Blocks that one bit of a bitmap stands for: more than 1 with {@link Feature#BIGALLOC}. */
    public int clusterBlocks() {
        return has(Feature.BIGALLOC)
                ? 1
                        << bytes.getInt(SuperblockLayout.LOG_CLUSTER_SIZE)
                                - bytes.getInt(SuperblockLayout.LOG_BLOCK_SIZE)
                : 1;
    }

    public int groups() {
        return groups;
    }

    /** The group that a block is in. */
    public int groupOfBlock(long block) {
        return (int) ((block - firstDataBlock) / blocksPerGroup);
    }

    /** A group's first block. */
    public long firstBlock(int group) {
        return firstDataBlock + group * blocksPerGroup;
    }

    /** How many blocks a group has: the last one may have less than the others. */
    public long blocksOf(int group) {
        return Math.min(blocksPerGroup, blocks - firstBlock(group));
    }

    public long inodes() {
        return inodes;
    }

    /** Whether it can have features: not in the first revision of the format. */
    public boolean hasFeatures() {
        return bytes.getInt(SuperblockLayout.REVISION) != 0;
    }

    /** A multiple of how many a block has. */
    public long inodesPerGroup() {
        return inodesPerGroup;
    }

    /** Blocks that the inodes of a group take. */
    public long tableBlocks() {
        return inodesPerGroup * inodeBytes / blockBytes;
    }

    /** The first one that ordinary files use; but for the root, those before it are special. */
    public long firstInode() {
        return firstInode(bytes);
    }

    /** The group that an inode is in; numbers begin with 1. */
    public int groupOfInode(long inode) {
        return (int) ((inode - 1) / inodesPerGroup);
    }

    /** A power of two, at least {@link #CLASSIC_INODE_BYTES}, at most a block. */
    public int inodeBytes() {
        return inodeBytes;
    }

    /** Of what comes behind {@link #CLASSIC_INODE_BYTES}: how many bytes new inodes use. */
    public int wantedExtraBytes() {
        int room = Math.min(inodeBytes - CLASSIC_INODE_BYTES, InodeLayout.KNOWN_EXTRA_BYTES);
        return has(Feature.EXTRA_ISIZE)
                ? Short.toUnsignedInt(bytes.getShort(SuperblockLayout.WANTED_EXTRA_SIZE))
                : room;
    }

    public int descriptorBytes() {
        return descriptorBytes;
    }

    /** Blocks that all groups' descriptors take. */
    public long descriptorBlocks() {
        return descriptorBlocks(bytes, features);
    }

    /** Blocks behind the descriptors, in each group that has them, for more of them. */
    public int reservedDescriptorBlocks() {
        return Short.toUnsignedInt(bytes.getShort(SuperblockLayout.RESERVED_DESCRIPTOR_BLOCKS));
    }

    /** With {@link Feature#META_BG}: the first block of descriptors that is in its own groups. */
    public long firstMetaGroup() {
        return unsigned(SuperblockLayout.FIRST_META_GROUP);
    }

    /** Groups whose bitmaps and tables are kept together: 1 without {@link Feature#FLEX_BG}. */
    public int groupsPerFlex() {
        return has(Feature.FLEX_BG) ? 1 << bytes.get(SuperblockLayout.LOG_GROUPS_PER_FLEX) : 1;
    }

    /** Whether a group begins with the superblock or a copy of it. */
    public boolean hasSuperblock(int group) {
        if (group == 0) {
            return true;
        }
        if (has(Feature.SPARSE_SUPER2)) {
            return group == bytes.getInt(SuperblockLayout.BACKUP_GROUPS)
                    || group == bytes.getInt(SuperblockLayout.BACKUP_GROUPS + Integer.BYTES);
        }
        return !has(Feature.SPARSE_SUPER)
                || group == 1
                || isPower(group, 3)
                || isPower(group, 5)
                || isPower(group, 7);
    }

    private static boolean isPower(int number, int base) {
        int left = number;
        while (left % base == 0) {
            left /= base;
        }
        return left == 1;
    }

    /** Blocks that only {@link #reservedUser} may use up. */
    public long reservedBlocks() {
        return reservedBlocks(bytes, features);
    }

    /** What mke2fs counted as the file system's own blocks; 0 if it did not. */
    public long overheadBlocks() {
        return unsigned(SuperblockLayout.OVERHEAD_BLOCKS);
    }

    public int reservedUser() {
        return Short.toUnsignedInt(bytes.getShort(SuperblockLayout.RESERVED_USER));
    }

    /** What the CRCs of all metadata begin with. */
    public int checksumSeed() {
        return checksumSeed;
    }

    /** Sixteen bytes, a copy. */
    public byte[] uuid() {
        byte[] uuid = new byte[16];
        bytes.get(SuperblockLayout.UUID, uuid);
        return uuid;
    }

    /** The volume's name; empty if it has none. */
    public String label() {
        byte[] label = new byte[SuperblockLayout.LABEL_BYTES];
        bytes.get(SuperblockLayout.LABEL, label);
        String text = new String(label, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** The four words that hashes of names begin with, a copy. */
    public int[] hashSeed() {
        int[] seed = new int[4];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = bytes.getInt(SuperblockLayout.HASH_SEED + i * Integer.BYTES);
        }
        return seed;
    }

    /** Of new directories' hashes: 0 legacy, 1 half MD4, 2 TEA. */
    public int hashVersion() {
        return bytes.get(SuperblockLayout.HASH_VERSION);
    }

    /** Whether hashes take the bytes of names as unsigned. */
    public boolean isHashUnsigned() {
        return (bytes.getInt(SuperblockLayout.FLAGS) & UNSIGNED_HASH_FLAG) != 0;
    }

    /** The inode that is the journal; 0 if there is none. */
    public long journalInode() {
        return has(Feature.HAS_JOURNAL) ? unsigned(SuperblockLayout.JOURNAL_INODE) : 0;
    }

    /** The inode that lists files without names; 0 if there is none. */
    public long orphanFileInode() {
        return has(Feature.ORPHAN_FILE) ? unsigned(SuperblockLayout.ORPHAN_FILE_INODE) : 0;
    }

    private long unsigned(int field) {
        return Integer.toUnsignedLong(bytes.getInt(field));
    }
}
