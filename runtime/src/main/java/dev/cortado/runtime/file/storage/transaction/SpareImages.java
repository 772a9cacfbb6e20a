package dev.cortado.runtime.file.storage.transaction;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Buffers of a block each, for what the blocks of a step were before it: each step needs some, and
 * the one after it the same again. By one thread at a time.
 */
final class SpareImages {
    /** As many as a usual step takes. */
    private static final int MOST_KEPT = 16;

    private final int blockBytes;
    private final ArrayDeque<ByteBuffer> kept = new ArrayDeque<>();

    SpareImages(int blockBytes) {
        this.blockBytes = blockBytes;
    }

    /** One with any bytes. */
    ByteBuffer take() {
        ByteBuffer image = kept.poll();
        return image != null ? image : ByteBuffer.allocate(blockBytes);
    }

    /** Nobody uses it any more. */
    void giveBack(ByteBuffer image) {
        if (kept.size() < MOST_KEPT) {
            kept.push(image);
        }
    }
}
