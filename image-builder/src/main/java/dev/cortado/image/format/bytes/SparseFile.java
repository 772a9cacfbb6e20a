package dev.cortado.image.format.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A new file that is written at any position; what is not written is zeros, and takes no room. */
public final class SparseFile {
    private final FileChannel channel;

    public SparseFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Writes all that remains of {@code bytes}. */
    public void write(long position, ByteBuffer bytes) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Makes the file at least that long. */
    public void extend(long size) throws IOException {
        if (channel.size() < size) {
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    /** Writes a whole disk, and skips its zeros. */
    public void copy(long position, ByteSource disk, int blockBytes) throws IOException {
        Blocks.visit(
                disk,
                blockBytes,
                (block, bytes) -> {
                    long from = block * blockBytes;
                    bytes.limit((int) Math.min(blockBytes, disk.size() - from));
                    write(position + from, bytes);
                });
        extend(position + disk.size());
    }
}
