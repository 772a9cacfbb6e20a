package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;

/** The machine's IO-APICs: each serves a stretch of the global system interrupts. */
public final class IoApics {
    public static final int CAPACITY = 16;

    private final int[] ids = new int[CAPACITY];
    private final long[] addresses = new long[CAPACITY];
    private final long[] firstInterrupts = new long[CAPACITY];
    private int count;

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int count() {
        return count;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int id(int index) {
        return ids[index];
    }

    /** Physical address of the registers, below 4 GiB. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long address(int index) {
        return addresses[index];
    }

    /** The global system interrupt of the IO-APIC's line 0. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long firstInterrupt(int index) {
        return firstInterrupts[index];
    }

    /**
     * The IO-APIC that serves a global system interrupt, if one has that many lines; -1 if all
     * begin above it.
     */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    public int indexFor(long globalInterrupt) {
        int best = -1;
        for (int i = 0; i < count; i++) {
            if (firstInterrupts[i] <= globalInterrupt
                    && (best < 0 || firstInterrupts[i] > firstInterrupts[best])) {
                best = i;
            }
        }
        return best;
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    int indexOfId(int id) {
        for (int i = 0; i < count; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    /** Does nothing if it has no address, repeats one, or the list is full. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    void add(int id, long address, long firstInterrupt) {
        if (count == CAPACITY || address == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (addresses[i] == address || firstInterrupts[i] == firstInterrupt) {
                return;
            }
        }
        ids[count] = id;
        addresses[count] = address;
        firstInterrupts[count] = firstInterrupt;
        count++;
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    void clear() {
        count = 0;
    }
}
