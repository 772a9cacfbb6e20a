package dev.cortado.runtime.file.storage;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The CRC of Castagnoli's polynomial (RFC 3720, appendix B.4) as ext4 and jbd2 use it: whoever asks
 * says what the register begins with, and gets what it ends with, neither of them inverted. {@code
 * java.util.zip.CRC32C} inverts both, and begins with one value only.
 */
public final class Crc32c {
    /** Reversed: the lowest bit is the highest power. */
    private static final int POLYNOMIAL = 0x82F63B78;

    private static final int BYTE_VALUES = 256;

    /** Of a buffer without an array. */
    private static final int PART_BYTES = 4096;

    /** Tables for eight bytes a step. */
    private static final int[][] TABLES = tables();

    private Crc32c() {}

    private static int[][] tables() {
        int[][] tables = new int[Long.BYTES][BYTE_VALUES];
        for (int value = 0; value < BYTE_VALUES; value++) {
            int crc = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) != 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
            }
            tables[0][value] = crc;
        }
        for (int table = 1; table < tables.length; table++) {
            for (int value = 0; value < BYTE_VALUES; value++) {
                int before = tables[table - 1][value];
                tables[table][value] = tables[0][before & 0xFF] ^ (before >>> Byte.SIZE);
            }
        }
        return tables;
    }

    /**
     * Goes on with bytes of a buffer of any byte order; its position and limit are not used.
     *
     * @param crc the register before
     * @return the register behind
     */
    public static int update(int crc, ByteBuffer bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.capacity());
        if (bytes.hasArray()) {
            return update(crc, bytes.array(), bytes.arrayOffset() + offset, length);
        }
        byte[] part = new byte[Math.min(length, PART_BYTES)];
        int register = crc;
        for (int at = 0; at < length; at += part.length) {
            int count = Math.min(part.length, length - at);
            bytes.get(offset + at, part, 0, count);
            register = update(register, part, 0, count);
        }
        return register;
    }

    /** An array's bytes cost no calls, which those of a buffer do in compiled images. */
    private static int update(int crc, byte[] bytes, int offset, int length) {
        int register = crc;
        int at = offset;
        int end = offset + length;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            register =
                    TABLES[7][(register ^ bytes[at]) & 0xFF]
                            ^ TABLES[6][((register >>> 8) ^ bytes[at + 1]) & 0xFF]
                            ^ TABLES[5][((register >>> 16) ^ bytes[at + 2]) & 0xFF]
                            ^ TABLES[4][((register >>> 24) ^ bytes[at + 3]) & 0xFF]
                            ^ TABLES[3][bytes[at + 4] & 0xFF]
                            ^ TABLES[2][bytes[at + 5] & 0xFF]
                            ^ TABLES[1][bytes[at + 6] & 0xFF]
                            ^ TABLES[0][bytes[at + 7] & 0xFF];
        }
        for (; at < end; at++) {
            register = step(register, bytes[at]);
        }
        return register;
    }

    /** Goes on with a number of four bytes, the lowest first. */
    public static int update(int crc, int number) {
        int register = crc;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            register = step(register, number >>> shift);
        }
        return register;
    }

    private static int step(int register, int value) {
        return TABLES[0][(register ^ value) & 0xFF] ^ (register >>> Byte.SIZE);
    }
}
