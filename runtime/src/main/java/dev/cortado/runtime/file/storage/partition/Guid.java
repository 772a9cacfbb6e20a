package dev.cortado.runtime.file.storage.partition;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A GUID (UEFI specification 2.10, appendix A; RFC 9562).
 *
 * @param high its text's first 16 digits
 * @param low its text's last 16 digits
 */
public record Guid(long high, long low) {
    /** Of partitions that are none. */
    public static final Guid NONE = new Guid(0, 0);

    private static final Pattern TEXT =
            Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private static final int DIGITS = 16;

    /**
     * Reads one as GPT keeps it: three numbers, little-endian, and eight bytes.
     *
     * @param bytes little-endian
     */
    static Guid read(ByteBuffer bytes, int at) {
        long first = Integer.toUnsignedLong(bytes.getInt(at));
        long second = Short.toUnsignedLong(bytes.getShort(at + 4));
        long third = Short.toUnsignedLong(bytes.getShort(at + 6));
        return new Guid(
                first << 32 | second << 16 | third, Long.reverseBytes(bytes.getLong(at + 8)));
    }

    /** As ext4 and others keep it: 16 bytes in the order of the text. */
    public static Guid ofBytes(byte[] bytes) {
        ByteBuffer both = ByteBuffer.wrap(bytes);
        return new Guid(both.getLong(0), both.getLong(Long.BYTES));
    }

    /** Understands the usual text, in capitals or not; empty for anything else. */
    public static Optional<Guid> parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            return Optional.empty();
        }
        String digits = text.replace("-", "");
        return Optional.of(
                new Guid(
                        HexFormat.fromHexDigitsToLong(digits, 0, DIGITS),
                        HexFormat.fromHexDigitsToLong(digits, DIGITS, 2 * DIGITS)));
    }

    /** Five groups of digits, in lower case. */
    @Override
    public String toString() {
        String digits = String.format(Locale.ROOT, "%016x%016x", high, low);
        return String.join(
                "-",
                digits.substring(0, 8),
                digits.substring(8, 12),
                digits.substring(12, 16),
                digits.substring(16, 20),
                digits.substring(20));
    }
}
