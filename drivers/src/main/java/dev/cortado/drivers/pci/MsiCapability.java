package dev.cortado.drivers.pci;

/**
 * Interrupts by messages (PCI 3.0, 6.8.1), of which one is used: the number of several would have
 * to be side by side and go to one CPU.
 */
public final class MsiCapability {
    private static final int CONTROL = 2;
    private static final int ADDRESS = 4;
    private static final int UPPER_ADDRESS = 8;
    private static final int DATA_32 = 8;
    private static final int DATA_64 = 12;
    private static final int MASK_32 = 12;
    private static final int MASK_64 = 16;
    private static final int BYTES_LARGEST = 24;

    private static final int ENABLE = 1;
    private static final int ENABLED_MESSAGES = 0b111 << 4;
    private static final int ADDRESS_64 = 1 << 7;
    private static final int MASKABLE = 1 << 8;

    private final PciFunction function;
    private final int offset;
    private final boolean wide;
    private final boolean maskable;

    MsiCapability(PciFunction function, int offset) throws PciException {
        this.function = function;
        this.offset = offset;
        int control = function.read16(offset + CONTROL);
        wide = (control & ADDRESS_64) != 0;
        maskable = (control & MASKABLE) != 0;
        if (offset + BYTES_LARGEST > 256) {
            throw function.error(
                    "its MSI capability at " + offset + " reaches out of the registers");
        }
    }

    /** Whether {@link #mask} does something. */
    public boolean isMaskable() {
        return maskable;
    }

    /** What the device writes where; while it is disabled. */
    public void set(long address, int data) throws PciException {
        if (!wide && address >>> 32 != 0) {
            throw function.error("its messages go to addresses of 32 bits only");
        }
        int control = function.read16(offset + CONTROL);
        function.write16(offset + CONTROL, control & ~(ENABLE | ENABLED_MESSAGES));
        function.write32(offset + ADDRESS, (int) address);
        if (wide) {
            function.write32(offset + UPPER_ADDRESS, (int) (address >>> 32));
        }
        function.write16(offset + (wide ? DATA_64 : DATA_32), data);
    }

    /** A masked message is sent when it is unmasked. Devices that cannot mask go on. */
    public void mask(boolean masked) {
        if (maskable) {
            function.write32(offset + (wide ? MASK_64 : MASK_32), masked ? 1 : 0);
        }
    }

    /** The device interrupts by messages, and not by its pin any more. */
    public void enable(boolean enabled) {
        int control = function.read16(offset + CONTROL) & ~(ENABLE | ENABLED_MESSAGES);
        function.write16(offset + CONTROL, enabled ? control | ENABLE : control);
    }
}
