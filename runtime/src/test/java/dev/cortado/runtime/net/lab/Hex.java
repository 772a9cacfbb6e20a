package dev.cortado.runtime.net.lab;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Packets as people write them down. */
public final class Hex {
    private Hex() {}

    /** Bytes from hexadecimal digits, with white space anywhere. */
    public static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    public static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(bytes(text));
    }

    public static String text(ByteBuffer bytes, int from, int length) {
        byte[] copy = new byte[length];
        bytes.get(from, copy);
        return HexFormat.of().formatHex(copy);
    }
}
