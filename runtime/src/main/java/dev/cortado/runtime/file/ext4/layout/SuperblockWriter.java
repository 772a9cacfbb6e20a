package dev.cortado.runtime.file.ext4.layout;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** A superblock of a file system that is not mounted: one is being made, or grown. */
public final class SuperblockWriter {
    /** Counts and times that only programs for checking and making know. */
    private static final int MOST_MOUNTS = 0x36;

    private static final int LAST_CHECK_TIME = 0x40;
    private static final int GROUP = 0x5A;
    private static final int JOURNAL_BACKUP_TYPE = 0xFD;
    private static final int MADE_TIME = 0x108;
    private static final int JOURNAL_BACKUP = 0x10C;
    private static final int LAST_CHECK_TIME_HIGH = 0x277;
    private static final int MADE_TIME_HIGH = 0x276;

    private static final int LINUX = 0;
    private static final int WITH_FEATURES = 1;
    private static final int GO_ON_AFTER_ERRORS = 1;
    private static final int FIRST_ORDINARY_INODE = 11;
    private static final int HALF_MD4 = 1;
    private static final int CRC32C = 1;
    private static final int MAP_AND_SIZE = 1;
    private static final int NEVER = 0xFFFF;

    /** Bits of the default mount options: user_xattr and acl. */
    private static final int ATTRIBUTES_AND_ACCESS_LISTS = 0xC;

    /** A bit of the flags: names are hashed as signed bytes. */
    private static final int SIGNED_HASH = 0x1;

    private static final int SMALLEST_BLOCK = 1024;

    private final ByteBuffer bytes;

    private SuperblockWriter(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Of a new file system, of which the other methods tell the rest. */
    public static SuperblockWriter of(Set<Feature> features) {
        ByteBuffer bytes =
                ByteBuffer.allocate(SuperblockLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(SuperblockLayout.MAGIC, (short) SuperblockLayout.MAGIC_NUMBER);
        bytes.putShort(SuperblockLayout.STATE, (short) Superblock.STATE_VALID);
        bytes.putShort(SuperblockLayout.ERRORS, (short) GO_ON_AFTER_ERRORS);
        bytes.putShort(MOST_MOUNTS, (short) NEVER);
        bytes.putInt(SuperblockLayout.CREATOR, LINUX);
        bytes.putInt(SuperblockLayout.REVISION, WITH_FEATURES);
        bytes.putInt(SuperblockLayout.FIRST_INODE, FIRST_ORDINARY_INODE);
        bytes.putInt(SuperblockLayout.DEFAULT_MOUNT_OPTIONS, ATTRIBUTES_AND_ACCESS_LISTS);
        bytes.putInt(SuperblockLayout.FLAGS, SIGNED_HASH);
        bytes.put(SuperblockLayout.CHECKSUM_TYPE, (byte) CRC32C);
        SuperblockWriter writer = new SuperblockWriter(bytes);
        writer.setFeatures(features);
        return writer;
    }

    /** Of a file system that is there. */
    public static SuperblockWriter of(ByteBuffer from, int offset) {
        ByteBuffer bytes =
                ByteBuffer.allocate(SuperblockLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, from, offset, SuperblockLayout.BYTES);
        return new SuperblockWriter(bytes);
    }

    private void setFeatures(Set<Feature> features) {
        for (Feature.Set set : EnumSet.allOf(Feature.Set.class)) {
            int word = 0;
            for (Feature feature : features) {
                word |= feature.set() == set ? feature.bit() : 0;
            }
            bytes.putInt(field(set), word);
        }
    }

    private static int field(Feature.Set set) {
        return switch (set) {
            case COMPATIBLE -> SuperblockLayout.COMPATIBLE;
            case INCOMPATIBLE -> SuperblockLayout.INCOMPATIBLE;
            case READ_ONLY_COMPATIBLE -> SuperblockLayout.READ_ONLY_COMPATIBLE;
        };
    }

    /** Sizes that never change. */
    public void setShape(
            int blockBytes, int blocksPerGroup, int inodesPerGroup, int inodeBytes, int flexBits) {
        int log = Integer.numberOfTrailingZeros(blockBytes / SMALLEST_BLOCK);
        bytes.putInt(SuperblockLayout.LOG_BLOCK_SIZE, log);
        bytes.putInt(SuperblockLayout.LOG_CLUSTER_SIZE, log);
        bytes.putInt(SuperblockLayout.FIRST_DATA_BLOCK, blockBytes == SMALLEST_BLOCK ? 1 : 0);
        bytes.putInt(SuperblockLayout.BLOCKS_PER_GROUP, blocksPerGroup);
        bytes.putInt(SuperblockLayout.CLUSTERS_PER_GROUP, blocksPerGroup);
        bytes.putInt(SuperblockLayout.INODES_PER_GROUP, inodesPerGroup);
        bytes.putShort(SuperblockLayout.INODE_SIZE, (short) inodeBytes);
        int extra = InodeLayout.KNOWN_EXTRA_BYTES;
        bytes.putShort(SuperblockLayout.MINIMUM_EXTRA_SIZE, (short) extra);
        bytes.putShort(SuperblockLayout.WANTED_EXTRA_SIZE, (short) extra);
        bytes.putShort(SuperblockLayout.DESCRIPTOR_SIZE, (short) Geometry.LARGE_DESCRIPTOR_BYTES);
        bytes.put(SuperblockLayout.LOG_GROUPS_PER_FLEX, (byte) flexBits);
    }

    /** How many there are. */
    public void setCounts(long blocks, long inodes, long reservedBlocks) {
        setWide(SuperblockLayout.BLOCKS_LOW, SuperblockLayout.BLOCKS_HIGH, blocks);
        setWide(
                SuperblockLayout.RESERVED_BLOCKS_LOW,
                SuperblockLayout.RESERVED_BLOCKS_HIGH,
                reservedBlocks);
        bytes.putInt(SuperblockLayout.INODES, (int) inodes);
    }

    /** How many of them are free, and how many blocks hold no file's data or map. */
    public void setFree(long blocks, long inodes, long overheadBlocks) {
        setWide(SuperblockLayout.FREE_BLOCKS_LOW, SuperblockLayout.FREE_BLOCKS_HIGH, blocks);
        bytes.putInt(SuperblockLayout.FREE_INODES, (int) inodes);
        // Of 32 bits; where it is too small for the number, the kernel counts by itself.
        boolean fits = overheadBlocks >>> Integer.SIZE == 0;
        bytes.putInt(SuperblockLayout.OVERHEAD_BLOCKS, fits ? (int) overheadBlocks : 0);
    }

    private void setWide(int low, int high, long number) {
        bytes.putInt(low, (int) number);
        boolean isWide =
                (bytes.getInt(SuperblockLayout.INCOMPATIBLE) & Feature.SIXTY_FOUR_BIT.bit()) != 0;
        if (isWide) {
            bytes.putInt(high, (int) (number >>> Integer.SIZE));
        }
    }

    /** Blocks behind the descriptors for more of them. */
    public void setReservedDescriptorBlocks(int count) {
        bytes.putShort(SuperblockLayout.RESERVED_DESCRIPTOR_BLOCKS, (short) count);
    }

    /**
     * @param label at most 16 bytes of UTF-8
     */
    public void setIdentity(UUID uuid, String label, UUID hashSeed) {
        putUuid(SuperblockLayout.UUID, uuid);
        putUuid(SuperblockLayout.HASH_SEED, hashSeed);
        bytes.put(SuperblockLayout.HASH_VERSION, (byte) HALF_MD4);
        bytes.put(SuperblockLayout.LABEL, label.getBytes(StandardCharsets.UTF_8));
    }

    private void putUuid(int field, UUID uuid) {
        bytes.putLong(field, Long.reverseBytes(uuid.getMostSignificantBits()));
        bytes.putLong(field + Long.BYTES, Long.reverseBytes(uuid.getLeastSignificantBits()));
    }

    /**
     * @param seconds since 1970
     */
    public void setMade(long seconds) {
        putTime(MADE_TIME, MADE_TIME_HIGH, seconds);
        putTime(LAST_CHECK_TIME, LAST_CHECK_TIME_HIGH, seconds);
        putTime(SuperblockLayout.WRITE_TIME, SuperblockLayout.WRITE_TIME_HIGH, seconds);
    }

    private void putTime(int low, int high, long seconds) {
        bytes.putInt(low, (int) seconds);
        bytes.put(high, (byte) (seconds >> Integer.SIZE));
    }

    /**
     * Names the journal, and keeps a copy of where it is.
     *
     * @param map {@code i_block} of its inode, from 0 to its limit
     * @param size of it in bytes
     */
    public void setJournal(long inode, ByteBuffer map, long size) {
        bytes.putInt(SuperblockLayout.JOURNAL_INODE, (int) inode);
        bytes.put(JOURNAL_BACKUP_TYPE, (byte) MAP_AND_SIZE);
        bytes.put(JOURNAL_BACKUP, map, 0, map.limit());
        bytes.putInt(JOURNAL_BACKUP + map.limit(), (int) (size >>> Integer.SIZE));
        bytes.putInt(JOURNAL_BACKUP + map.limit() + Integer.BYTES, (int) size);
    }

    /** What it says so far, for a device of that size. */
    public Geometry geometry(long deviceBytes) throws FileException {
        return Geometry.of(bytes(0), 0, deviceBytes);
    }

    /** The bytes of the superblock, or of its copy in a group; from 0 to the limit. */
    public ByteBuffer bytes(int group) {
        bytes.putShort(GROUP, (short) group);
        boolean hasChecksum =
                (bytes.getInt(SuperblockLayout.READ_ONLY_COMPATIBLE) & Feature.METADATA_CSUM.bit())
                        != 0;
        if (hasChecksum) {
            bytes.putInt(SuperblockLayout.CHECKSUM, SuperblockCheck.checksum(bytes, 0));
        }
        return bytes.duplicate().clear();
    }
}
