package dev.cortado.image.disk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Names of files as text: UTF-8, and a character of its own for each byte that is none, so that
 * every name comes back as it was (PEP 383).
 */
final class NameText {
    /** Half of a pair that no UTF-8 has: the byte is its lower half. */
    private static final int FIRST_ESCAPE = 0xDC80;

    private static final int LAST_ESCAPE = 0xDCFF;

    private NameText() {}

    static String of(byte[] name) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(name);
        CharBuffer text = CharBuffer.allocate(name.length);
        CoderResult result = decoder.decode(bytes, text, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                text.put((char) (FIRST_ESCAPE & ~0xFF | bytes.get() & 0xFF));
            }
            result = decoder.decode(bytes, text, true);
        }
        return text.flip().toString();
    }

    /** For people: a guest's names are no commands for the terminal, and have one line. */
    static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        text.codePoints()
                .forEach(each -> {
                    if (each >= FIRST_ESCAPE && each <= LAST_ESCAPE) {
                        bytes.write(each);
                    } else {
                        bytes.writeBytes(Character.toString(each).getBytes(StandardCharsets.UTF_8));
                    }
                });
        return bytes.toByteArray();
    }
}
