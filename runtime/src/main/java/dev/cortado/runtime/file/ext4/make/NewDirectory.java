package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A block of a new directory: entries one behind the other, the last of which goes up to the
 * checksum (Linux, Documentation/filesystems/ext4, "Linear (Classic) Directories").
 */
final class NewDirectory {
    private static final int HEADER_BYTES = 8;
    private static final int ALIGNMENT = 4;
    private static final int DIRECTORY = 2;

    private static final int TAIL_BYTES = 12;
    private static final int TAIL_TYPE = 0xDE;

    private final ByteBuffer block;
    private int at;
    private int last;

    NewDirectory(ByteBuffer block) {
        this.block = block;
    }

    /** Adds an entry for a directory. */
    NewDirectory add(String name, long inode) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        block.putInt(at, (int) inode);
        block.put(at + 6, (byte) bytes.length);
        block.put(at + 7, (byte) DIRECTORY);
        block.put(at + HEADER_BYTES, bytes);
        int length = Math.ceilDiv(HEADER_BYTES + bytes.length, ALIGNMENT) * ALIGNMENT;
        putLength(at, length);
        last = at;
        at += length;
        return this;
    }

    /**
     * Puts what comes behind the entries; without any, one that stands for nothing.
     *
     * @param checksumSeed of the directory's inode
     */
    ByteBuffer seal(int checksumSeed) {
        int tail = block.capacity() - TAIL_BYTES;
        putLength(last, tail - last);
        putLength(tail, TAIL_BYTES);
        block.put(tail + 7, (byte) TAIL_TYPE);
        block.putInt(tail + 8, Crc32c.update(checksumSeed, block, 0, tail));
        return block;
    }

    /** In 16 bits: the checksum's place keeps every length below 65536. */
    private void putLength(int entry, int length) {
        block.putShort(entry + 4, (short) length);
    }
}
