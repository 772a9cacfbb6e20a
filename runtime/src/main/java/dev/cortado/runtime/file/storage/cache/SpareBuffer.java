package dev.cortado.runtime.file.storage.cache;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps the buffer of the request before for the next one: large ones are made anew too often to be
 * cheap. Any thread may call it.
 */
final class SpareBuffer {
    private final long mostBytes;
    private final AtomicReference<ByteBuffer> spare = new AtomicReference<>();

    /**
     * @param mostBytes of a buffer that is kept
     */
    SpareBuffer(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** One with room for some bytes at least, cleared, of whose bytes nothing is known. */
    ByteBuffer take(int bytes) {
        ByteBuffer kept = spare.getAndSet(null);
        return kept != null && kept.capacity() >= bytes ? kept.clear() : ByteBuffer.allocate(bytes);
    }

    /** Nobody has slices of it any more. */
    void giveBack(ByteBuffer buffer) {
        ByteBuffer kept = spare.get();
        boolean isLarger = kept == null || kept.capacity() < buffer.capacity();
        if (isLarger && buffer.capacity() <= mostBytes) {
            spare.set(buffer);
        }
    }
}
