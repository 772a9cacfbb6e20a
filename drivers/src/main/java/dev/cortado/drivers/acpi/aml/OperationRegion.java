package dev.cortado.drivers.acpi.aml;

/**
 * A part of an address space (ACPI 6.5, 19.6.100).
 *
 * @param space the number of the address space (table 5.164)
 * @param start its first byte
 * @param length in bytes, unsigned
 * @param node its name: what a PCI function is taken from
 */
record OperationRegion(int space, long start, long length, NamespaceNode node)
        implements AmlObject {
    static final int SYSTEM_MEMORY = 0;
    static final int SYSTEM_IO = 1;
    static final int PCI_CONFIG = 2;

    private static final long LAST_PORT = 0xffff;
    private static final long LAST_CONFIGURATION_BYTE = 0xfff;

    /** Where an access lies in the address space, after it has been checked against the region. */
    long address(long offset, int bytes) throws AmlException {
        if (offset < 0
                || Long.compareUnsigned(bytes, length) > 0
                || Long.compareUnsigned(offset, length - bytes) > 0) {
            throw new AmlException(
                    "Access to "
                            + bytes
                            + " bytes at "
                            + offset
                            + " of the region "
                            + node.path()
                            + " of "
                            + Long.toUnsignedString(length));
        }
        long address = start + offset;
        long last = address + bytes - 1;
        long highest =
                switch (space) {
                    case SYSTEM_IO -> LAST_PORT;
                    case PCI_CONFIG -> LAST_CONFIGURATION_BYTE;
                    default -> -1;
                };
        if (Long.compareUnsigned(address, start) < 0
                || Long.compareUnsigned(last, address) < 0
                || Long.compareUnsigned(last, highest) > 0) {
            throw new AmlException("The region " + node.path() + " leaves its address space");
        }
        return address;
    }

    @Override
    public ObjectType type() {
        return ObjectType.OPERATION_REGION;
    }
}
