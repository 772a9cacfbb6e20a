package dev.cortado.runtime.jdk;

import java.io.FileDescriptor;
import java.io.IOException;

/** Locks of file channels. */
final class ChannelLocks {
    // FileDispatcher.NO_LOCK, LOCKED and INTERRUPTED.
    private static final int NO_LOCK = -1;
    private static final int LOCKED = 0;
    private static final int INTERRUPTED = 2;

    private ChannelLocks() {}

    /**
     * @param size Long.MAX_VALUE for all that the file may ever have
     */
    static int lock(FileDescriptor file, boolean waits, long position, long size, boolean shared)
            throws IOException {
        long locked =
                ChannelCalls.transfer(
                        file,
                        open ->
                                open.lock(position, toEnd(size), !shared, waits)
                                        ? LOCKED
                                        : NO_LOCK);
        return locked == ChannelCalls.INTERRUPTED ? INTERRUPTED : (int) locked;
    }

    static void release(FileDescriptor file, long position, long size) throws IOException {
        ChannelCalls.transfer(
                file,
                open -> {
                    open.unlock(position, toEnd(size));
                    return 0;
                });
    }

    /** A lock to the end, however far that will be, has length 0. */
    private static long toEnd(long size) {
        return size == Long.MAX_VALUE ? 0 : size;
    }
}
