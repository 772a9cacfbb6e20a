package dev.cortado.runtime.file.ext4.make;

import java.nio.ByteBuffer;

/** Bits of a bitmap: number 0 is the lowest of the first byte. */
final class Bits {
    private Bits() {}

    /** Sets those from {@code first} to the one before {@code end}. */
    static void set(ByteBuffer bitmap, int first, int end) {
        int bit = first;
        while (bit < end) {
            int at = bit / Byte.SIZE;
            if (bit % Byte.SIZE == 0 && end - bit >= Byte.SIZE) {
                bitmap.put(at, (byte) -1);
                bit += Byte.SIZE;
            } else {
                bitmap.put(at, (byte) (bitmap.get(at) | 1 << bit % Byte.SIZE));
                bit++;
            }
        }
    }
}
