package dev.cortado.runtime.file.ext4.attribute;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A block of attributes: a header, then sorted entries. Several inodes may have the same. */
final class AttributeBlock {
    static final int MAGIC_NUMBER = 0xEA020000;

    /** How many inodes may share one (Linux, EXT4_XATTR_REFCOUNT_MAX). */
    private static final int MAXIMUM_USERS = 1024;

    private static final int MAGIC = 0;
    private static final int USERS = 4;
    private static final int BLOCKS = 8;
    private static final int HASH = 12;
    private static final int CHECKSUM = 16;
    private static final int HEADER_BYTES = 32;
    private static final int HASH_SHIFT = 16;

    private final Geometry geometry;
    private final long inode;
    private final long number;
    private final ByteBuffer bytes;

    /**
     * @param inode that asks for it, for messages
     * @param bytes little-endian, of the block
     */
    AttributeBlock(Geometry geometry, long inode, long number, ByteBuffer bytes) {
        this.geometry = geometry;
        this.inode = inode;
        this.number = number;
        this.bytes = bytes;
    }

    /**
     * @throws DamageException no attributes, or a wrong checksum
     */
    void verify() throws DamageException {
        if (bytes.getInt(MAGIC) != MAGIC_NUMBER || bytes.getInt(BLOCKS) != 1) {
            throw damaged("no block of attributes");
        }
        if (users() < 1 || users() > MAXIMUM_USERS) {
            throw damaged("attributes used " + users() + " times");
        }
        if (geometry.has(Feature.METADATA_CSUM) && bytes.getInt(CHECKSUM) != checksum()) {
            throw damaged("attributes: wrong checksum");
        }
    }

    private DamageException damaged(String what) {
        return DamageException.ofBlock(inode, number, what);
    }

    /** How many inodes have it. */
    int users() {
        return bytes.getInt(USERS);
    }

    void setUsers(int count) {
        bytes.putInt(USERS, count);
        seal();
    }

    List<Attribute> read() throws FileException {
        return area().read();
    }

    /** Whether there is room for all of them. */
    boolean hasRoom(List<Attribute> all) {
        return area().room(all) >= 0;
    }

    /** Makes it a block of these, for one inode. */
    void write(List<Attribute> all) {
        List<Attribute> sorted = new ArrayList<>(all);
        sorted.sort((one, other) -> one.name().compareTo(other.name()));
        for (int at = 0; at < HEADER_BYTES; at++) {
            bytes.put(at, (byte) 0);
        }
        bytes.putInt(MAGIC, MAGIC_NUMBER);
        bytes.putInt(USERS, 1);
        bytes.putInt(BLOCKS, 1);
        bytes.putInt(HASH, hash(sorted));
        area().write(sorted, true);
        seal();
    }

    private AttributeArea area() {
        return new AttributeArea(inode, bytes, HEADER_BYTES, 0, geometry.blockBytes());
    }

    private static int hash(List<Attribute> sorted) {
        int hash = 0;
        for (Attribute attribute : sorted) {
            int ofOne = attribute.computedHash();
            if (ofOne == 0) {
                return 0;
            }
            hash = Integer.rotateLeft(hash, HASH_SHIFT) ^ ofOne;
        }
        return hash;
    }

    private void seal() {
        if (geometry.has(Feature.METADATA_CSUM)) {
            bytes.putInt(CHECKSUM, checksum());
        }
    }

    /** Of the block's number, and of the block with zeros for the checksum. */
    private int checksum() {
        int crc = Crc32c.update(geometry.checksumSeed(), (int) number);
        crc = Crc32c.update(crc, (int) (number >>> Integer.SIZE));
        crc = Crc32c.update(crc, bytes, 0, CHECKSUM);
        crc = Crc32c.update(crc, 0);
        int rest = CHECKSUM + Integer.BYTES;
        return Crc32c.update(crc, bytes, rest, geometry.blockBytes() - rest);
    }
}
