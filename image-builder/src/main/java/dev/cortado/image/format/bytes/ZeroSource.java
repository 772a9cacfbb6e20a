package dev.cortado.image.format.bytes;

import java.nio.ByteBuffer;

/**
 * A disk that nothing was written to.
 *
 * @param size in bytes
 */
public record ZeroSource(String name, long size) implements ByteSource {
    @Override
    public void read(long position, ByteBuffer into) {
        requireInside(position, into.remaining(), "what is read");
        while (into.hasRemaining()) {
            into.put((byte) 0);
        }
    }

    @Override
    public long zeros(long position) {
        return size - position;
    }
}
