package dev.cortado.system.guest.peers;

import java.util.zip.CRC32;

/** Bytes that two sides make by themselves, and compare by their sum. */
public final class Bulk {
    private static final int MULTIPLIER = 1664525;
    private static final int INCREMENT = 1013904223;

    private int state;

    /** Fills an array with the next bytes. */
    public void fill(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            state = state * MULTIPLIER + INCREMENT;
            bytes[i] = (byte) (state >>> 24);
        }
    }

    /** The sum of the first so many bytes. */
    public static String sum(int count) {
        byte[] bytes = new byte[count];
        new Bulk().fill(bytes);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return text(sum);
    }

    /** A sum as tools write it. */
    public static String text(CRC32 sum) {
        return "%08x".formatted(sum.getValue());
    }
}
