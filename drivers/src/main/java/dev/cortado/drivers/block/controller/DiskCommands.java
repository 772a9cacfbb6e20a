package dev.cortado.drivers.block.controller;

import java.io.IOException;

/** What a controller does for one of its disks; all arguments are checked already. */
public interface DiskCommands {
    /** Reads or writes blocks. */
    void run(DiskTransfer transfer) throws IOException;

    /**
     * Begins to do so, where a controller does several things at once.
     *
     * @param waits for room, if there is none: not while one has others under way, for which nobody
     *     else waits
     * @return whether it was made; where it was not, it is to be {@link #run} when nothing of one's
     *     own is under way any more. Null if there is no room
     */
    default Request<Boolean> begin(DiskTransfer transfer, boolean waits) throws IOException {
        run(transfer);
        return Request.ended(true);
    }

    /** What was written is kept for good. */
    void flush() throws IOException;

    /** Blocks are not needed any more, at most {@link DiskGeometry#mostDiscardBytes}. */
    void discard(long position, long length) throws IOException;

    /** Whether it is a CD or the like. */
    default boolean isDisc() {
        return false;
    }

    /** Whether the driver is not at its end. */
    boolean isAlive();
}
