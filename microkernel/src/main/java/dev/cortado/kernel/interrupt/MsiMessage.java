package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;

/**
 * What a device writes where to raise an interrupt by a message (Intel SDM vol. 3A, 11.11 "Message
 * Signalled Interrupts"): to one CPU, edge-triggered, delivery mode fixed.
 */
public final class MsiMessage {
    /** Bits 31:20 of the address, 11.11.1. */
    private static final long ADDRESS = 0xfee0_0000L;

    private static final int DESTINATION_SHIFT = 12;

    /** The destination has 8 bits, and all of them set means every CPU. */
    private static final int LARGEST_DESTINATION = 0xfe;

    /** Vectors that a message may carry, 11.11.2. */
    private static final int LEAST_VECTOR = 0x10;

    private static final int LARGEST_VECTOR = 0xfe;

    private MsiMessage() {}

    /** Whether messages reach a CPU: without interrupt remapping, identifiers have 8 bits. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static boolean canReach(int apicId) {
        return apicId >= 0 && apicId <= LARGEST_DESTINATION;
    }

    /**
     * The address: redirection hint 0 and destination mode 0, so physical and to that CPU alone.
     *
     * @param apicId of a CPU that {@link #canReach}
     */
    public static long address(int apicId) {
        if (!canReach(apicId)) {
            throw new IllegalArgumentException(
                    "no message reaches the CPU with APIC identifier "
                            + Integer.toUnsignedString(apicId));
        }
        return ADDRESS | (long) apicId << DESTINATION_SHIFT;
    }

    /** The data: bit 15 clear for edge, bits 10:8 clear for fixed. */
    public static int data(int vector) {
        if (vector < LEAST_VECTOR || vector > LARGEST_VECTOR) {
            throw new IllegalArgumentException("a message has no vector " + vector);
        }
        return vector;
    }
}
