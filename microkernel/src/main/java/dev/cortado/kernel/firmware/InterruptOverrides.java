package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;

/**
 * Where the lines of the ISA bus end and how they signal. A line that no override speaks of is the
 * global system interrupt of the same number, edge-triggered and active high (ACPI 6.5, 5.2.12.5).
 */
public final class InterruptOverrides {
    public static final int CAPACITY = 24;

    /** Flags of an override (MPS INTI flags: ACPI 6.5, table 5.26; MP 1.4, 4.3.4). */
    private static final int POLARITY_MASK = 0b0011;

    private static final int POLARITY_ACTIVE_LOW = 0b0011;
    private static final int TRIGGER_MASK = 0b1100;
    private static final int TRIGGER_LEVEL = 0b1100;

    private final int[] lines = new int[CAPACITY];
    private final long[] globalInterrupts = new long[CAPACITY];
    private final int[] flags = new int[CAPACITY];
    private int count;

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int count() {
        return count;
    }

    /** The global system interrupt of an ISA line. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    public long globalInterrupt(int line) {
        int index = indexOf(line);
        return index < 0 ? line : globalInterrupts[index];
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    public boolean isActiveLow(int line) {
        int index = indexOf(line);
        return index >= 0 && (flags[index] & POLARITY_MASK) == POLARITY_ACTIVE_LOW;
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    public boolean isLevelTriggered(int line) {
        int index = indexOf(line);
        return index >= 0 && (flags[index] & TRIGGER_MASK) == TRIGGER_LEVEL;
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private int indexOf(int line) {
        for (int i = 0; i < count; i++) {
            if (lines[i] == line) {
                return i;
            }
        }
        return -1;
    }

    /** Does nothing if the line has an override already or the list is full. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    void add(int line, long globalInterrupt, int lineFlags) {
        if (count < CAPACITY && indexOf(line) < 0) {
            lines[count] = line;
            globalInterrupts[count] = globalInterrupt;
            flags[count] = lineFlags;
            count++;
        }
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    void clear() {
        count = 0;
    }
}
