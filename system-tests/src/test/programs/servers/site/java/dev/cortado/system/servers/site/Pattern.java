package dev.cortado.system.servers.site;

import java.io.IOException;
import java.io.OutputStream;

/** A body of any length, whose every part is different. */
public final class Pattern {
    private static final int PIECE = 8192;

    private Pattern() {}

    /** The byte at that place. */
    public static byte at(int place) {
        return (byte) (place * 31 + (place >> 8) * 7 + (place >> 16));
    }

    /** Writes {@code length} bytes, a piece at a time. */
    public static void write(OutputStream out, int length) throws IOException {
        for (int begin = 0; begin < length; begin += PIECE) {
            out.write(piece(begin, Math.min(length, begin + PIECE)));
        }
    }

    /** The bytes from {@code begin} to before {@code end}. */
    public static byte[] piece(int begin, int end) {
        byte[] bytes = new byte[end - begin];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = at(begin + i);
        }
        return bytes;
    }
}
