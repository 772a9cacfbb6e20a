package dev.cortado.runtime.file.iso9660;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.CalendarTime;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** One record of a directory (ECMA-119, 9.1): a file, or a part of one. */
final class DirectoryRecord {
    /** Without a name. */
    static final int LEAST_BYTES = 33;

    /** Of a date and a time (9.1.5). */
    static final int DATE_BYTES = 7;

    private static final int EXTENDED_BLOCKS_AT = 1;
    private static final int BLOCK_AT = 2;
    private static final int LENGTH_AT = 10;
    private static final int DATE_AT = 18;
    private static final int FLAGS_AT = 25;
    private static final int UNIT_AT = 26;
    private static final int GAP_AT = 27;
    private static final int NAME_LENGTH_AT = 32;
    private static final int NAME_AT = 33;

    private static final int DIRECTORY = 0x02;
    private static final int ASSOCIATED = 0x04;
    private static final int CONTINUED = 0x80;

    private static final int FIRST_YEAR = 1900;
    private static final int MINUTES_OF_ZONE = 15;

    private final long position;
    private final ByteBuffer bytes;
    private final Extent extent;

    private DirectoryRecord(Volume volume, long position, ByteBuffer bytes) {
        this.position = position;
        this.bytes = bytes;
        int extended = Byte.toUnsignedInt(bytes.get(EXTENDED_BLOCKS_AT));
        extent =
                new Extent(
                        volume.position(bytes.getInt(BLOCK_AT))
                                + (long) extended * volume.blockBytes(),
                        Integer.toUnsignedLong(bytes.getInt(LENGTH_AT)));
    }

    /**
     * Reads one.
     *
     * @param room bytes from its position to the directory's end, one or more
     * @return null if there is none there, nor in the rest of its block
     * @throws FileException EUCLEAN
     */
    static DirectoryRecord read(Volume volume, long position, long room) throws FileException {
        int length = Byte.toUnsignedInt(volume.bytes(position, 1).get(0));
        if (length == 0) {
            return null;
        }
        if (length < LEAST_BYTES || length > room) {
            throw IsoDamage.at(
                    volume, position, "a directory record of " + length + " bytes, not " + room);
        }
        ByteBuffer bytes = volume.bytes(position, length);
        int nameLength = Byte.toUnsignedInt(bytes.get(NAME_LENGTH_AT));
        if (nameLength == 0 || NAME_AT + nameLength > length) {
            throw IsoDamage.at(volume, position, "a name of " + nameLength + " bytes in " + length);
        }
        return new DirectoryRecord(volume, position, bytes);
    }

    /** Where it is, in bytes. */
    long position() {
        return position;
    }

    /** How many bytes it has. */
    int bytes() {
        return bytes.capacity();
    }

    Extent extent() {
        return extent;
    }

    byte[] name() {
        int length = Byte.toUnsignedInt(bytes.get(NAME_LENGTH_AT));
        return Arrays.copyOfRange(bytes.array(), NAME_AT, NAME_AT + length);
    }

    /** Whether it is of the directory that it is in. */
    boolean isSelf() {
        return isSpecial(0);
    }

    /** Whether it is of the directory's parent. */
    boolean isParent() {
        return isSpecial(1);
    }

    private boolean isSpecial(int name) {
        return bytes.get(NAME_LENGTH_AT) == 1 && bytes.get(NAME_AT) == name;
    }

    boolean isDirectory() {
        return (bytes.get(FLAGS_AT) & DIRECTORY) != 0;
    }

    /** Whether it is no file of its own, but something that belongs to one. */
    boolean isAssociated() {
        return (bytes.get(FLAGS_AT) & ASSOCIATED) != 0;
    }

    /** Whether the next record is of the same file. */
    boolean isContinued() {
        return (bytes.get(FLAGS_AT) & CONTINUED) != 0;
    }

    boolean isInterleaved() {
        return bytes.get(UNIT_AT) != 0 || bytes.get(GAP_AT) != 0;
    }

    /** Nanoseconds since 1970. */
    long time() {
        return time(bytes, DATE_AT);
    }

    /** Of a date and a time of {@link #DATE_BYTES}. */
    static long time(ByteBuffer bytes, int at) {
        return CalendarTime.nanos(
                        FIRST_YEAR + Byte.toUnsignedInt(bytes.get(at)),
                        bytes.get(at + 1),
                        bytes.get(at + 2),
                        bytes.get(at + 3),
                        bytes.get(at + 4),
                        bytes.get(at + 5))
                - zone(bytes.get(at + 6));
    }

    /** Nanoseconds, of a number of quarters of an hour to the east. */
    static long zone(byte quarters) {
        return TimeUnit.MINUTES.toNanos((long) quarters * MINUTES_OF_ZONE);
    }

    /** The area behind the name, which is for those who have agreed on it (9.1.13). */
    ByteBuffer systemUse() {
        int nameLength = Byte.toUnsignedInt(bytes.get(NAME_LENGTH_AT));
        int end = NAME_AT + nameLength;
        int start = Math.min(end + (nameLength + 1) % 2, bytes.capacity());
        return bytes.slice(start, bytes.capacity() - start).order(bytes.order());
    }
}
