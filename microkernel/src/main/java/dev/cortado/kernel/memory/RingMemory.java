package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * Memory in which numbers of 4 bytes, or of 2, lie side by side that different sides write, as the
 * indices of Xen's rings, and of virtio's, do.
 */
public interface RingMemory extends OrderedMemory {
    /** Reads 4 aligned bytes at once; what is read or written later comes after it. */
    @Uninterruptible(reason = REASON)
    int readIntAcquire(long address);

    /**
     * Writes 4 aligned bytes at once; what was read or written earlier comes before it. What lies
     * beside them is not touched.
     */
    @Uninterruptible(reason = REASON)
    void writeIntRelease(long address, int value);

    /** As {@link #readIntAcquire}, 2 aligned bytes without a sign. */
    @Uninterruptible(reason = REASON)
    int readShortAcquire(long address);

    /** As {@link #writeIntRelease}, 2 aligned bytes: the lower ones of the value. */
    @Uninterruptible(reason = REASON)
    void writeShortRelease(long address, int value);

    /** Replaces 4 aligned bytes at once if they are as expected; a full fence as well. */
    @Uninterruptible(reason = REASON)
    boolean compareAndSetInt(long address, int expected, int value);

    /**
     * As {@link #fullFence}, for what is said to a device that the hypervisor runs beside the CPU,
     * and what it says.
     */
    default void deviceFence() {
        fullFence();
    }
}
