package dev.cortado.drivers.pci;

import java.util.List;

/**
 * Interrupts by messages of which each has its own address and data (PCI 3.0, 6.8.2): where their
 * table is, and whether they are used.
 */
public final class MsixCapability {
    private static final int CONTROL = 2;
    private static final int TABLE = 4;
    private static final int PENDING = 8;
    private static final int BYTES = 12;

    private static final int TABLE_SIZE = 0x7ff;
    private static final int FUNCTION_MASK = 1 << 14;
    private static final int ENABLE = 1 << 15;
    private static final int INDICATOR = 0b111;

    private final PciFunction function;
    private final int offset;
    private final int vectors;
    private final BaseAddress base;
    private final long tableOffset;

    /**
     * @throws PciException its table is outside the device's memory, or where its pending bits are
     */
    MsixCapability(PciFunction function, int offset, List<BaseAddress> addresses)
            throws PciException {
        this.function = function;
        this.offset = offset;
        if (offset + BYTES > 256) {
            throw function.error(
                    "its MSI-X capability at " + offset + " reaches out of the registers");
        }
        vectors = (function.read16(offset + CONTROL) & TABLE_SIZE) + 1;
        int table = function.read32(offset + TABLE);
        int pending = function.read32(offset + PENDING);
        tableOffset = Integer.toUnsignedLong(table & ~INDICATOR);
        long tableBytes = (long) vectors * MsixTable.ENTRY_BYTES;
        base = base(addresses, table & INDICATOR, "table", tableOffset, tableBytes);
        long pendingOffset = Integer.toUnsignedLong(pending & ~INDICATOR);
        long pendingBytes = (vectors + Long.SIZE - 1L) / Long.SIZE * Long.BYTES;
        BaseAddress pendingBase =
                base(addresses, pending & INDICATOR, "bits", pendingOffset, pendingBytes);
        if (pendingBase.index() == base.index()
                && pendingOffset < tableOffset + tableBytes
                && tableOffset < pendingOffset + pendingBytes) {
            throw function.error("its MSI-X table and pending bits overlap");
        }
    }

    private BaseAddress base(
            List<BaseAddress> addresses, int index, String what, long at, long bytes)
            throws PciException {
        for (BaseAddress address : addresses) {
            if (address.index() == index
                    && address.isMemory()
                    && address.isAssigned()
                    && address.contains(at, bytes)) {
                return address;
            }
        }
        throw function.error(
                "its MSI-X "
                        + what
                        + ", "
                        + bytes
                        + " bytes at 0x"
                        + Long.toHexString(at)
                        + " of base address "
                        + index
                        + ", are outside its memory, or it has no address");
    }

    /** How many entries the table has: 1 to 2048. */
    public int vectors() {
        return vectors;
    }

    /** The device's memory that has the table. */
    public BaseAddress base() {
        return base;
    }

    /** Where in it the table begins. */
    public long tableOffset() {
        return tableOffset;
    }

    /** The device interrupts by messages, and not by its pin any more. */
    public void enable(boolean enabled) {
        int control = function.read16(offset + CONTROL) & ~(ENABLE | FUNCTION_MASK);
        function.write16(offset + CONTROL, enabled ? control | ENABLE : control);
    }

    /** All messages wait, whatever the table says of them. */
    public void maskAll(boolean masked) {
        int control = function.read16(offset + CONTROL);
        function.write16(
                offset + CONTROL, masked ? control | FUNCTION_MASK : control & ~FUNCTION_MASK);
    }
}
