package dev.cortado.drivers.xen.store;

import java.nio.charset.StandardCharsets;

/** Names of nodes: docs/misc/xenstore.txt, and XENSTORE_ABS_PATH_MAX of public/io/xs_wire.h. */
final class StorePath {
    private static final int LONGEST_ABSOLUTE = 3072;
    private static final int LONGEST_RELATIVE = 2048;

    private StorePath() {}

    /**
     * @throws IllegalArgumentException if nothing can be of this name
     */
    static String check(String path) {
        int length = path.length();
        boolean absolute = path.startsWith("/");
        if (length == 0 || length > (absolute ? LONGEST_ABSOLUTE : LONGEST_RELATIVE)) {
            throw new IllegalArgumentException("A xenstore path of " + length + " characters");
        }
        for (int i = 0; i < length; i++) {
            if (!isAllowed(path.charAt(i))) {
                throw new IllegalArgumentException("Not a xenstore path: " + path);
            }
        }
        return path;
    }

    static boolean isAllowed(char letter) {
        return letter >= 'a' && letter <= 'z'
                || letter >= 'A' && letter <= 'Z'
                || letter >= '0' && letter <= '9'
                || "-/_@".indexOf(letter) >= 0;
    }

    /** Texts, each of which a NUL ends. */
    static byte[] payload(String... texts) {
        int length = 0;
        for (String text : texts) {
            length += text.length() + 1;
        }
        byte[] bytes = new byte[length];
        int end = 0;
        for (String text : texts) {
            byte[] encoded = text.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(encoded, 0, bytes, end, encoded.length);
            end += encoded.length + 1;
        }
        return bytes;
    }
}
