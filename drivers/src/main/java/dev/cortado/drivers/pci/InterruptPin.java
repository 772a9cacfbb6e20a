package dev.cortado.drivers.pci;

/**
 * A device's interrupt pin as a bus sees it: INTA to INTD are 1 to 4.
 *
 * @param device its number on the bus
 */
public record InterruptPin(int segment, int bus, int device, int pin) {
    private static final int PINS = 4;

    /**
     * The pin of a bridge that the pin of a device behind it is connected to (PCI-to-PCI Bridge
     * Architecture 1.2, table 9-1).
     */
    static int throughBridge(int pin, int device) {
        return (pin - 1 + device) % PINS + 1;
    }
}
