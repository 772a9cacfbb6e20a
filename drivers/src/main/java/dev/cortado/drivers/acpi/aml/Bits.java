package dev.cortado.drivers.acpi.aml;

/** Ranges of bits in byte arrays; bit 0 is the lowest of byte 0. Callers check the ranges. */
final class Bits {
    private static final int SHIFT = 3;
    private static final int MASK = 7;

    private Bits() {}

    static long bytesFor(long bits) {
        return (bits + MASK) >>> SHIFT;
    }

    /** The arrays are not the same one. */
    static void copy(byte[] from, long fromBit, byte[] to, long toBit, long count) {
        long done = 0;
        while (done < count) {
            long target = toBit + done;
            int shift = (int) (target & MASK);
            int now = (int) Math.min(Byte.SIZE - shift, count - done);
            int mask = (1 << now) - 1;
            int value = read(from, fromBit + done, now);
            int at = (int) (target >>> SHIFT);
            to[at] = (byte) (to[at] & ~(mask << shift) | value << shift);
            done += now;
        }
    }

    /** Up to 8 bits, which may lie in two bytes. */
    private static int read(byte[] from, long bit, int count) {
        int at = (int) (bit >>> SHIFT);
        int shift = (int) (bit & MASK);
        int value = (from[at] & 0xff) >>> shift;
        if (shift + count > Byte.SIZE) {
            value |= from[at + 1] << Byte.SIZE - shift;
        }
        return value & (1 << count) - 1;
    }

    static void clear(byte[] to, long bit, long count) {
        for (long i = bit; i < bit + count; ) {
            int shift = (int) (i & MASK);
            int now = (int) Math.min(Byte.SIZE - shift, bit + count - i);
            to[(int) (i >>> SHIFT)] &= (byte) ~((1 << now) - 1 << shift);
            i += now;
        }
    }
}
