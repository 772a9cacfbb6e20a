package dev.cortado.runtime.file.map;

import java.nio.ByteBuffer;

/** The memory of the machine: frames, and the addresses where programs see them. */
public interface PageMemory {
    int PAGE_BYTES = 4096;

    /** No frame, and no address. */
    long NONE = 0;

    /** Addresses of so many pages, out of reach; {@link #NONE} if there are none or no memory. */
    long reserve(long pages);

    /** Gives addresses back whose pages are all out of reach. */
    void release(long address, long pages);

    /** A frame with any contents; {@link #NONE} if so little memory is left that others need it. */
    long allocate();

    /** Takes a frame back that is nowhere within reach. */
    void free(long frame);

    /** A frame's {@link #PAGE_BYTES}. */
    ByteBuffer bytes(long frame);

    /**
     * Puts a frame at a page, within reach for reading; also in place of another one that is so.
     *
     * @param isWritable whether {@link #raise} may follow
     * @return false if there is no memory for what that needs
     */
    boolean enter(long address, long frame, boolean isWritable);

    /** A page that was entered is within reach for writing. */
    void raise(long address);

    Reach reach(long address);

    /**
     * Lowers the reach of pages to one that is not above {@code reach}. When it returns no access
     * goes on that began before; with {@link Reach#NONE} their frames are nowhere any more.
     *
     * @param count how many of the addresses
     */
    void lower(long[] addresses, int count, Reach reach);
}
