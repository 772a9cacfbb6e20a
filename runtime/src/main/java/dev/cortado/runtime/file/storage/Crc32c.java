package dev.cortado.runtime.file.storage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * What a byte does to the register when that many others follow it: of eight bytes a step, the
     * last one's is the first. Constants each, whose indexes a compiler need not check.
     */
    private static final int[] LAST = table();

    private static final int[] BEFORE_1 = before(LAST);
    private static final int[] BEFORE_2 = before(BEFORE_1);
    private static final int[] BEFORE_3 = before(BEFORE_2);
    private static final int[] BEFORE_4 = before(BEFORE_3);
    private static final int[] BEFORE_5 = before(BEFORE_4);
    private static final int[] BEFORE_6 = before(BEFORE_5);
    private static final int[] BEFORE_7 = before(BEFORE_6);

    private static final int NIBBLE_VALUES = 16;
    private static final int NIBBLES = Integer.SIZE / 4;

    /**
     * What a register becomes when two to the power of that many zeros follow: see {@link #sum}.
     */
    private static final int[][] ZEROS = zeros();

    /** Null where there is none; set while an image is built. */
    private static Instruction instruction;

    private Crc32c() {}

    /** What a CPU has for this. */
    public interface Instruction {
        boolean isThere();

        /** Goes on with bytes, all of them inside the array. */
        int update(int crc, byte[] bytes, int offset, int length);
    }

    /** Called while an image is built. */
    public static void setInstruction(Instruction chosen) {
        instruction = chosen;
    }

    private static int[][] zeros() {
        int[][] zeros = new int[Integer.SIZE - 1][NIBBLES * NIBBLE_VALUES];
        for (int power = 0; power < zeros.length; power++) {
            for (int i = 0; i < zeros[power].length; i++) {
                int register = i % NIBBLE_VALUES << i / NIBBLE_VALUES * 4;
                zeros[power][i] =
                        power == 0
                                ? step(register, 0)
                                : sum(zeros[power - 1], sum(zeros[power - 1], register));
            }
        }
        return zeros;
    }

    /** Of what each four bits of a register become, the lowest first. */
    private static int sum(int[] ofNibbles, int register) {
        int sum = 0;
        for (int nibble = 0; nibble < NIBBLES; nibble++) {
            int value = register >>> nibble * 4 & NIBBLE_VALUES - 1;
            sum ^= ofNibbles[nibble * NIBBLE_VALUES + value];
        }
        return sum;
    }

    private static int[] table() {
        int[] table = new int[BYTE_VALUES];
        for (int value = 0; value < BYTE_VALUES; value++) {
            int crc = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) != 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
            }
            table[value] = crc;
        }
        return table;
    }

    private static int[] before(int[] behind) {
        int[] table = new int[BYTE_VALUES];
        for (int value = 0; value < BYTE_VALUES; value++) {
            table[value] = LAST[behind[value] & 0xFF] ^ (behind[value] >>> Byte.SIZE);
        }
        return table;
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
        Instruction found = instruction;
        if (found != null && found.isThere()) {
            return found.update(crc, bytes, offset, length);
        }
        int register = crc;
        int at = offset;
        int end = offset + length;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            register = step((long) LONGS.get(bytes, at) ^ Integer.toUnsignedLong(register));
        }
        for (; at < end; at++) {
            register = step(register, bytes[at]);
        }
        return register;
    }

    /**
     * What a change of some of the bytes adds to the register behind all of them, by exclusive or:
     * the CRC is linear, and zeros in front of what is summed change nothing.
     *
     * @param differences of the bytes before and after, by exclusive or
     * @param behind how many bytes follow them
     */
    public static int change(byte[] differences, int behind) {
        int register = update(0, differences, 0, differences.length);
        for (int power = 0; behind >>> power != 0; power++) {
            if ((behind >>> power & 1) != 0) {
                register = sum(ZEROS[power], register);
            }
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

    /** Of eight bytes, the register in the first of them. */
    private static int step(long bytes) {
        return BEFORE_7[(int) bytes & 0xFF]
                ^ BEFORE_6[(int) (bytes >>> 8) & 0xFF]
                ^ BEFORE_5[(int) (bytes >>> 16) & 0xFF]
                ^ BEFORE_4[(int) (bytes >>> 24) & 0xFF]
                ^ BEFORE_3[(int) (bytes >>> 32) & 0xFF]
                ^ BEFORE_2[(int) (bytes >>> 40) & 0xFF]
                ^ BEFORE_1[(int) (bytes >>> 48) & 0xFF]
                ^ LAST[(int) (bytes >>> 56)];
    }

    private static int step(int register, int value) {
        return LAST[(register ^ value) & 0xFF] ^ (register >>> Byte.SIZE);
    }
}
