package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/**
 * Names in DNS messages (RFC 1035, 3.1 and 4.1.4). As text they are labels with dots between, lower
 * case, without one at the end; the root is "". Octets that are no letters, digits, hyphens or
 * underscores are refused in names that are read: no host has such a name, and others would take
 * them for something else.
 */
public final class DnsName {
    /** Of a name in a message, its last octet 0 included (3.1). */
    public static final int MAXIMUM_BYTES = 255;

    public static final int MAXIMUM_LABEL_BYTES = 63;

    private static final int POINTER = 0xc0;

    private DnsName() {}

    /**
     * Goes over a name.
     *
     * @param offset where it begins, from the message's begin
     * @return the offset behind it, or -1 if it does not end within the message
     */
    public static int skip(ByteBuffer bytes, int message, int length, int offset) {
        return read(bytes, message, length, offset, null);
    }

    /**
     * Reads a name. A pointer has to go back, to before where the part that it ends began, so that
     * there are no loops.
     *
     * @param text what it is added to, or null
     * @return the offset behind it, or -1 if it cannot be
     */
    public static int read(
            ByteBuffer bytes, int message, int length, int offset, StringBuilder text) {
        int at = offset;
        int began = offset;
        int behind = -1;
        int total = 1;
        while (at < length) {
            int count = bytes.get(message + at) & 0xff;
            if (count == 0) {
                return behind < 0 ? at + 1 : behind;
            }
            if ((count & POINTER) == POINTER) {
                if (at + 1 >= length) {
                    return -1;
                }
                int target = (count & ~POINTER) << 8 | bytes.get(message + at + 1) & 0xff;
                if (target >= began) {
                    return -1;
                }
                behind = behind < 0 ? at + 2 : behind;
                began = target;
                at = target;
                continue;
            }
            total += count + 1;
            if (count > MAXIMUM_LABEL_BYTES || total > MAXIMUM_BYTES || at + count >= length) {
                return -1;
            }
            if (text != null && !label(bytes, message + at + 1, count, text)) {
                return -1;
            }
            at += count + 1;
        }
        return -1;
    }

    private static boolean label(ByteBuffer bytes, int at, int count, StringBuilder text) {
        if (!text.isEmpty()) {
            text.append('.');
        }
        for (int i = 0; i < count; i++) {
            char letter = lower((char) (bytes.get(at + i) & 0xff));
            if (!isFine(letter)) {
                return false;
            }
            text.append(letter);
        }
        return true;
    }

    private static char lower(char letter) {
        return letter >= 'A' && letter <= 'Z' ? (char) (letter + 'a' - 'A') : letter;
    }

    private static boolean isFine(char letter) {
        return letter >= 'a' && letter <= 'z'
                || letter >= '0' && letter <= '9'
                || letter == '-'
                || letter == '_';
    }

    /** The name in the way that it is compared: lower case, without a dot at the end. */
    public static String canonical(String name) {
        int end = name.endsWith(".") ? name.length() - 1 : name.length();
        StringBuilder text = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            text.append(lower(name.charAt(i)));
        }
        return text.toString();
    }

    /** Whether a canonical name can be asked for. */
    public static boolean isFine(String name) {
        if (name.isEmpty() || name.length() > MAXIMUM_BYTES - 2) {
            return false;
        }
        int label = 0;
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (letter == '.' ? label == 0 : !isFine(letter) || ++label > MAXIMUM_LABEL_BYTES) {
                return false;
            }
            label = letter == '.' ? 0 : label;
        }
        return label > 0;
    }

    /**
     * Writes a canonical name that {@link #isFine}, without compression.
     *
     * @return the offset behind it
     */
    public static int write(ByteBuffer bytes, int at, String name) {
        int next = at;
        int begin = 0;
        while (begin <= name.length()) {
            int dot = name.indexOf('.', begin);
            int end = dot < 0 ? name.length() : dot;
            bytes.put(next++, (byte) (end - begin));
            for (int i = begin; i < end; i++) {
                bytes.put(next++, (byte) name.charAt(i));
            }
            begin = end + 1;
        }
        bytes.put(next, (byte) 0);
        return next + 1;
    }
}
