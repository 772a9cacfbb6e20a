package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * Reads and writes memory by its physical address, or, in {@link VirtualMemory}, by its virtual
 * one. The allocators, page tables and queues go through it, so that on the host the same code runs
 * over an array. Values are little-endian and need no alignment.
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
