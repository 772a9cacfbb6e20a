package dev.cortado.runtime.file.storage.transaction;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/**
 * Blocks of transactions that have been written, but not to the blocks' own places: a read finds
 * them here, and a crash brings them back. Called for a moment, by any thread.
 */
public interface CommittedImages {
    /** There are never any. */
    CommittedImages NONE =
            new CommittedImages() {
                @Override
                public ByteBuffer image(long block) {
                    return null;
                }

                @Override
                public void visit(long first, long count, LongConsumer visitor) {}
            };

    /**
     * A block as the last of these transactions has left it: not to be changed, positions mean
     * nothing.
     *
     * @return null if none of them changed it
     */
    ByteBuffer image(long block);

    /** Tells which blocks of a range there are. */
    void visit(long first, long count, LongConsumer visitor);
}
