package dev.cortado.drivers.acpi.aml;

/** Numbers as text (ACPI 6.5, 19.2.5 and 19.3.5.7). */
final class Numerals {
    private static final int DECIMAL = 10;
    private static final int HEXADECIMAL = 16;
    private static final int BITS_PER_DIGIT = 4;

    private Numerals() {}

    /** Hexadecimal with all leading zeros. */
    static String padded(long value, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int shift = bytes * Byte.SIZE - BITS_PER_DIGIT; shift >= 0; shift -= BITS_PER_DIGIT) {
            text.append(digit((int) (value >>> shift) & 0xf));
        }
        return text.toString();
    }

    private static char digit(int value) {
        return Character.toUpperCase(Character.forDigit(value, HEXADECIMAL));
    }

    /** The bytes of a buffer, such as {@code 0x01,0xFF} or {@code 1,255}. */
    static String list(AmlBuffer buffer, int radix, char separator, Execution execution)
            throws AmlException {
        byte[] bytes = buffer.bytes();
        // "0xFF," is the longest there is.
        execution.allocate(bytes.length * 5L);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            if (i > 0) {
                text.append(separator);
            }
            int value = bytes[i] & 0xff;
            if (radix == HEXADECIMAL) {
                text.append("0x").append(digit(value >> BITS_PER_DIGIT)).append(digit(value & 0xf));
            } else {
                text.append(value);
            }
        }
        return text.toString();
    }

    /** Always hexadecimal, as far as there are digits; the integer is full when its bytes are. */
    static long implicit(byte[] text, int bytes) {
        int start = skipSpace(text);
        if (isHexadecimal(text, start)) {
            start += 2;
        }
        long value = 0;
        for (int i = start, digits = 0; i < text.length; i++) {
            int digit = Character.digit(text[i], HEXADECIMAL);
            if (digit < 0 || digits == bytes * 2) {
                break;
            }
            value = value << BITS_PER_DIGIT | digit;
            digits += value == 0 ? 0 : 1;
        }
        return value;
    }

    /** ToInteger: decimal unless it begins with 0x; ends before a digit that does not fit. */
    static long explicit(byte[] text, int bytes) {
        int start = skipSpace(text);
        int radix = isHexadecimal(text, start) ? HEXADECIMAL : DECIMAL;
        long maximum = bytes == Long.BYTES ? -1 : (1L << bytes * Byte.SIZE) - 1;
        long value = 0;
        for (int i = radix == HEXADECIMAL ? start + 2 : start; i < text.length; i++) {
            int digit = Character.digit(text[i], radix);
            if (digit < 0
                    || Long.compareUnsigned(value, Long.divideUnsigned(maximum - digit, radix))
                            > 0) {
                break;
            }
            value = value * radix + digit;
        }
        return value;
    }

    private static int skipSpace(byte[] text) {
        int at = 0;
        while (at < text.length && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean isHexadecimal(byte[] text, int start) {
        return text.length - start > 2
                && text[start] == '0'
                && (text[start + 1] == 'x' || text[start + 1] == 'X');
    }
}
