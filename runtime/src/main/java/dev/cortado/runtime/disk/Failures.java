package dev.cortado.runtime.disk;

import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.BufferInUseException;
import java.io.IOException;
import java.util.List;

/** What transfers that were made together have ended with. */
final class Failures {
    private Failures() {}

    /** One; null if there is none. That the device may still have the buffer goes before others. */
    static Exception of(List<BlockTransfer> transfers) {
        Exception failure = null;
        for (BlockTransfer transfer : transfers) {
            Exception own = transfer.failure();
            if (failure == null || own != null && BufferInUseException.isIn(own)) {
                failure = own;
            }
        }
        return failure;
    }

    /**
     * Whether a device is done with the buffer of a call that ended so: nobody knows what it is
     * about to do after what no driver tells of.
     *
     * @param failure null for none
     */
    static boolean isDone(Throwable failure) {
        return switch (failure) {
            case null -> true;
            case IOException e -> !BufferInUseException.isIn(e);
            case IllegalArgumentException e -> true; // no place of the disk
            default -> false;
        };
    }

    static void throwIfAny(Exception failure) throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IOException(failure);
        }
    }
}
