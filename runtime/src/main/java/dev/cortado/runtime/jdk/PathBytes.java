package dev.cortado.runtime.jdk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Paths as bytes, which is what they are to file systems; of text, in UTF-8. */
final class PathBytes {
    private PathBytes() {}

    static byte[] of(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] path) {
        return new String(path, StandardCharsets.UTF_8);
    }

    /** The C string at an address. */
    static byte[] at(long address) {
        return NativeBytes.readString(address);
    }

    /** Without slashes at the end, which {@code java.io} takes off before it opens a file. */
    static byte[] toOpen(String path) {
        byte[] bytes = of(path);
        int length = bytes.length;
        while (length > 1 && bytes[length - 1] == '/') {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }
}
