package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * Reads and writes physical memory. The allocators and page tables go through it, so that on the
 * host the same code runs over an array.
 */
public interface PhysicalMemory {
    String REASON = "Memory management runs before, below and during garbage collection.";

    @Uninterruptible(reason = REASON)
    long readLong(long physical);

    @Uninterruptible(reason = REASON)
    void writeLong(long physical, long value);

    @Uninterruptible(reason = REASON)
    byte readByte(long physical);

    @Uninterruptible(reason = REASON)
    void writeByte(long physical, byte value);
}
