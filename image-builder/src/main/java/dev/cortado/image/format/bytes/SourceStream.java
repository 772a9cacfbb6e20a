package dev.cortado.image.format.bytes;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** A source front to back. */
public final class SourceStream extends InputStream {
    private final ByteSource source;
    private long position;

    public SourceStream(ByteSource source) {
        this.source = source;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        long left = source.size() - position;
        if (left == 0) {
            return length == 0 ? 0 : -1;
        }
        int count = (int) Math.min(length, left);
        source.read(position, ByteBuffer.wrap(bytes, offset, count));
        position += count;
        return count;
    }
}
