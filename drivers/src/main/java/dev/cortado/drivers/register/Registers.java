package dev.cortado.drivers.register;

/**
 * A device's registers. Each call is one access of that width, in the order of the calls; values of
 * 8 and 16 bits have no sign. An access outside, or at an offset that is no multiple of its width,
 * is an {@link IndexOutOfBoundsException}.
 */
public interface Registers {
    /** What {@link #address} returns for registers that are not in memory. */
    long NO_ADDRESS = 0;

    /** How many bytes there are. */
    long bytes();

    int read8(long offset);

    int read16(long offset);

    int read32(long offset);

    void write8(long offset, int value);

    void write16(long offset, int value);

    void write32(long offset, int value);

    /**
     * Where a register lies in memory, for code that may call nothing. Valid as long as the
     * registers are mapped.
     */
    default long address(long offset, int width) {
        return NO_ADDRESS;
    }

    /** For implementations: an access is inside and aligned. */
    static long check(Registers registers, long offset, int width) {
        if (offset < 0 || offset > registers.bytes() - width || (offset & width - 1) != 0) {
            throw new IndexOutOfBoundsException(
                    width + " bytes at " + offset + " of " + registers.bytes() + " of registers");
        }
        return offset;
    }
}
