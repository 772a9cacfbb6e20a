package dev.cortado.image.format.bytes;

import java.nio.ByteBuffer;

/** A part of a source, which is closed with it. */
public final class SourceWindow implements ByteSource {
    private final ByteSource whole;
    private final long start;
    private final long size;

    /**
     * @param what it is, for errors
     * @throws dev.cortado.image.UserError if the source does not have all of it
     */
    public SourceWindow(ByteSource whole, long start, long size, String what) {
        whole.requireInside(start, size, what);
        this.whole = whole;
        this.start = start;
        this.size = size;
    }

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer into) {
        requireInside(position, into.remaining(), "what is read");
        whole.read(start + position, into);
    }

    @Override
    public long zeros(long position) {
        requireInside(position, 0, "what is asked for");
        return Math.min(whole.zeros(start + position), size - position);
    }

    @Override
    public void close() {
        whole.close();
    }
}
