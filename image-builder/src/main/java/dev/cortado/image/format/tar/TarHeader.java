package dev.cortado.image.format.tar;

import dev.cortado.image.format.bytes.ByteSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The block before a file in an archive ("ustar Interchange Format"): text, in fields. */
final class TarHeader {
    static final int BLOCK_BYTES = 512;

    static final char FILE = '0';
    static final char OLD_FILE = 0;
    static final char DIRECTORY = '5';

    static final long MOST_SIZE = (1L << 33) - 1;

    private static final int NAME_BYTES = 100;
    private static final int MODE = 100;
    private static final int OWNER = 108;
    private static final int GROUP = 116;
    private static final int SIZE = 124;
    private static final int SIZE_DIGITS = 11;
    private static final int TIME = 136;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int KIND = 156;
    private static final int MAGIC = 257;
    private static final byte[] USTAR = "ustar\00000".getBytes(StandardCharsets.US_ASCII);
    private static final int MAGIC_BYTES = 5;
    private static final int PREFIX = 345;
    private static final int PREFIX_BYTES = 155;
    private static final int ID_DIGITS = 7;

    private TarHeader() {}

    /**
     * A block for a file from 1970, which is when reproducible archives are from.
     *
     * @param owner number of user and group
     */
    static byte[] of(String name, char kind, int mode, int owner, long size) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length > NAME_BYTES || size < 0 || size > MOST_SIZE) {
            throw new IllegalArgumentException(name + " of " + size + " bytes");
        }
        byte[] block = new byte[BLOCK_BYTES];
        System.arraycopy(path, 0, block, 0, path.length);
        octal(block, MODE, ID_DIGITS, mode);
        octal(block, OWNER, ID_DIGITS, owner);
        octal(block, GROUP, ID_DIGITS, owner);
        octal(block, SIZE, SIZE_DIGITS, size);
        octal(block, TIME, SIZE_DIGITS, 0);
        block[KIND] = (byte) kind;
        System.arraycopy(USTAR, 0, block, MAGIC, USTAR.length);
        octal(block, CHECKSUM, CHECKSUM_BYTES - 2, checksum(block));
        block[CHECKSUM + CHECKSUM_BYTES - 1] = ' ';
        return block;
    }

    private static void octal(byte[] block, int at, int digits, long value) {
        String text = Long.toOctalString(value);
        byte[] padded =
                ("0".repeat(digits - text.length()) + text).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(padded, 0, block, at, digits);
    }

    /** The sum of all bytes, with spaces for the checksum. */
    private static int checksum(byte[] block) {
        int sum = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            boolean isChecksum = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_BYTES;
            sum += isChecksum ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    /** Whether a file begins as an archive does. */
    static boolean isFirst(ByteSource file) {
        if (file.size() < BLOCK_BYTES) {
            return false;
        }
        byte[] magic = file.bytes(MAGIC, MAGIC_BYTES, "the magic").array();
        return new String(magic, StandardCharsets.US_ASCII).equals("ustar");
    }

    static void requireChecksum(ByteSource file, long position, byte[] block) {
        long expected = number(file, block, CHECKSUM, CHECKSUM_BYTES, "checksum");
        if (expected != checksum(block)) {
            throw file.damaged("the header at %d is not as its checksum says", position);
        }
    }

    static char kind(byte[] block) {
        return (char) block[KIND];
    }

    /** At most {@link #MOST_SIZE}. */
    static long size(ByteSource file, byte[] block) {
        return number(file, block, SIZE, SIZE_DIGITS + 1, "size");
    }

    /** Without "./", which some archives begin their names with. */
    static String name(byte[] block) {
        String name = text(block, 0, NAME_BYTES);
        boolean hasPrefix = block[MAGIC + MAGIC_BYTES] == 0 && block[PREFIX] != 0;
        String whole = hasPrefix ? text(block, PREFIX, PREFIX_BYTES) + "/" + name : name;
        return whole.startsWith("./") ? whole.substring(2) : whole;
    }

    private static String text(byte[] block, int at, int most) {
        int end = at;
        while (end < at + most && block[end] != 0) {
            end++;
        }
        return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(block, at, end - at)).toString();
    }

    private static long number(ByteSource file, byte[] block, int at, int bytes, String what) {
        String text = text(block, at, bytes).strip();
        if (!text.matches("[0-7]{1,11}")) {
            throw file.damaged("a file's %s is no number", what);
        }
        return Long.parseLong(text, 8);
    }
}
