package dev.cortado.runtime.jdk;

/** Strings of JSON (RFC 8259, section 7). */
final class JsonText {
    private static final String SHORT_ESCAPES = "\"\"\\\\\bb\ff\nn\rr\tt";

    private JsonText() {}

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escape = shortEscape(c);
            if (escape >= 0) {
                quoted.append('\\').append(SHORT_ESCAPES.charAt(escape + 1));
            } else if (c < ' ') {
                quoted.append("\\u00").append((int) c >> 4).append(Character.forDigit(c & 0xf, 16));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Where a pair of a character and its escape begins, or -1. */
    private static int shortEscape(char c) {
        for (int i = 0; i < SHORT_ESCAPES.length(); i += 2) {
            if (SHORT_ESCAPES.charAt(i) == c) {
                return i;
            }
        }
        return -1;
    }
}
