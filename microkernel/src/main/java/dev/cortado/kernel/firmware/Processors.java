package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;

/** The CPUs that can be used, the boot CPU among them, in the order of the firmware's table. */
public final class Processors {
    public static final int CAPACITY = 256;

    private final int[] apicIds = new int[CAPACITY];
    private int count;

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int count() {
        return count;
    }

    /** The local APIC's identifier, 32 bits, unsigned. Above 254 it is one of an x2APIC. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int apicId(int index) {
        return apicIds[index];
    }

    /** Where a CPU is in the list, -1 if it is not. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    public int indexOf(int apicId) {
        for (int i = 0; i < count; i++) {
            if (apicIds[i] == apicId) {
                return i;
            }
        }
        return -1;
    }

    /** Does nothing if the CPU is there already or the list is full. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    void add(int apicId) {
        if (count < CAPACITY && indexOf(apicId) < 0) {
            apicIds[count++] = apicId;
        }
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    void clear() {
        count = 0;
    }
}
