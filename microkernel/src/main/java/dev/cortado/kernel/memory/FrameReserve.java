package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/** Frames that somebody has, and can do without: the allocator asks for them when none is free. */
interface FrameReserve {
    /** How many there are, about. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long frames();

    /**
     * Frees some of them, a small number. Called as the allocator itself is, in the midst of an
     * allocation.
     *
     * @return whether it did
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    boolean yieldTo(BuddyAllocator allocator);
}
