package dev.cortado.runtime.zip;

/** The checksums of zlib (RFC 1950, 9) and gzip (RFC 1952, 8). */
public final class Checksums {
    /** The Adler-32 of nothing. */
    public static final int ADLER32_START = 1;

    private static final int ADLER_MODULUS = 65521;

    /** So many bytes can be summed up before an unsigned 32-bit sum needs its modulus. */
    private static final int ADLER_RUN = 5552;

    private static final int CRC_POLYNOMIAL = 0xEDB88320;

    /** How many bytes of the CRC are done at once, each with a table of its own. */
    private static final int SLICES = 8;

    private static final int[][] CRC_TABLES = crcTables();

    private Checksums() {}

    private static int[][] crcTables() {
        int[][] tables = new int[SLICES][256];
        for (int i = 0; i < 256; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ CRC_POLYNOMIAL : crc >>> 1;
            }
            tables[0][i] = crc;
        }
        for (int slice = 1; slice < SLICES; slice++) {
            for (int i = 0; i < 256; i++) {
                int previous = tables[slice - 1][i];
                tables[slice][i] = previous >>> 8 ^ tables[0][previous & 0xff];
            }
        }
        return tables;
    }

    /** Continues the Adler-32 {@code adler} with some bytes. */
    public static int adler32(int adler, byte[] bytes, int offset, int length) {
        int low = adler & 0xffff;
        int high = adler >>> 16;
        int next = offset;
        int left = length;
        while (left > 0) {
            int run = Math.min(left, ADLER_RUN);
            left -= run;
            for (int end = next + run; next < end; next++) {
                low += bytes[next] & 0xff;
                high += low;
            }
            low = Integer.remainderUnsigned(low, ADLER_MODULUS);
            high = Integer.remainderUnsigned(high, ADLER_MODULUS);
        }
        return high << 16 | low;
    }

    /** Continues the CRC-32 {@code crc}, 0 at first, with some bytes. */
    public static int crc32(int crc, byte[] bytes, int offset, int length) {
        int value = ~crc;
        int next = offset;
        int end = offset + length;
        int[][] tables = CRC_TABLES;
        while (end - next >= SLICES) {
            value ^=
                    bytes[next] & 0xff
                            | (bytes[next + 1] & 0xff) << 8
                            | (bytes[next + 2] & 0xff) << 16
                            | bytes[next + 3] << 24;
            value =
                    tables[7][value & 0xff]
                            ^ tables[6][value >>> 8 & 0xff]
                            ^ tables[5][value >>> 16 & 0xff]
                            ^ tables[4][value >>> 24]
                            ^ tables[3][bytes[next + 4] & 0xff]
                            ^ tables[2][bytes[next + 5] & 0xff]
                            ^ tables[1][bytes[next + 6] & 0xff]
                            ^ tables[0][bytes[next + 7] & 0xff];
            next += SLICES;
        }
        while (next < end) {
            value = value >>> 8 ^ tables[0][(value ^ bytes[next++]) & 0xff];
        }
        return ~value;
    }
}
