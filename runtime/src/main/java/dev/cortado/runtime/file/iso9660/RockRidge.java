package dev.cortado.runtime.file.iso9660;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.storage.CalendarTime;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What Rock Ridge says of a file (IEEE P1282, RRIP 4.1). */
final class RockRidge {
    private static final int DATA_AT = SystemUse.HEADER_BYTES;

    private static final int SHARING_BYTES = 7;
    private static final int SHARING_CHECK = 0xbeef;
    private static final int SHARING_SKIPPED_AT = 6;

    private static final int ATTRIBUTES_BYTES = 36;
    private static final int LINKS_AT = 12;
    private static final int OWNER_AT = 20;
    private static final int GROUP_AT = 28;

    private static final int CHILD_BYTES = 12;

    private static final int NAME_CONTINUED = 1;
    private static final int NAME_AT = 5;

    /** Those that TF has, each if its bit is set; the bit's number is the time's. */
    private static final int CREATED = 0;

    private static final int MODIFIED = 1;
    private static final int ACCESSED = 2;
    private static final int CHANGED = 3;
    private static final int TIMES = 4;
    private static final int ALL_TIMES = 7;
    private static final int LONG_FORM = 0x80;
    private static final int LONG_BYTES = 17;

    private final long[] times = new long[TIMES];
    private final ByteArrayOutputStream name = new ByteArrayOutputStream();
    private final LinkTarget target = new LinkTarget();
    private ByteBuffer attributes;
    private int child;
    private boolean hasChild;
    private boolean isRelocated;
    private String encoding;

    /** What is the case where there is no Rock Ridge. */
    RockRidge(DirectoryRecord record) {
        Arrays.fill(times, record.time());
        encoding = record.isInterleaved() ? "interleaved" : null;
    }

    /**
     * Reads what a record has.
     *
     * @param skipped bytes of each area that are not its
     */
    static RockRidge of(Volume volume, DirectoryRecord record, int skipped) throws FileException {
        RockRidge found = new RockRidge(record);
        SystemUse fields = new SystemUse(volume, record, skipped);
        ByteBuffer field = fields.next();
        while (field != null) {
            found.add(fields, field);
            field = fields.next();
        }
        return found;
    }

    /**
     * Whether the root's record of itself says that there is Rock Ridge (SUSP, SP).
     *
     * @param skipped bytes of the area in front of that
     * @return how many bytes of other areas are to be skipped, -1 if there is none
     */
    static int skipped(DirectoryRecord root, int skipped) {
        ByteBuffer area = root.systemUse();
        if (area.capacity() < skipped + SHARING_BYTES) {
            return -1;
        }
        ByteBuffer field = area.slice(skipped, SHARING_BYTES);
        boolean isSharing =
                Signature.of(field) == Signature.SHARING
                        && Short.toUnsignedInt(field.getShort(DATA_AT)) == SHARING_CHECK;
        return isSharing ? Byte.toUnsignedInt(field.get(SHARING_SKIPPED_AT)) : -1;
    }

    private void add(SystemUse fields, ByteBuffer field) throws FileException {
        switch (Signature.of(field)) {
            case POSIX_ATTRIBUTES -> {
                require(fields, field, ATTRIBUTES_BYTES);
                attributes = field;
            }
            case NAME -> addName(fields, field);
            case SYMBOLIC_LINK -> {
                require(fields, field, LinkTarget.LEAST_BYTES);
                target.add(fields, field);
            }
            case TIMES -> addTimes(fields, field);
            case CHILD -> {
                require(fields, field, CHILD_BYTES);
                child = field.getInt(DATA_AT);
                hasChild = true;
            }
            case RELOCATED -> isRelocated = true;
            case SPARSE -> encoding = "sparse (SF)";
            case COMPRESSED -> encoding = "compressed (ZF)";
            default -> {}
        }
    }

    private static void require(SystemUse fields, ByteBuffer field, int bytes)
            throws FileException {
        if (field.capacity() < bytes) {
            throw fields.damaged(
                    "%c%c of %d bytes, not %d"
                            .formatted(field.get(0), field.get(1), field.capacity(), bytes));
        }
    }

    /** Flags say of the names of a directory itself and its parent that they are. */
    private void addName(SystemUse fields, ByteBuffer field) throws FileException {
        require(fields, field, NAME_AT);
        if ((field.get(DATA_AT) & ~NAME_CONTINUED) != 0) {
            return;
        }
        byte[] part = new byte[field.capacity() - NAME_AT];
        field.get(NAME_AT, part);
        name.writeBytes(part);
        if (name.size() > FileName.MAXIMUM_BYTES) {
            throw fields.damaged("a name of more than " + FileName.MAXIMUM_BYTES + " bytes");
        }
    }

    private void addTimes(SystemUse fields, ByteBuffer field) throws FileException {
        require(fields, field, DATA_AT + 1);
        int flags = field.get(DATA_AT);
        boolean isLong = (flags & LONG_FORM) != 0;
        int bytes = isLong ? LONG_BYTES : DirectoryRecord.DATE_BYTES;
        int at = DATA_AT + 1;
        require(fields, field, at + Integer.bitCount(flags & (1 << ALL_TIMES) - 1) * bytes);
        for (int time = CREATED; time < TIMES; time++) {
            if ((flags & 1 << time) != 0) {
                times[time] = isLong ? longTime(field, at) : DirectoryRecord.time(field, at);
                at += bytes;
            }
        }
    }

    /**
     * Of digits: year, month, day, hour, minute, second and their hundredths (ECMA-119, 8.4.26).
     */
    private static long longTime(ByteBuffer field, int at) {
        long hundredths = digits(field, at + 14, 2);
        return CalendarTime.nanos(
                        digits(field, at, 4),
                        digits(field, at + 4, 2),
                        digits(field, at + 6, 2),
                        digits(field, at + 8, 2),
                        digits(field, at + 10, 2),
                        digits(field, at + 12, 2))
                + hundredths * 10_000_000
                - DirectoryRecord.zone(field.get(at + 16));
    }

    private static int digits(ByteBuffer field, int at, int count) {
        int number = 0;
        for (int i = at; i < at + count; i++) {
            number = number * 10 + Math.clamp(field.get(i) - '0', 0, 9);
        }
        return number;
    }

    /** Null if it has none. */
    byte[] name() {
        return name.size() == 0 ? null : name.toByteArray();
    }

    /** A symbolic link's target; null if there is none. */
    byte[] target() {
        return target.bytes();
    }

    /** How the content is kept, if that is not understood; else null. */
    String encoding() {
        return encoding;
    }

    /** Whether it is a directory, which is at the block {@link #child}. */
    boolean hasChild() {
        return hasChild;
    }

    int child() {
        return child;
    }

    /** Whether it belongs somewhere else, where a record has its block as {@link #child}. */
    boolean isRelocated() {
        return isRelocated;
    }

    /** Bits of {@code st_mode}. */
    int mode(int otherwise) {
        return attributes == null ? otherwise : attributes.getInt(DATA_AT);
    }

    int links() {
        return attributes == null ? 1 : attributes.getInt(LINKS_AT);
    }

    int owner() {
        return attributes == null ? 0 : attributes.getInt(OWNER_AT);
    }

    int group() {
        return attributes == null ? 0 : attributes.getInt(GROUP_AT);
    }

    /** Nanoseconds since 1970, as the others. */
    long created() {
        return times[CREATED];
    }

    long modified() {
        return times[MODIFIED];
    }

    long accessed() {
        return times[ACCESSED];
    }

    long changed() {
        return times[CHANGED];
    }
}
