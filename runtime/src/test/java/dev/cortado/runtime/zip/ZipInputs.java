package dev.cortado.runtime.zip;

import java.util.Random;

/** Bytes that compress in different ways. */
final class ZipInputs {
    static final int KINDS = 6;

    private ZipInputs() {}

    static byte[] create(Random random, int kind, int length) {
        byte[] bytes = new byte[length];
        switch (kind) {
            case 0 -> random.nextBytes(bytes);
            case 1 -> fill(bytes, random, 2);
            case 2 -> words(bytes, random);
            case 3 -> skewed(bytes, random);
            case 4 -> repeats(bytes, random);
            default -> {} // zeros
        }
        return bytes;
    }

    private static void fill(byte[] bytes, Random random, int values) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(values);
        }
    }

    private static void words(byte[] bytes, Random random) {
        byte[][] words = new byte[200][];
        for (int i = 0; i < words.length; i++) {
            words[i] = new byte[1 + random.nextInt(12)];
            for (int j = 0; j < words[i].length; j++) {
                words[i][j] = (byte) ('a' + random.nextInt(26));
            }
        }
        for (int i = 0; i < bytes.length; ) {
            byte[] word = words[(int) (words.length * Math.pow(random.nextDouble(), 3))];
            for (int j = 0; j < word.length && i < bytes.length; j++) {
                bytes[i++] = word[j];
            }
        }
    }

    /** Frequencies that fall so fast that code lengths hit their limit. */
    private static void skewed(byte[] bytes, Random random) {
        for (int i = 0; i < bytes.length; i++) {
            int value = 0;
            while (value < 255 && random.nextInt(3) != 0) {
                value += 1;
            }
            bytes[i] = (byte) (value * 37);
        }
    }

    private static void repeats(byte[] bytes, Random random) {
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; ) {
            int distance = 1 + random.nextInt(Math.max(1, Math.min(i, 40_000)));
            int length = random.nextInt(600);
            for (int j = 0; j < length && i + j < bytes.length && i >= distance; j++) {
                bytes[i + j] = bytes[i + j - distance];
            }
            i += length + random.nextInt(50);
        }
    }
}
