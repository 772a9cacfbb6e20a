package dev.cortado.runtime.zip;

import java.util.Arrays;

/**
 * Compressed bytes that wait for room in the caller's buffer, and the bits of an unfinished byte.
 */
final class BitWriter {
    private static final int FIRST_CAPACITY = 8 * 1024;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int start;
    private int end;
    private long hold;
    private int bits;

    void clear() {
        start = 0;
        end = 0;
        hold = 0;
        bits = 0;
    }

    boolean isEmpty() {
        return start == end;
    }

    /** Appends the {@code count} lowest bits of a value that has no others, lowest first. */
    void write(int value, int count) {
        hold |= (long) value << bits;
        bits += count;
        if (bits >= Integer.SIZE) {
            reserve(Integer.BYTES);
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes[end++] = (byte) hold;
                hold >>>= 8;
            }
            bits -= Integer.SIZE;
        }
    }

    /** Gives out the bytes that are complete. */
    void flushBits() {
        reserve(Integer.BYTES);
        while (bits >= 8) {
            bytes[end++] = (byte) hold;
            hold >>>= 8;
            bits -= 8;
        }
    }

    /** Fills the last byte with zeros. */
    void alignToByte() {
        write(0, -bits & 7);
        flushBits();
    }

    /** Appends whole bytes; the bits must be aligned. */
    void write(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, end, length);
        end += length;
    }

    /** Big endian, as the zlib wrapper has it; the bits must be aligned. */
    void writeShort(int value) {
        reserve(Short.BYTES);
        bytes[end++] = (byte) (value >>> 8);
        bytes[end++] = (byte) value;
    }

    /** Moves out as much as there is room for; returns how much that was. */
    int drain(byte[] target, int offset, int room) {
        int count = Math.min(end - start, room);
        System.arraycopy(bytes, start, target, offset, count);
        start += count;
        if (isEmpty()) {
            start = 0;
            end = 0;
        }
        return count;
    }

    private void reserve(int count) {
        if (bytes.length - end < count) {
            if (start > 0) {
                System.arraycopy(bytes, start, bytes, 0, end - start);
                end -= start;
                start = 0;
            }
            if (bytes.length - end < count) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + count));
            }
        }
    }
}
