package dev.cortado.runtime.file.ext4.attribute;

import dev.cortado.runtime.file.ext4.layout.DamageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of entries, which grows from the front, and their values, which grow from the back: the
 * rest of an inode, or of a block. It is read as a whole and written as a whole.
 *
 * @param inode whose attributes they are, for messages
 * @param bytes little-endian
 * @param entries where the entries begin
 * @param base what offsets of values count from
 * @param end where the last value ends
 */
record AttributeArea(long inode, ByteBuffer bytes, int entries, int base, int end) {
    /** A zero behind the last entry. */
    private static final int TERMINATOR_BYTES = 4;

    private static final int NAME_LENGTH = 0;
    private static final int NAME_INDEX = 1;
    private static final int VALUE_OFFSET = 2;
    private static final int VALUE_INODE = 4;
    private static final int VALUE_SIZE = 8;
    private static final int HASH = 12;

    List<Attribute> read() throws DamageException {
        List<Attribute> all = new ArrayList<>();
        int at = entries;
        while (at + TERMINATOR_BYTES <= end && bytes.getInt(at) != 0) {
            require(at + Attribute.ENTRY_BYTES <= end, "an entry behind the end");
            Attribute attribute = readEntry(at);
            all.add(attribute);
            at += attribute.entryBytes();
        }
        return all;
    }

    private Attribute readEntry(int at) throws DamageException {
        int length = Byte.toUnsignedInt(bytes.get(at + NAME_LENGTH));
        int size = bytes.getInt(at + VALUE_SIZE);
        long valueInode = Integer.toUnsignedLong(bytes.getInt(at + VALUE_INODE));
        require(at + Attribute.ENTRY_BYTES + length <= end, "a name behind the end");
        byte[] suffix = new byte[length];
        bytes.get(at + Attribute.ENTRY_BYTES, suffix);
        AttributeName name =
                new AttributeName(Byte.toUnsignedInt(bytes.get(at + NAME_INDEX)), suffix);
        byte[] value = null;
        if (valueInode == 0) {
            int offset = Short.toUnsignedInt(bytes.getShort(at + VALUE_OFFSET));
            boolean isInside = size >= 0 && size <= end - entries && base + offset <= end - size;
            require(size == 0 || isInside, "a value outside");
            value = new byte[size];
            if (size > 0) {
                bytes.get(base + offset, value);
            }
        } else {
            require(
                    size >= 0 && size <= ExtendedAttributes.MAXIMUM_VALUE_BYTES,
                    "a value of " + size + " bytes");
        }
        return new Attribute(name, value, valueInode, size, bytes.getInt(at + HASH));
    }

    private void require(boolean condition, String otherwise) throws DamageException {
        if (!condition) {
            throw DamageException.ofInode(inode, "attributes: " + otherwise);
        }
    }

    /** How many bytes would be left over; less than 0 if there is no room for all. */
    int room(List<Attribute> all) {
        int used = TERMINATOR_BYTES;
        for (Attribute attribute : all) {
            used += attribute.entryBytes() + attribute.paddedValueBytes();
        }
        return end - entries - used;
    }

    /**
     * Writes what there is room for.
     *
     * @param hashed with the hashes that a block has, and an inode has not
     */
    void write(List<Attribute> all, boolean hashed) {
        for (int at = entries; at < end; at++) {
            bytes.put(at, (byte) 0);
        }
        int at = entries;
        int valueAt = end;
        for (Attribute attribute : all) {
            valueAt -= attribute.paddedValueBytes();
            int length = attribute.name().suffix().length;
            boolean hasBytes = attribute.paddedValueBytes() > 0;
            boolean keepsHash = hashed || attribute.value() == null;
            bytes.put(at + NAME_LENGTH, (byte) length);
            bytes.put(at + NAME_INDEX, (byte) attribute.name().index());
            bytes.putShort(at + VALUE_OFFSET, (short) (hasBytes ? valueAt - base : 0));
            bytes.putInt(at + VALUE_INODE, (int) attribute.valueInode());
            bytes.putInt(at + VALUE_SIZE, attribute.valueBytes());
            bytes.putInt(at + HASH, keepsHash ? attribute.computedHash() : 0);
            bytes.put(at + Attribute.ENTRY_BYTES, attribute.name().suffix());
            if (hasBytes) {
                bytes.put(valueAt, attribute.value());
            }
            at += attribute.entryBytes();
        }
    }
}
