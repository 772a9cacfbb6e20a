package dev.cortado.kernel.memory;

/** Where frames for devices come from. */
public interface FrameSource {
    /** What {@link #allocate} returns when there are none. */
    long NONE = BuddyAllocator.NONE;

    /**
     * 2^order frames side by side, aligned to their size, zeroed.
     *
     * @param limit all their addresses are below
     * @return the physical address of the first, or NONE
     */
    long allocate(int order, long limit);

    /**
     * As {@link #allocate}, but with what others may have left there: whoever wants it so clears it
     * before a device sees it. A source whose frames are zeroes anyway has nothing else to do.
     */
    default long allocateUncleared(int order, long limit) {
        return allocate(order, limit);
    }

    /** Zeroes what {@link #allocateUncleared} returned for that order. */
    default void clear(long physical, int order) {}

    /** Gives back what {@link #allocate} returned for that order. */
    void free(long physical, int order);

    /** Where the program finds a frame. */
    long address(long physical);
}
