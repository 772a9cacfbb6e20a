package dev.cortado.runtime.file.vfat;

import dev.cortado.runtime.file.storage.CalendarTime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** 32 bytes of a directory (FAT32 File System Specification, "FAT Directory Structure"). */
final class Slot {
    static final int BYTES = 32;

    /** Of a short name: eight, and three of its extension. */
    static final int NAME_BYTES = 11;

    private static final int BASE_BYTES = 8;

    private static final int ATTRIBUTES_AT = 11;
    private static final int CASE_AT = 12;
    private static final int CREATED_AT = 13;
    private static final int CREATED_TIME_AT = 14;
    private static final int CREATED_DATE_AT = 16;
    private static final int ACCESSED_DATE_AT = 18;
    private static final int CLUSTER_HIGH_AT = 20;
    private static final int MODIFIED_TIME_AT = 22;
    private static final int MODIFIED_DATE_AT = 24;
    private static final int CLUSTER_LOW_AT = 26;
    private static final int SIZE_AT = 28;

    private static final int READ_ONLY = 0x01;
    private static final int LABEL = 0x08;
    private static final int DIRECTORY = 0x10;
    private static final int LONG_NAME = 0x0f;
    private static final int LONG_NAME_MASK = 0x3f;

    private static final byte DELETED = (byte) 0xe5;

    /** In the place of a first letter that would be {@link #DELETED}. */
    private static final byte INSTEAD_OF_DELETED = 0x05;

    /** Windows NT's: the name is in small letters, or its extension is. */
    private static final int SMALL_BASE = 0x08;

    private static final int SMALL_EXTENSION = 0x10;

    private static final int FIRST_YEAR = 1980;
    private static final int HUNDREDTH = 10_000_000;

    private final ByteBuffer bytes;

    Slot(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    ByteBuffer bytes() {
        return bytes;
    }

    /** Whether it has never been used, nor one behind it. */
    boolean isEnd() {
        return bytes.get(0) == 0;
    }

    boolean isDeleted() {
        return bytes.get(0) == DELETED;
    }

    /** Whether it is a part of a long name. */
    boolean isLongName() {
        return (bytes.get(ATTRIBUTES_AT) & LONG_NAME_MASK) == LONG_NAME;
    }

    /** Whether it has the volume's name. */
    boolean isLabel() {
        return (bytes.get(ATTRIBUTES_AT) & LABEL) != 0;
    }

    boolean isDirectory() {
        return (bytes.get(ATTRIBUTES_AT) & DIRECTORY) != 0;
    }

    boolean isReadOnly() {
        return (bytes.get(ATTRIBUTES_AT) & READ_ONLY) != 0;
    }

    /** Whether it is of the directory that it is in, or of that one's parent. */
    boolean isDots() {
        return bytes.get(0) == '.'
                && (bytes.get(1) == ' ' || bytes.get(1) == '.' && bytes.get(2) == ' ');
    }

    /** Where its content begins; 0 of an empty file. */
    int cluster(FatKind kind) {
        int low = Short.toUnsignedInt(bytes.getShort(CLUSTER_LOW_AT));
        return kind == FatKind.FAT32 ? bytes.getShort(CLUSTER_HIGH_AT) << Short.SIZE | low : low;
    }

    /** In bytes. */
    long size() {
        return Integer.toUnsignedLong(bytes.getInt(SIZE_AT));
    }

    /** The volume's name, if it has that. */
    String label() {
        return text(nameBytes(), 0, NAME_BYTES, false);
    }

    private byte[] nameBytes() {
        byte[] name = Arrays.copyOf(bytes.array(), NAME_BYTES);
        if (name[0] == INSTEAD_OF_DELETED) {
            name[0] = DELETED;
        }
        return name;
    }

    /** The short name, in the case that it is shown in. */
    String name() {
        int small = bytes.get(CASE_AT);
        byte[] name = nameBytes();
        String base = text(name, 0, BASE_BYTES, (small & SMALL_BASE) != 0);
        String extension = text(name, BASE_BYTES, NAME_BYTES, (small & SMALL_EXTENSION) != 0);
        return extension.isEmpty() ? base : base + "." + extension;
    }

    /** Without the spaces that fill it up. */
    private static String text(byte[] name, int begin, int end, boolean isSmall) {
        StringBuilder text = new StringBuilder();
        int last = end;
        while (last > begin && name[last - 1] == ' ') {
            last--;
        }
        for (int i = begin; i < last; i++) {
            char letter = CodePage437.character(name[i]);
            text.append(isSmall ? Character.toLowerCase(letter) : letter);
        }
        return text.toString();
    }

    /** What the parts of a long name have that belongs to it. */
    int checksum() {
        int sum = 0;
        for (int i = 0; i < NAME_BYTES; i++) {
            sum = (sum >>> 1 | (sum & 1) << Byte.SIZE - 1) + bytes.get(i) & 0xff;
        }
        return sum;
    }

    /** Nanoseconds since 1970, as the others. */
    long modified() {
        return time(MODIFIED_DATE_AT, bytes.getShort(MODIFIED_TIME_AT));
    }

    /** When it was made; 0 if nobody has noted that. */
    long created() {
        long time = time(CREATED_DATE_AT, bytes.getShort(CREATED_TIME_AT));
        return time == 0 ? 0 : time + (long) Byte.toUnsignedInt(bytes.get(CREATED_AT)) * HUNDREDTH;
    }

    /** The day on which it was read. */
    long accessed() {
        return time(ACCESSED_DATE_AT, 0);
    }

    /** Seven bits of years, four of months, five of days; five of hours, six, and five of pairs. */
    private long time(int dateAt, int time) {
        int date = bytes.getShort(dateAt);
        return CalendarTime.nanos(
                FIRST_YEAR + (date >>> 9 & 0x7f),
                date >>> 5 & 0x0f,
                date & 0x1f,
                time >>> 11 & 0x1f,
                time >>> 5 & 0x3f,
                2 * (time & 0x1f));
    }
}
