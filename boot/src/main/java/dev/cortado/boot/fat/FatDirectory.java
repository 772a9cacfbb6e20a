package dev.cortado.boot.fat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes a directory's entries (fatgen103, "FAT Directory Structure"). */
final class FatDirectory {
    static final int ENTRY_SIZE = 32;

    static final int VOLUME_LABEL = 0x08;
    static final int DIRECTORY = 0x10;
    static final int FILE = 0x20;

    private static final int NAME_SIZE = 8;
    private static final int EXTENSION_SIZE = 3;

    /** The first day that can be written: 1980-01-01. */
    private static final int DATE = 1 << 5 | 1;

    private FatDirectory() {}

    /**
     * Appends an entry.
     *
     * @param name 11 bytes, as {@link #shortName} makes them
     * @param cluster the first, 0 for none
     * @param size bytes of a file, 0 for a directory
     */
    static void append(ByteBuffer to, byte[] name, int attributes, int cluster, long size) {
        to.put(name).put((byte) attributes).put((byte) 0).put((byte) 0);
        to.putShort((short) 0).putShort((short) DATE).putShort((short) DATE);
        to.putShort((short) (cluster >>> Short.SIZE));
        to.putShort((short) 0).putShort((short) DATE);
        to.putShort((short) cluster).putInt((int) size);
    }

    /**
     * A name of up to eight letters and an extension of up to three as a directory has it.
     *
     * @throws IllegalArgumentException if it is not one, or not in capitals
     */
    static byte[] shortName(String name) {
        if (!name.matches("[A-Z0-9_-]{1,8}(\\.[A-Z0-9_-]{1,3})?")) {
            throw new IllegalArgumentException("no short name of a file: " + name);
        }
        int dot = name.indexOf('.');
        String base = dot < 0 ? name : name.substring(0, dot);
        String extension = dot < 0 ? "" : name.substring(dot + 1);
        return padded(base, NAME_SIZE)
                .concat(padded(extension, EXTENSION_SIZE))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Text with spaces behind it. */
    static String padded(String text, int size) {
        return text + " ".repeat(size - text.length());
    }
}
