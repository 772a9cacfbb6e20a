package dev.cortado.runtime.file.tree;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Makes up paths, with few names so that they meet, and with all that is odd in paths. None leads
 * more than two directories up.
 */
final class RandomPaths {
    private static final String[] NAMES = {"a", "b", "c", "d", "e"};

    private final Random random;
    private final String base;

    RandomPaths(Random random, String base) {
        this.random = random;
        this.base = base;
    }

    /** From the root on. */
    byte[] absolute() {
        if (random.nextInt(200) == 0) {
            return new byte[0];
        }
        return bytes(base + (random.nextInt(20) == 0 ? "//" : "/") + names());
    }

    /** To look up in a directory, or for a link to lead to. */
    byte[] relative() {
        return random.nextInt(4) == 0 ? absolute() : bytes(names());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String names() {
        StringBuilder text = new StringBuilder();
        int ups = 0;
        int count = 1 + random.nextInt(1 + random.nextInt(4));
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : random.nextInt(20) == 0 ? "///" : "/");
            int choice = random.nextInt(60);
            if (choice < 3) {
                text.append('.');
            } else if (choice < 6 && ups < 2) {
                ups++;
                text.append("..");
            } else if (choice == 6) {
                text.append("n".repeat(254 + random.nextInt(3)));
            } else if (choice == 7 && random.nextInt(10) == 0) {
                text.append("/x".repeat(1900 + random.nextInt(200)));
            } else {
                text.append(NAMES[random.nextInt(NAMES.length)]);
            }
        }
        if (random.nextInt(10) == 0) {
            text.append('/');
        }
        return text.toString();
    }
}
