package dev.cortado.runtime.file.ext4.attribute;

/**
 * An attribute as it is in an inode or in a block.
 *
 * @param value null if it is in an inode of its own
 * @param valueInode that inode; 0 if there is none
 * @param valueBytes how long the value is
 * @param hash as the disk has it, which is kept for a value in an inode
 */
record Attribute(AttributeName name, byte[] value, long valueInode, int valueBytes, int hash) {
    /** Of an entry without its name. */
    static final int ENTRY_BYTES = 16;

    private static final int ALIGNMENT = 4;
    private static final int NAME_SHIFT = 5;
    private static final int VALUE_SHIFT = 16;

    /** With a value beside it. */
    static Attribute of(AttributeName name, byte[] value) {
        return new Attribute(name, value, 0, value.length, 0);
    }

    /** What its entry takes. */
    int entryBytes() {
        return padded(ENTRY_BYTES + name.suffix().length);
    }

    /** What its value takes beside the entries. */
    int paddedValueBytes() {
        return value == null ? 0 : padded(value.length);
    }

    static int padded(int length) {
        return length + ALIGNMENT - 1 & -ALIGNMENT;
    }

    /** The number that a block's entry has, so that blocks are compared by hashes. */
    int computedHash() {
        if (value == null) {
            return hash;
        }
        int result = 0;
        for (byte character : name.suffix()) {
            result = Integer.rotateLeft(result, NAME_SHIFT) ^ Byte.toUnsignedInt(character);
        }
        for (int at = 0; at < value.length; at += ALIGNMENT) {
            result = Integer.rotateLeft(result, VALUE_SHIFT) ^ word(at);
        }
        return result;
    }

    /** Four bytes of the value, the lowest first; behind its end are zeros. */
    private int word(int at) {
        int word = 0;
        for (int i = 0; i < ALIGNMENT && at + i < value.length; i++) {
            word |= Byte.toUnsignedInt(value[at + i]) << i * Byte.SIZE;
        }
        return word;
    }
}
