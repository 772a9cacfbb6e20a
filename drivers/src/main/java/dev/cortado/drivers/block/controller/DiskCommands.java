package dev.cortado.drivers.block.controller;

import java.io.IOException;

/** What a controller does for one of its disks; all arguments are checked already. */
public interface DiskCommands {
    /**
     * Reads blocks, at most as many as {@link DiskGeometry#mostBytes}.
     *
     * @param address where the device finds the memory
     */
    void read(long position, long address, int length) throws IOException;

    /** Writes blocks, as {@link #read} reads. */
    void write(long position, long address, int length) throws IOException;

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
