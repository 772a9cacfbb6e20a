package dev.cortado.runtime.file.ext4.layout;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;

/**
 * An inode in a block of a group's table. Whoever sets fields calls {@link #seal} at the end. As
 * long as the block's bytes are good, so is this.
 */
public final class InodeRecord {
    /** Bytes of the map: of extents, block numbers, or what else a file keeps there. */
    public static final int MAP_BYTES = 60;

    /** Of the size as {@link #sectors} counts. */
    public static final int SECTOR_BYTES = 512;

    private static final int KIND_MASK = 0170000;
    private static final long MAXIMUM_SECTORS = (1L << 48) - 1;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(2);

    private final Geometry geometry;
    private final long number;
    private final ByteBuffer bytes;
    private final int offset;

    /**
     * @param bytes little-endian, of the block
     * @param offset of the inode in them
     */
    public InodeRecord(Geometry geometry, long number, ByteBuffer bytes, int offset) {
        this.geometry = geometry;
        this.number = number;
        this.bytes = bytes;
        this.offset = offset;
    }

    public long number() {
        return number;
    }

    /** The bytes that it is in, and where. */
    public ByteBuffer bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    /** Where the map begins in {@link #bytes}. */
    public int mapOffset() {
        return offset + InodeLayout.MAP;
    }

    /**
     * What must hold of every inode that is used.
     *
     * @throws DamageException a wrong checksum, or extra bytes that the inode has no room for
     */
    public void verify() throws DamageException {
        int extra = extraBytes();
        if (extra > geometry.inodeBytes() - Geometry.CLASSIC_INODE_BYTES || extra % 4 != 0) {
            throw DamageException.ofInode(number, extra + " extra bytes");
        }
        if (geometry.has(Feature.METADATA_CSUM) && storedChecksum() != checksum()) {
            throw DamageException.ofInode(number, "wrong checksum");
        }
    }

    /** Sets the checksum, after everything else. */
    public void seal() {
        if (geometry.has(Feature.METADATA_CSUM)) {
            int checksum = checksum();
            putHalf(InodeLayout.CHECKSUM_LOW, checksum);
            if (has(InodeLayout.CHECKSUM_HIGH, 2)) {
                putHalf(InodeLayout.CHECKSUM_HIGH, checksum >>> Short.SIZE);
            }
        }
    }

    private int storedChecksum() {
        return half(InodeLayout.CHECKSUM_LOW)
                | (has(InodeLayout.CHECKSUM_HIGH, 2)
                        ? half(InodeLayout.CHECKSUM_HIGH) << Short.SIZE
                        : 0);
    }

    /** As many bits of it as there is room for; its own bytes count as zeros. */
    private int checksum() {
        int crc = checksumSeed();
        crc = Crc32c.update(crc, bytes, offset, InodeLayout.CHECKSUM_LOW);
        crc = Crc32c.update(crc, ZEROS, 0, 2);
        int at = InodeLayout.CHECKSUM_LOW + 2;
        boolean isWhole = has(InodeLayout.CHECKSUM_HIGH, 2);
        if (isWhole) {
            crc = Crc32c.update(crc, bytes, offset + at, InodeLayout.CHECKSUM_HIGH - at);
            crc = Crc32c.update(crc, ZEROS, 0, 2);
            at = InodeLayout.CHECKSUM_HIGH + 2;
        }
        crc = Crc32c.update(crc, bytes, offset + at, geometry.inodeBytes() - at);
        return isWhole ? crc : crc & 0xFFFF;
    }

    /** What the CRCs of this inode's own blocks begin with, as that of the inode itself. */
    public int checksumSeed() {
        int crc = Crc32c.update(geometry.checksumSeed(), (int) number);
        return Crc32c.update(crc, generation());
    }

    /** Makes it the inode of a new file: all zeros, but for its generation and extra bytes. */
    public void clear(int generation) {
        bytes.put(offset, new byte[geometry.inodeBytes()]);
        bytes.putInt(offset + InodeLayout.GENERATION, generation);
        if (geometry.inodeBytes() > Geometry.CLASSIC_INODE_BYTES) {
            putHalf(InodeLayout.EXTRA_BYTES, geometry.wantedExtraBytes());
        }
    }

    /**
     * Takes over another one's bytes, but for those of the map.
     *
     * @param length how many bytes of the other one there are, at least those of a classic one
     */
    public void copyAroundMap(InodeRecord from, int length) {
        bytes.put(offset, from.bytes, from.offset, InodeLayout.MAP);
        int behind = InodeLayout.GENERATION;
        bytes.put(offset + behind, from.bytes, from.offset + behind, length - behind);
    }

    /** Bytes that are used behind the classic inode; attributes follow them. */
    public int extraBytes() {
        return geometry.inodeBytes() > Geometry.CLASSIC_INODE_BYTES
                ? half(InodeLayout.EXTRA_BYTES)
                : 0;
    }

    /** Whether a field behind the classic inode is there. */
    private boolean has(int field, int length) {
        return field + length <= Geometry.CLASSIC_INODE_BYTES + extraBytes();
    }

    /** Kind and permissions. */
    public int mode() {
        return half(InodeLayout.MODE);
    }

    public void setMode(int mode) {
        putHalf(InodeLayout.MODE, mode);
    }

    /** Null if it is none that there is. */
    public FileKind kind() {
        for (FileKind kind : FileKind.values()) {
            if (kind.modeBits() == (mode() & KIND_MASK)) {
                return kind;
            }
        }
        return null;
    }

    public int owner() {
        return half(InodeLayout.USER_LOW) | half(InodeLayout.USER_HIGH) << Short.SIZE;
    }

    public void setOwner(int owner) {
        putHalf(InodeLayout.USER_LOW, owner);
        putHalf(InodeLayout.USER_HIGH, owner >>> Short.SIZE);
    }

    public int group() {
        return half(InodeLayout.GROUP_LOW) | half(InodeLayout.GROUP_HIGH) << Short.SIZE;
    }

    public void setGroup(int group) {
        putHalf(InodeLayout.GROUP_LOW, group);
        putHalf(InodeLayout.GROUP_HIGH, group >>> Short.SIZE);
    }

    public int links() {
        return half(InodeLayout.LINKS);
    }

    public void setLinks(int links) {
        putHalf(InodeLayout.LINKS, links);
    }

    /** Bits of {@link InodeFlag}. */
    public int flags() {
        return bytes.getInt(offset + InodeLayout.FLAGS);
    }

    public void setFlags(int flags) {
        bytes.putInt(offset + InodeLayout.FLAGS, flags);
    }

    public boolean hasFlag(int flag) {
        return (flags() & flag) != 0;
    }

    public int generation() {
        return bytes.getInt(offset + InodeLayout.GENERATION);
    }

    /** In bytes; less than 0 if it is damaged. */
    public long size() {
        long low = Integer.toUnsignedLong(bytes.getInt(offset + InodeLayout.SIZE_LOW));
        return hasLongSize()
                ? low | (long) bytes.getInt(offset + InodeLayout.SIZE_HIGH) << Integer.SIZE
                : low;
    }

    public void setSize(long size) {
        bytes.putInt(offset + InodeLayout.SIZE_LOW, (int) size);
        if (hasLongSize()) {
            bytes.putInt(offset + InodeLayout.SIZE_HIGH, (int) (size >>> Integer.SIZE));
        }
    }

    private boolean hasLongSize() {
        return (mode() & KIND_MASK) == FileKind.REGULAR.modeBits()
                || geometry.has(Feature.LARGE_DIR);
    }

    /** What the file occupies, in units of {@value #SECTOR_BYTES} bytes. */
    public long sectors() {
        long low = Integer.toUnsignedLong(bytes.getInt(offset + InodeLayout.BLOCKS_LOW));
        if (!geometry.has(Feature.HUGE_FILE)) {
            return low;
        }
        long count = low | (long) half(InodeLayout.BLOCKS_HIGH) << Integer.SIZE;
        return hasFlag(InodeFlag.HUGE) ? count * sectorsPerBlock() : count;
    }

    /**
     * @throws FileException EFBIG if there is no room for the number
     */
    public void setSectors(long sectors) throws FileException {
        if (sectors < 0) {
            throw DamageException.ofInode(number, "less than no blocks");
        }
        boolean isHuge = sectors > MAXIMUM_SECTORS;
        long count = isHuge ? sectors / sectorsPerBlock() : sectors;
        if (count > MAXIMUM_SECTORS
                || count >>> Integer.SIZE != 0 && !geometry.has(Feature.HUGE_FILE)) {
            throw new FileException(Errno.EFBIG);
        }
        setFlags(isHuge ? flags() | InodeFlag.HUGE : flags() & ~InodeFlag.HUGE);
        bytes.putInt(offset + InodeLayout.BLOCKS_LOW, (int) count);
        putHalf(InodeLayout.BLOCKS_HIGH, (int) (count >>> Integer.SIZE));
    }

    /**
     * Adds blocks of the file system to {@link #sectors}, or takes some off.
     *
     * @throws FileException as {@link #setSectors}; EUCLEAN if there were fewer
     */
    public void addBlocks(long count) throws FileException {
        setSectors(sectors() + count * sectorsPerBlock());
    }

    /** How many of {@link #sectors} a block of the file system has. */
    public int sectorsPerBlock() {
        return geometry.blockBytes() / SECTOR_BYTES;
    }

    /** The block of attributes; 0 if there is none. */
    public long attributeBlock() {
        long low = Integer.toUnsignedLong(bytes.getInt(offset + InodeLayout.ATTRIBUTE_BLOCK_LOW));
        return geometry.has(Feature.SIXTY_FOUR_BIT)
                ? low | (long) half(InodeLayout.ATTRIBUTE_BLOCK_HIGH) << Integer.SIZE
                : low;
    }

    public void setAttributeBlock(long block) {
        bytes.putInt(offset + InodeLayout.ATTRIBUTE_BLOCK_LOW, (int) block);
        if (geometry.has(Feature.SIXTY_FOUR_BIT)) {
            putHalf(InodeLayout.ATTRIBUTE_BLOCK_HIGH, (int) (block >>> Integer.SIZE));
        }
    }

    /** Grows with each change. */
    public long version() {
        long low = Integer.toUnsignedLong(bytes.getInt(offset + InodeLayout.VERSION_LOW));
        return has(InodeLayout.VERSION_HIGH, 4)
                ? low | (long) bytes.getInt(offset + InodeLayout.VERSION_HIGH) << Integer.SIZE
                : low;
    }

    public void setVersion(long version) {
        bytes.putInt(offset + InodeLayout.VERSION_LOW, (int) version);
        if (has(InodeLayout.VERSION_HIGH, 4)) {
            bytes.putInt(offset + InodeLayout.VERSION_HIGH, (int) (version >>> Integer.SIZE));
        }
    }

    /** Of an attribute's value: how many attributes have it. */
    public long valueUses() {
        return Integer.toUnsignedLong(bytes.getInt(offset + InodeLayout.VERSION_LOW))
                | (long) bytes.getInt(offset + InodeLayout.CHANGE_TIME) << Integer.SIZE;
    }

    public void setValueUses(long count) {
        bytes.putInt(offset + InodeLayout.VERSION_LOW, (int) count);
        bytes.putInt(offset + InodeLayout.CHANGE_TIME, (int) (count >>> Integer.SIZE));
    }

    /** Of an attribute's value: its CRC, which begins with the file system's seed. */
    public int valueChecksum() {
        return bytes.getInt(offset + InodeLayout.ACCESS_TIME);
    }

    /** Nanoseconds since 1970, as the other times. */
    public long accessed() {
        return time(InodeLayout.ACCESS_TIME, InodeLayout.ACCESS_TIME_EXTRA);
    }

    public void setAccessed(long nanos) {
        putTime(InodeLayout.ACCESS_TIME, InodeLayout.ACCESS_TIME_EXTRA, nanos);
    }

    public long modified() {
        return time(InodeLayout.MODIFICATION_TIME, InodeLayout.MODIFICATION_TIME_EXTRA);
    }

    public void setModified(long nanos) {
        putTime(InodeLayout.MODIFICATION_TIME, InodeLayout.MODIFICATION_TIME_EXTRA, nanos);
    }

    public long changed() {
        return time(InodeLayout.CHANGE_TIME, InodeLayout.CHANGE_TIME_EXTRA);
    }

    public void setChanged(long nanos) {
        putTime(InodeLayout.CHANGE_TIME, InodeLayout.CHANGE_TIME_EXTRA, nanos);
    }

    /** When it was made; if the inode has no room for that, when it was last modified. */
    public long created() {
        return has(InodeLayout.CREATION_TIME, 4)
                ? time(InodeLayout.CREATION_TIME, InodeLayout.CREATION_TIME_EXTRA)
                : modified();
    }

    public void setCreated(long nanos) {
        if (has(InodeLayout.CREATION_TIME, 4)) {
            putTime(InodeLayout.CREATION_TIME, InodeLayout.CREATION_TIME_EXTRA, nanos);
        }
    }

    /** When it was deleted, in seconds; of an orphan, the next inode of the list. */
    public long deleted() {
        return Integer.toUnsignedLong(bytes.getInt(offset + InodeLayout.DELETION_TIME));
    }

    public void setDeleted(long value) {
        bytes.putInt(offset + InodeLayout.DELETION_TIME, (int) value);
    }

    private long time(int field, int extraField) {
        int extra = has(extraField, 4) ? bytes.getInt(offset + extraField) : 0;
        return InodeTime.nanos(bytes.getInt(offset + field), extra);
    }

    private void putTime(int field, int extraField, long nanos) {
        boolean isLong = has(extraField, 4);
        bytes.putInt(offset + field, (int) InodeTime.seconds(nanos, isLong));
        if (isLong) {
            bytes.putInt(offset + extraField, InodeTime.extra(nanos));
        }
    }

    private int half(int field) {
        return Short.toUnsignedInt(bytes.getShort(offset + field));
    }

    private void putHalf(int field, int value) {
        bytes.putShort(offset + field, (short) value);
    }
}
