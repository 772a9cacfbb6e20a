package dev.cortado.drivers.acpi.aml;

/**
 * A function on a PCI bus.
 *
 * @param segment 0 to 65535
 * @param bus 0 to 255
 * @param device 0 to 31
 * @param function 0 to 7
 */
public record PciFunction(int segment, int bus, int device, int function) {
    /** As lspci writes it, but without leading zeros: numbers are hexadecimal. */
    @Override
    public String toString() {
        return Integer.toHexString(segment)
                + ":"
                + Integer.toHexString(bus)
                + ":"
                + Integer.toHexString(device)
                + "."
                + function;
    }
}
