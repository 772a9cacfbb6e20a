package dev.cortado.runtime.file.vfat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Puts a long name together out of its parts, which come with the last one first, in front of the
 * slot with the short name (Long Filename Specification, "Organization and Association").
 */
final class LongName {
    private static final int LAST = 0x40;
    private static final int NUMBER = 0x3f;
    private static final int CHECKSUM_AT = 13;

    /** Where the letters are in a part. */
    private static final int[] LETTERS_AT = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

    /** Of 255 letters. */
    private static final int MOST_PARTS = 20;

    private final Deque<String> parts = new ArrayDeque<>();
    private int missing;
    private int checksum;

    /** Begins with another one. */
    void clear() {
        parts.clear();
        missing = 0;
    }

    /** Adds what comes next; what does not fit ends the name. */
    void add(Slot slot) {
        ByteBuffer bytes = slot.bytes();
        int number = bytes.get(0) & NUMBER;
        int sum = Byte.toUnsignedInt(bytes.get(CHECKSUM_AT));
        if ((bytes.get(0) & LAST) != 0) {
            clear();
            missing = number <= MOST_PARTS ? number : 0;
            checksum = sum;
        }
        if (number == 0 || number != missing || sum != checksum) {
            clear();
            return;
        }
        missing--;
        StringBuilder part = new StringBuilder();
        for (int at : LETTERS_AT) {
            char letter = bytes.getChar(at);
            if (letter == 0) {
                break;
            }
            part.append(letter);
        }
        parts.addFirst(part.toString());
    }

    /** The name; null if there is none that belongs to a short one. */
    String of(Slot slot) {
        boolean isWhole = !parts.isEmpty() && missing == 0 && checksum == slot.checksum();
        return isWhole ? String.join("", parts) : null;
    }
}
