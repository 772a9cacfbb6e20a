package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;

/**
 * An entry of an IO-APIC's redirection table (Intel 82093AA data sheet, 3.2.4): 64 bits that say
 * where a line's interrupts go. Delivery mode fixed, destination mode physical.
 */
final class RedirectionEntry {
    static final long ACTIVE_LOW = 1 << 13;
    static final long LEVEL_TRIGGERED = 1 << 15;
    static final long MASKED = 1 << 16;

    private static final int DESTINATION_SHIFT = 56;

    private RedirectionEntry() {}

    /**
     * @param apicId below 255
     */
    @Uninterruptible(reason = Interrupts.REASON)
    static long encode(int vector, int apicId, boolean levelTriggered, boolean activeLow) {
        long entry = vector & 0xff | (long) apicId << DESTINATION_SHIFT;
        entry |= levelTriggered ? LEVEL_TRIGGERED : 0;
        entry |= activeLow ? ACTIVE_LOW : 0;
        return entry;
    }
}
