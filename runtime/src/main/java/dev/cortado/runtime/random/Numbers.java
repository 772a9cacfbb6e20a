package dev.cortado.runtime.random;

import java.util.function.LongConsumer;

/** Bytes as numbers. */
final class Numbers {
    private Numbers() {}

    /**
     * Gives all bytes, eight to a number.
     *
     * @return how many bits
     */
    static int of(byte[] bytes, LongConsumer numbers) {
        for (int i = 0; i < bytes.length; i += Long.BYTES) {
            long number = 0;
            for (int j = i; j < Math.min(i + Long.BYTES, bytes.length); j++) {
                number = number << 8 | bytes[j] & 0xff;
            }
            numbers.accept(number);
        }
        return bytes.length * Byte.SIZE;
    }
}
