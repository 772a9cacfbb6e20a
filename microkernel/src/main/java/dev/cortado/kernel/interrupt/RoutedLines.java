package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.firmware.IoApics;

/** Which lines of the IO-APICs somebody has, a bit for each. Not synchronised. */
final class RoutedLines {
    /** Of one IO-APIC: it counts them in eight bits (82093AA data sheet, 3.2.2). */
    static final int OF_ONE = 256;

    private final long[] taken = new long[IoApics.CAPACITY * OF_ONE / Long.SIZE];

    /** False: somebody has it already. */
    @Uninterruptible(reason = Interrupts.REASON)
    boolean take(int index, int line) {
        int number = index * OF_ONE + line;
        long bit = 1L << number;
        if ((taken[number / Long.SIZE] & bit) != 0) {
            return false;
        }
        taken[number / Long.SIZE] |= bit;
        return true;
    }

    /** Nobody has it any more. */
    @Uninterruptible(reason = Interrupts.REASON)
    void release(int index, int line) {
        int number = index * OF_ONE + line;
        taken[number / Long.SIZE] &= ~(1L << number);
    }
}
