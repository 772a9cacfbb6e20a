package dev.cortado.drivers.pci;

/**
 * The configuration registers of all functions of a segment. Where there is no function, reads give
 * all ones and writes do nothing. Offsets are multiples of the width, below 256, or 4096 with PCI
 * Express.
 */
public interface ConfigurationSpace {
    int segment();

    /** The first bus that it reaches. */
    int firstBus();

    /** The last bus that it reaches. */
    int lastBus();

    int read8(PciAddress function, int offset);

    int read16(PciAddress function, int offset);

    int read32(PciAddress function, int offset);

    void write8(PciAddress function, int offset, int value);

    void write16(PciAddress function, int offset, int value);

    void write32(PciAddress function, int offset, int value);
}
