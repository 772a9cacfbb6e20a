package dev.cortado.system.report;

import java.util.Optional;

/**
 * Writes the fields of a record: separated by spaces, in printable ASCII. Within a field a space is
 * {@code \s}, a backslash {@code \\}, every other character outside of '!' to '~' is a backslash, a
 * 'u' and four hexadecimal digits; {@code \0} alone is a field without a value.
 */
final class FieldWriter {
    private final StringBuilder line = new StringBuilder();

    FieldWriter text(String text) {
        separate();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case ' ' -> line.append("\\s");
                case '\\' -> line.append("\\\\");
                default -> {
                    if (c > ' ' && c <= '~') {
                        line.append(c);
                    } else {
                        line.append("\\u").append(hex(c));
                    }
                }
            }
        }
        return this;
    }

    FieldWriter text(Optional<String> text) {
        if (text.isPresent()) {
            return text(text.get());
        }
        separate();
        line.append("\\0");
        return this;
    }

    FieldWriter number(long number) {
        separate();
        line.append(number);
        return this;
    }

    private void separate() {
        if (!line.isEmpty()) {
            line.append(' ');
        }
    }

    private static String hex(char c) {
        return Integer.toHexString(0x10000 | c).substring(1);
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
