package dev.cortado.runtime.file.ext4.group;

import java.nio.ByteBuffer;

/** The CRC of x^16 + x^15 + x^2 + 1, lowest bit first, which descriptors have with uninit_bg. */
final class Crc16 {
    /** What the register begins with. */
    static final int BEGIN = 0xFFFF;

    private static final int POLYNOMIAL = 0xA001;

    private Crc16() {}

    static int update(int crc, ByteBuffer bytes, int offset, int length) {
        int register = crc;
        for (int i = 0; i < length; i++) {
            register = step(register, bytes.get(offset + i));
        }
        return register;
    }

    /** Goes on with a number of four bytes, the lowest first. */
    static int update(int crc, int number) {
        int register = crc;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            register = step(register, number >>> shift);
        }
        return register;
    }

    private static int step(int register, int value) {
        int crc = register ^ (value & 0xFF);
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            crc = (crc & 1) != 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
        }
        return crc;
    }
}
