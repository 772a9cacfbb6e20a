package dev.cortado.runtime.file.iso9660;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/**
 * Goes through the fields of a record's system use area, and of the areas that go on with it (IEEE
 * P1281, SUSP 4 and 5).
 */
final class SystemUse {
    /** Signature, length and version. */
    static final int HEADER_BYTES = 4;

    private static final int LENGTH_AT = 2;

    /** More than anybody has; areas that lead back to themselves end. */
    private static final int MOST_AREAS = 32;

    private static final int CONTINUATION_BYTES = HEADER_BYTES + 24;
    private static final int BLOCK_AT = 4;
    private static final int OFFSET_AT = 12;
    private static final int AREA_LENGTH_AT = 20;

    private final Volume volume;
    private final long record;
    private ByteBuffer area;
    private int at;
    private int areas = 1;
    private ByteBuffer continuation;

    /**
     * @param record its position, for messages
     * @param skipped how many bytes of the area are somebody else's
     */
    SystemUse(Volume volume, DirectoryRecord record, int skipped) {
        this.volume = volume;
        this.record = record.position();
        area = record.systemUse();
        at = skipped;
    }

    /**
     * The next field, null behind the last.
     *
     * @throws FileException EUCLEAN
     */
    ByteBuffer next() throws FileException {
        while (true) {
            ByteBuffer field = nextOfArea();
            if (field == null && continuation == null) {
                return null;
            }
            if (field == null) {
                enterContinuation();
            } else if (Signature.of(field) == Signature.CONTINUATION) {
                if (field.capacity() < CONTINUATION_BYTES) {
                    throw damaged("a short CE");
                }
                continuation = field;
            } else {
                return field;
            }
        }
    }

    private ByteBuffer nextOfArea() throws FileException {
        int left = area.capacity() - at;
        // Zeros fill an area up.
        if (left < HEADER_BYTES || area.get(at) == 0) {
            return null;
        }
        int length = Byte.toUnsignedInt(area.get(at + LENGTH_AT));
        if (length < HEADER_BYTES || length > left) {
            throw damaged("a system use field of " + length + " bytes in " + left);
        }
        ByteBuffer field = area.slice(at, length).order(area.order());
        at += length;
        if (Signature.of(field) == Signature.TERMINATOR) {
            at = area.capacity();
            return null;
        }
        return field;
    }

    private void enterContinuation() throws FileException {
        long offset = Integer.toUnsignedLong(continuation.getInt(OFFSET_AT));
        long length = Integer.toUnsignedLong(continuation.getInt(AREA_LENGTH_AT));
        if (offset + length > volume.blockBytes()) {
            throw damaged("a system use area that goes on behind the end of a block");
        }
        if (areas++ == MOST_AREAS) {
            throw damaged("more than " + MOST_AREAS + " system use areas");
        }
        area = volume.bytes(volume.position(continuation.getInt(BLOCK_AT)) + offset, (int) length);
        at = 0;
        continuation = null;
    }

    /** What is wrong with these fields. */
    FileException damaged(String what) {
        return IsoDamage.at(volume, record, what);
    }
}
