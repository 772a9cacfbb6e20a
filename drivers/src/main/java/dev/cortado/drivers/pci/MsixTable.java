package dev.cortado.drivers.pci;

import dev.cortado.drivers.register.Registers;

/**
 * The table of a device's messages (PCI 3.0, 6.8.2.6 to 6.8.2.9): 16 bytes each, in its memory. All
 * are masked at first.
 */
public final class MsixTable {
    public static final int ENTRY_BYTES = 16;

    private static final int ADDRESS = 0;
    private static final int UPPER_ADDRESS = 4;
    private static final int DATA = 8;
    private static final int CONTROL = 12;
    private static final int MASKED = 1;

    private final Registers registers;
    private final int vectors;

    /**
     * @param registers the table, {@link #ENTRY_BYTES} an entry
     */
    public MsixTable(Registers registers, int vectors) {
        if (registers.bytes() < (long) vectors * ENTRY_BYTES) {
            throw new IllegalArgumentException(
                    vectors + " entries in " + registers.bytes() + " bytes");
        }
        this.registers = registers;
        this.vectors = vectors;
        for (int i = 0; i < vectors; i++) {
            mask(i);
        }
    }

    /** What the device writes where; the entry is masked afterwards. */
    public void set(int vector, long address, int data) {
        mask(vector); // to be changed only while it is, 6.8.2
        registers.write32(at(vector, ADDRESS), (int) address);
        registers.write32(at(vector, UPPER_ADDRESS), (int) (address >>> 32));
        registers.write32(at(vector, DATA), data);
    }

    /** The message waits; when this returns, none is on its way. */
    public void mask(int vector) {
        long control = at(vector, CONTROL);
        registers.write32(control, registers.read32(control) | MASKED);
        registers.read32(control); // comes back behind what the device has sent before
    }

    /** A message that has waited is sent now. */
    public void unmask(int vector) {
        long control = at(vector, CONTROL);
        registers.write32(control, registers.read32(control) & ~MASKED);
    }

    private long at(int vector, int field) {
        if (vector < 0 || vector >= vectors) {
            throw new IndexOutOfBoundsException("message " + vector + " of " + vectors);
        }
        return (long) vector * ENTRY_BYTES + field;
    }
}
