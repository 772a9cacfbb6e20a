package dev.cortado.drivers.acpi.aml;

import dev.cortado.drivers.pci.PciAddress;

/**
 * The address spaces that operation regions lie in (ACPI 6.5, 5.5.2.4), as far as the caller wants
 * AML to reach them. What a method does not override is refused.
 *
 * <p>Accesses are of 1, 2, 4 or 8 bytes, lie within the region that the table declared, and are not
 * necessarily aligned. Values are unsigned; of one that is written, bits above its bytes are 0. An
 * implementation refuses with an {@link AmlException} what AML must not touch: nothing but it
 * stands between a table and the machine's memory.
 */
public interface RegionAccess {
    /** Refuses everything. */
    RegionAccess NONE = new RegionAccess() {};

    /** SystemMemory: a physical address. */
    default long readMemory(long address, int bytes) throws AmlException {
        throw refused("memory", address);
    }

    default void writeMemory(long address, int bytes, long value) throws AmlException {
        throw refused("memory", address);
    }

    /** SystemIO: a port whose access ends at 65535 at the latest. */
    default long readPort(int port, int bytes) throws AmlException {
        throw refused("port", port);
    }

    default void writePort(int port, int bytes, long value) throws AmlException {
        throw refused("port", port);
    }

    /** PCI_Config: an offset into a function's configuration space of 4 KiB. */
    default long readConfiguration(PciAddress function, int offset, int bytes) throws AmlException {
        throw refused("configuration space of " + function, offset);
    }

    default void writeConfiguration(PciAddress function, int offset, int bytes, long value)
            throws AmlException {
        throw refused("configuration space of " + function, offset);
    }

    private static AmlException refused(String what, long at) {
        return new AmlException("Access to " + what + " 0x" + Long.toHexString(at) + " is refused");
    }
}
