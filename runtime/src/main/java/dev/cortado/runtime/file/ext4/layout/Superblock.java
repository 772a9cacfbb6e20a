package dev.cortado.runtime.file.ext4.layout;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Crc32c;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the superblock says that changes while the file system is mounted. To be used with the file
 * system's lock held; every change ends with the right checksum. Times are seconds since 1970.
 */
public final class Superblock {
    /** A bit of {@link #state}: unmounted in order. */
    public static final int STATE_VALID = 1;

    /** A bit of {@link #state}: damage was found. */
    public static final int STATE_DAMAGED = 2;

    private static final int STATE_BITS = 0xFFFF;

    private final Geometry geometry;
    private final MetadataStore store;
    private final long block;
    private final int offset;

    public Superblock(Geometry geometry, MetadataStore store) {
        this.geometry = geometry;
        this.store = store;
        block = SuperblockLayout.POSITION / geometry.blockBytes();
        offset = SuperblockLayout.POSITION % geometry.blockBytes();
    }

    public long freeBlocks() throws FileException {
        long low = number(SuperblockLayout.FREE_BLOCKS_LOW);
        return geometry.has(Feature.SIXTY_FOUR_BIT)
                ? low | number(SuperblockLayout.FREE_BLOCKS_HIGH) << Integer.SIZE
                : low;
    }

    /**
     * @param count less than 0 for blocks that were taken
     */
    public void addFreeBlocks(Change change, long count) throws FileException {
        long free = freeBlocks() + count;
        requireFreeBlocks(free);
        ByteBuffer bytes = change.modify(block);
        replace(bytes, SuperblockLayout.FREE_BLOCKS_LOW, (int) free);
        if (geometry.has(Feature.SIXTY_FOUR_BIT)) {
            replace(bytes, SuperblockLayout.FREE_BLOCKS_HIGH, (int) (free >>> Integer.SIZE));
        }
    }

    /** Sets what the groups' descriptors say in sum. */
    public void setFreeBlocks(Change change, long count) throws FileException {
        requireFreeBlocks(count);
        ByteBuffer bytes = change.modify(block);
        bytes.putInt(offset + SuperblockLayout.FREE_BLOCKS_LOW, (int) count);
        if (geometry.has(Feature.SIXTY_FOUR_BIT)) {
            bytes.putInt(
                    offset + SuperblockLayout.FREE_BLOCKS_HIGH, (int) (count >>> Integer.SIZE));
        }
        seal(bytes);
    }

    private void requireFreeBlocks(long count) throws DamageException {
        if (count < 0 || count > geometry.blocks()) {
            throw DamageException.ofSuperblock(count + " free blocks");
        }
    }

    public long freeInodes() throws FileException {
        return number(SuperblockLayout.FREE_INODES);
    }

    /**
     * @param count less than 0 for inodes that were taken
     */
    public void addFreeInodes(Change change, long count) throws FileException {
        long free = freeInodes() + count;
        requireFreeInodes(free);
        replace(change.modify(block), SuperblockLayout.FREE_INODES, (int) free);
    }

    /** Sets what the groups' descriptors say in sum. */
    public void setFreeInodes(Change change, long count) throws FileException {
        requireFreeInodes(count);
        put(change, SuperblockLayout.FREE_INODES, (int) count);
    }

    private void requireFreeInodes(long count) throws DamageException {
        if (count < 0 || count > geometry.inodes()) {
            throw DamageException.ofSuperblock(count + " free inodes");
        }
    }

    /** The first inode of the list of files that have no name, or are cut; 0 if it is empty. */
    public long lastOrphan() throws FileException {
        return number(SuperblockLayout.LAST_ORPHAN);
    }

    public void setLastOrphan(Change change, long inode) throws FileException {
        put(change, SuperblockLayout.LAST_ORPHAN, (int) inode);
    }

    /** Bits {@link #STATE_VALID} and {@link #STATE_DAMAGED}. */
    public int state() throws FileException {
        return read().getShort(offset + SuperblockLayout.STATE) & STATE_BITS;
    }

    public void setState(Change change, int state) throws FileException {
        ByteBuffer bytes = change.modify(block);
        bytes.putShort(offset + SuperblockLayout.STATE, (short) state);
        seal(bytes);
    }

    /** What the superblock asks for when damage is found: 1 go on, 2 read-only, 3 panic. */
    public int errorBehaviour() throws FileException {
        return Short.toUnsignedInt(read().getShort(offset + SuperblockLayout.ERRORS));
    }

    /** The features as they are now; the geometry knows those of when it was read. */
    public Features features() throws FileException {
        ByteBuffer bytes = read();
        return new Features(
                bytes.getInt(offset + SuperblockLayout.COMPATIBLE),
                bytes.getInt(offset + SuperblockLayout.INCOMPATIBLE),
                bytes.getInt(offset + SuperblockLayout.READ_ONLY_COMPATIBLE));
    }

    public void setFeature(Change change, Feature feature, boolean isThere) throws FileException {
        int field =
                offset
                        + switch (feature.set()) {
                            case COMPATIBLE -> SuperblockLayout.COMPATIBLE;
                            case INCOMPATIBLE -> SuperblockLayout.INCOMPATIBLE;
                            case READ_ONLY_COMPATIBLE -> SuperblockLayout.READ_ONLY_COMPATIBLE;
                        };
        ByteBuffer bytes = change.modify(block);
        int word = bytes.getInt(field);
        bytes.putInt(field, isThere ? word | feature.bit() : word & ~feature.bit());
        seal(bytes);
    }

    /** It was mounted to be written. */
    public void recordMount(Change change, long now, String where) throws FileException {
        ByteBuffer bytes = change.modify(block);
        putTime(bytes, SuperblockLayout.MOUNT_TIME, SuperblockLayout.MOUNT_TIME_HIGH, now);
        int mounts = bytes.getShort(offset + SuperblockLayout.MOUNTS);
        bytes.putShort(offset + SuperblockLayout.MOUNTS, (short) (mounts + 1));
        byte[] path = where.getBytes(StandardCharsets.UTF_8);
        bytes.put(
                offset + SuperblockLayout.LAST_MOUNTED,
                Arrays.copyOf(path, SuperblockLayout.LAST_MOUNTED_BYTES));
        seal(bytes);
    }

    /** It was written to, up to now. */
    public void recordWritten(Change change, long now, long kibibytes) throws FileException {
        ByteBuffer bytes = change.modify(block);
        putTime(bytes, SuperblockLayout.WRITE_TIME, SuperblockLayout.WRITE_TIME_HIGH, now);
        int field = offset + SuperblockLayout.WRITTEN_KIBIBYTES;
        bytes.putLong(field, bytes.getLong(field) + kibibytes);
        seal(bytes);
    }

    /**
     * Damage was found: sets {@link #STATE_DAMAGED}, counts it, and says where, for the next check.
     *
     * @param function a name, as Linux puts that of its function there
     * @param code ext4's own number of the error ({@code EXT4_ERR_}), or 0
     */
    public void recordError(
            Change change, long now, long inode, long blockOfError, String function, int code)
            throws FileException {
        ByteBuffer bytes = change.modify(block);
        int count = bytes.getInt(offset + SuperblockLayout.ERROR_COUNT);
        byte[] name =
                Arrays.copyOf(
                        function.getBytes(StandardCharsets.US_ASCII),
                        SuperblockLayout.ERROR_FUNCTION_BYTES);
        if (count == 0) {
            putTime(
                    bytes,
                    SuperblockLayout.FIRST_ERROR,
                    SuperblockLayout.FIRST_ERROR_TIME_HIGH,
                    now);
            bytes.putInt(offset + SuperblockLayout.FIRST_ERROR_INODE, (int) inode);
            bytes.putLong(offset + SuperblockLayout.FIRST_ERROR_BLOCK, blockOfError);
            bytes.put(offset + SuperblockLayout.FIRST_ERROR_FUNCTION, name);
            bytes.put(offset + SuperblockLayout.FIRST_ERROR_CODE, (byte) code);
        }
        putTime(
                bytes,
                SuperblockLayout.LAST_ERROR_TIME,
                SuperblockLayout.LAST_ERROR_TIME_HIGH,
                now);
        bytes.putInt(offset + SuperblockLayout.LAST_ERROR_INODE, (int) inode);
        bytes.putLong(offset + SuperblockLayout.LAST_ERROR_BLOCK, blockOfError);
        bytes.put(offset + SuperblockLayout.LAST_ERROR_FUNCTION, name);
        bytes.put(offset + SuperblockLayout.LAST_ERROR_CODE, (byte) code);
        bytes.putInt(offset + SuperblockLayout.ERROR_COUNT, count == -1 ? count : count + 1);
        int state = bytes.getShort(offset + SuperblockLayout.STATE);
        bytes.putShort(offset + SuperblockLayout.STATE, (short) (state | STATE_DAMAGED));
        seal(bytes);
    }

    private void putTime(ByteBuffer bytes, int low, int high, long time) {
        bytes.putInt(offset + low, (int) time);
        bytes.put(offset + high, (byte) (time >> Integer.SIZE));
    }

    private void put(Change change, int field, int value) throws FileException {
        ByteBuffer bytes = change.modify(block);
        bytes.putInt(offset + field, value);
        seal(bytes);
    }

    /** Each file that is made or grows sets four of the thousand bytes that the checksum is of. */
    private void replace(ByteBuffer bytes, int field, int value) {
        int difference = bytes.getInt(offset + field) ^ value;
        if (difference == 0) {
            return;
        }
        bytes.putInt(offset + field, value);
        if (geometry.has(Feature.METADATA_CSUM)) {
            byte[] differences =
                    ByteBuffer.allocate(Integer.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(difference)
                            .array();
            int behind = SuperblockLayout.CHECKSUM - field - Integer.BYTES;
            int at = offset + SuperblockLayout.CHECKSUM;
            bytes.putInt(at, bytes.getInt(at) ^ Crc32c.change(differences, behind));
        }
    }

    private void seal(ByteBuffer bytes) {
        if (geometry.has(Feature.METADATA_CSUM)) {
            int checksum = SuperblockCheck.checksum(bytes, offset);
            bytes.putInt(offset + SuperblockLayout.CHECKSUM, checksum);
        }
    }

    private ByteBuffer read() throws FileException {
        return store.read(block);
    }

    private long number(int field) throws FileException {
        return Integer.toUnsignedLong(read().getInt(offset + field));
    }
}
