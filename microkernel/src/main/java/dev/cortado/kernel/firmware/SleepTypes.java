package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;

/**
 * What to write to the control registers to switch the machine off: the object {@code \_S5} (ACPI
 * 6.5, 7.4.2), a package that begins with a number for each of the two. It is looked for in the
 * bytes of the definition block, which is a program that nobody runs here; only what is written out
 * as AML has it for a name of a package of constants (20.2.5.1, 20.2.5.4, 20.2.3) is believed.
 */
public final class SleepTypes {
    private static final int NAME_OP = 0x08;
    private static final int ROOT = '\\';
    private static final long NAME = FirmwareMemory.signature("_S5_");
    private static final int NAME_BYTES = 4;
    private static final int PACKAGE_OP = 0x12;

    private static final int ZERO_OP = 0x00;
    private static final int ONE_OP = 0x01;
    private static final int BYTE_PREFIX = 0x0a;
    private static final int WORD_PREFIX = 0x0b;
    private static final int DOUBLE_WORD_PREFIX = 0x0c;

    /** The field in the registers has three bits (4.8.3.2.1, table 4.19). */
    private static final int LARGEST_TYPE = 7;

    private static final int NONE = -1;

    private int typeA = NONE;
    private int typeB = NONE;

    /** Where the next byte is read. */
    private long position;

    private long end;

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public boolean areKnown() {
        return typeA != NONE;
    }

    /** SLP_TYP for PM1a_CNT, and for the sleep control register of reduced hardware. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int typeA() {
        return typeA;
    }

    /** SLP_TYP for PM1b_CNT. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int typeB() {
        return typeB;
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    void clear() {
        typeA = NONE;
        typeB = NONE;
    }

    /**
     * Looks for the object in a definition block.
     *
     * @param table a table whose bytes can be read, and the number of these
     */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    void read(FirmwareMemory memory, long table, long length) {
        end = table + length;
        long begin = table + AcpiTables.HEADER_BYTES;
        for (long at = begin + 1; at < end - NAME_BYTES && !areKnown(); at++) {
            if (memory.readByte(at) == '_'
                    && memory.readInt(at) == NAME
                    && isDeclared(memory, begin, at)) {
                position = at + NAME_BYTES;
                readPackage(memory);
            }
        }
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private static boolean isDeclared(FirmwareMemory memory, long begin, long name) {
        int before = memory.readByte(name - 1);
        if (before == ROOT && name - 2 >= begin) {
            before = memory.readByte(name - 2);
        }
        return before == NAME_OP;
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private void readPackage(FirmwareMemory memory) {
        if (next(memory) != PACKAGE_OP) {
            return;
        }
        // PkgLength: the two highest bits say how many bytes follow this one.
        int lead = next(memory);
        position += lead >> 6 & 3;
        if (next(memory) < 1) {
            return;
        }
        int first = number(memory);
        int second = number(memory);
        if (first >= 0 && first <= LARGEST_TYPE) {
            typeA = first;
            typeB = second >= 0 && second <= LARGEST_TYPE ? second : first;
        }
    }

    /** A constant, or {@link #NONE} if there is none. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    private int number(FirmwareMemory memory) {
        return switch (next(memory)) {
            case ZERO_OP -> 0;
            case ONE_OP -> 1;
            case BYTE_PREFIX -> next(memory);
            case WORD_PREFIX -> next(memory) | next(memory) << 8;
            case DOUBLE_WORD_PREFIX ->
                    next(memory) | next(memory) << 8 | next(memory) << 16 | next(memory) << 24;
            default -> NONE;
        };
    }

    /** The next byte, {@link #NONE} behind the end. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    private int next(FirmwareMemory memory) {
        return position < end ? memory.readByte(position++) : NONE;
    }
}
