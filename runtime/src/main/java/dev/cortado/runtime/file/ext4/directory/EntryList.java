package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.storage.Crc32c;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Entries one behind the other, which take all of a range of bytes: each has a length, and what it
 * does not need of that is free (kernel, Documentation/filesystems/ext4/directory.rst, "Linear
 * (Classic) Directories"). Offsets of entries are those in the buffer.
 */
final class EntryList {
    static final int HEADER_BYTES = 8;

    static final byte[] DOT = {'.'};
    static final byte[] DOT_DOT = {'.', '.'};

    private static final int ALIGNMENT = 4;
    private static final int MINIMUM_BYTES = HEADER_BYTES + ALIGNMENT;

    private static final int LENGTH = 4;
    private static final int NAME_LENGTH = 6;
    private static final int KIND = 7;

    /** Where these are in a header as one number. */
    private static final int LENGTH_SHIFT = LENGTH * Byte.SIZE;

    private static final long INODE_MASK = 0xFFFF_FFFFL;
    private static final int NAME_LENGTH_SHIFT = NAME_LENGTH * Byte.SIZE;

    /** In blocks of 65536 bytes: the length of an entry that takes all of one. */
    private static final int WHOLE_BLOCK = 65535;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final DirectoryFormat format;
    private final ByteBuffer bytes;

    /**
     * That the buffer has, from this place on: its bytes cost no calls in compiled images. Null if
     * it shows none.
     */
    private final byte[] array;

    private final int origin;
    private final int begin;
    private final int end;
    private final long directory;
    private final long place;

    /** What has been done to the bytes adds this to their CRC, by exclusive or. */
    private int checksumChange;

    /** All of the bytes are others: the CRC that they had says nothing of them. */
    private boolean isCleared;

    /**
     * @param bytes little-endian
     * @param directory the inode's number, for messages
     * @param place the block that the bytes are in, or 0 for the inode, for messages
     */
    EntryList(
            DirectoryFormat format,
            ByteBuffer bytes,
            int begin,
            int end,
            long directory,
            long place) {
        this.format = format;
        this.bytes = bytes;
        array = bytes.hasArray() ? bytes.array() : null;
        origin = array == null ? 0 : bytes.arrayOffset();
        this.begin = begin;
        this.end = end;
        this.directory = directory;
        this.place = place;
    }

    /** Bytes that an entry for a name needs. */
    static int needed(int nameLength) {
        return HEADER_BYTES + (nameLength + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    int begin() {
        return begin;
    }

    int end() {
        return end;
    }

    /** Whether {@link #checksumChange} does not know what all of the bytes were. */
    boolean isCleared() {
        return isCleared;
    }

    /** What has been done since the list was made adds this to the CRC of its bytes. */
    int checksumChange() {
        return checksumChange;
    }

    /** Makes all of the range free. */
    void clear() {
        isCleared = true;
        write(begin, 0, new byte[0], EntryKinds.UNKNOWN, end - begin);
    }

    /** The offset behind an entry, which is checked. */
    int next(int at) throws DamageException {
        long header = header(at);
        return isUsual(header, end - at, format.inodes())
                ? at + usualLength(header)
                : nextChecked(at, header);
    }

    /** All of it as one number. */
    private long header(int at) {
        if (end - at < MINIMUM_BYTES) {
            return 0;
        }
        return array == null ? bytes.getLong(at) : (long) LONGS.get(array, origin + at);
    }

    private static int usualLength(long header) {
        return (int) (header >>> LENGTH_SHIFT) & 0xFFFF;
    }

    /** Whether nothing is wrong with an entry that has a name. */
    private static boolean isUsual(long header, int room, long inodes) {
        int length = usualLength(header);
        int nameLength = nameLength(header);
        return nameLength != 0
                && (header & INODE_MASK) <= inodes
                && needed(nameLength) <= length
                && length <= room
                && (length & ALIGNMENT - 1) == 0;
    }

    private int nextChecked(int at, long header) throws DamageException {
        int length = length(header);
        int nameLength = nameLength(header);
        if (end - at < MINIMUM_BYTES) {
            throw damage(at, "no room for it");
        }
        if (length < MINIMUM_BYTES || length % ALIGNMENT != 0 || length > end - at) {
            throw damage(at, "length " + length);
        }
        if (needed(nameLength) > length) {
            throw damage(at, "a name of " + nameLength + " bytes in " + length);
        }
        long inode = header & INODE_MASK;
        if (inode > format.inodes() || inode != 0 && nameLength == 0) {
            throw damage(at, "inode " + inode + ", a name of " + nameLength + " bytes");
        }
        return at + length;
    }

    private DamageException damage(int at, String what) {
        String text = "entry at " + at + ": " + what;
        return place == 0
                ? DamageException.ofInode(directory, text)
                : DamageException.ofBlock(directory, place, text);
    }

    private int length(long header) {
        int length = (int) (header >>> LENGTH_SHIFT) & 0xFFFF;
        boolean isWhole = length == WHOLE_BLOCK || length == 0;
        return isWhole && format.blockBytes() > WHOLE_BLOCK ? format.blockBytes() : length;
    }

    void setLength(int at, int length) {
        put(at + LENGTH, littleEndian(Math.min(length, WHOLE_BLOCK), Short.BYTES));
    }

    private static byte[] littleEndian(long value, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (value >>> i * Byte.SIZE);
        }
        return bytes;
    }

    private void put(int at, byte[] replacement) {
        if (format.hasChecksums() && !isCleared) {
            byte[] differences = replacement.clone();
            for (int i = 0; i < differences.length; i++) {
                differences[i] ^= bytes.get(at + i);
            }
            checksumChange ^= Crc32c.change(differences, end - at - differences.length);
        }
        bytes.put(at, replacement);
    }

    long inode(int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    boolean isUsed(int at) {
        return bytes.getInt(at) != 0;
    }

    private int nameLength(int at) {
        return Byte.toUnsignedInt(bytes.get(at + NAME_LENGTH));
    }

    private static int nameLength(long header) {
        return (int) (header >>> NAME_LENGTH_SHIFT) & 0xFF;
    }

    byte[] name(int at) {
        byte[] name = new byte[nameLength(at)];
        bytes.get(at + HEADER_BYTES, name);
        return name;
    }

    /** Null if the entry does not say. */
    FileKind kind(int at) {
        return format.hasKinds() ? EntryKinds.kind(Byte.toUnsignedInt(bytes.get(at + KIND))) : null;
    }

    /** Whether an entry is {@code .} or {@code ..}. */
    boolean isDots(int at) {
        int length = nameLength(at);
        return length > 0
                && length <= 2
                && bytes.get(at + HEADER_BYTES) == '.'
                && bytes.get(at + HEADER_BYTES + length - 1) == '.';
    }

    /** Whether an entry leads to a file and is neither {@code .} nor {@code ..}. */
    boolean isFile(int at) {
        return isUsed(at) && !isDots(at);
    }

    /** The name of an entry that {@link #isFile}. */
    FileName fileName(int at) throws DamageException {
        byte[] name = name(at);
        try {
            return FileName.of(name, 0, name.length);
        } catch (FileException e) {
            throw damage(at, "no name: " + e.getMessage());
        }
    }

    /** The entry of a name; -1 if there is none. */
    int find(byte[] name) throws DamageException {
        return search(name, 0);
    }

    /** The entry that has as many bytes to spare; -1 if none has. */
    int findRoom(int wanted) throws DamageException {
        return search(null, wanted);
    }

    /**
     * Looks at all of some hundred entries, and so at as little as it can of this object.
     *
     * @param name null for room
     */
    private int search(byte[] name, int wantedRoom) throws DamageException {
        byte[] known = array;
        int first = origin;
        int behind = end;
        long inodes = format.inodes();
        for (int at = begin; at < behind; ) {
            int room = behind - at;
            long header =
                    known == null || room < MINIMUM_BYTES
                            ? header(at)
                            : (long) LONGS.get(known, first + at);
            int length =
                    isUsual(header, room, inodes)
                            ? usualLength(header)
                            : nextChecked(at, header) - at;
            boolean isFound =
                    name == null
                            ? length - used(header) >= wantedRoom
                            : nameLength(header) == name.length
                                    && (header & INODE_MASK) != 0
                                    && isNamed(at, name);
            if (isFound) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    /** From the end, since names that are not the same often begin alike. */
    private boolean isNamed(int at, byte[] name) {
        byte[] known = array;
        int first = at + HEADER_BYTES + (known == null ? 0 : origin);
        for (int i = name.length - 1; i >= 0; i--) {
            byte there = known == null ? bytes.get(first + i) : known[first + i];
            if (there != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is any entry of a file. */
    boolean hasFiles() throws DamageException {
        for (int at = begin; at < end; ) {
            int next = next(at);
            if (isFile(at)) {
                return true;
            }
            at = next;
        }
        return false;
    }

    private static int used(long header) {
        return (header & INODE_MASK) == 0 ? 0 : needed(nameLength(header));
    }

    /**
     * Puts an entry into what another one found by {@link #findRoom} can spare.
     *
     * @return its offset
     */
    int insert(int room, byte[] name, long inode, FileKind kind) {
        long header = header(room);
        int length = length(header);
        int used = used(header);
        if (used > 0) {
            setLength(room, used);
        }
        int number = format.hasKinds() ? EntryKinds.number(kind) : EntryKinds.UNKNOWN;
        write(room + used, inode, name, number, length - used);
        return room + used;
    }

    /** Puts the first two entries of a directory into a list without any. */
    void insertDots(long directoryInode, long parent) {
        int dot = insert(begin, DOT, directoryInode, FileKind.DIRECTORY);
        insert(dot, DOT_DOT, parent, FileKind.DIRECTORY);
    }

    private void write(int at, long inode, byte[] name, int kind, int length) {
        byte[] entry = Arrays.copyOf(littleEndian(inode, HEADER_BYTES), HEADER_BYTES + name.length);
        int stored = Math.min(length, WHOLE_BLOCK);
        entry[LENGTH] = (byte) stored;
        entry[LENGTH + 1] = (byte) (stored >>> Byte.SIZE);
        entry[NAME_LENGTH] = (byte) name.length;
        entry[KIND] = (byte) kind;
        System.arraycopy(name, 0, entry, HEADER_BYTES, name.length);
        put(at, entry);
    }

    void setInode(int at, long inode) {
        put(at, littleEndian(inode, Integer.BYTES));
    }

    void setInode(int at, long inode, FileKind kind) {
        setInode(at, inode);
        if (format.hasKinds()) {
            put(at + KIND, littleEndian(EntryKinds.number(kind), 1));
        }
    }

    /** Makes an entry free: part of the one before it, if there is one. */
    void remove(int removed) throws DamageException {
        int before = -1;
        for (int at = begin; at < removed; ) {
            before = at;
            at = next(at);
        }
        if (before < 0) {
            setInode(removed, 0);
        } else {
            setLength(before, next(removed) - before);
        }
    }

    /** The last entry. */
    int last() throws DamageException {
        int last = begin;
        for (int at = begin; at < end; ) {
            last = at;
            at = next(at);
        }
        return last;
    }
}
