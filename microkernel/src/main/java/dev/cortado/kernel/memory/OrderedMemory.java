package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/** Memory that another CPU, or another domain, reads and writes at the same time. */
public interface OrderedMemory extends PhysicalMemory {
    /** Reads 8 aligned bytes at once; what is read or written later comes after it. */
    @Uninterruptible(reason = REASON)
    long readLongAcquire(long address);

    /** Writes 8 aligned bytes at once; what was read or written earlier comes before it. */
    @Uninterruptible(reason = REASON)
    void writeLongRelease(long address, long value);

    /** Everything before it comes before everything after it, writes before reads, too. */
    @Uninterruptible(reason = REASON)
    void fullFence();

    /** Copies bytes of an array into this memory. */
    void copyIn(byte[] source, int offset, long address, int length);

    /** Copies bytes of this memory into an array. */
    void copyOut(long address, byte[] target, int offset, int length);
}
