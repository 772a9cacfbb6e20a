package dev.cortado.drivers.pci;

import dev.cortado.drivers.register.Registers;

/**
 * Configuration registers through two ports (PCI 3.0, 3.2.2.3.2 "Software Generation of
 * Configuration Transactions"): the first says which register, the second has its value.
 */
public final class PortSpace implements ConfigurationSpace {
    /** CONFIG_ADDRESS; CONFIG_DATA is behind it. */
    public static final int FIRST_PORT = 0xcf8;

    public static final int PORT_COUNT = 8;

    private static final int ADDRESS = 0;
    private static final int DATA = 4;
    private static final int ENABLE = 1 << 31;
    private static final int BUS_SHIFT = 16;
    private static final int DEVICE_SHIFT = 11;
    private static final int FUNCTION_SHIFT = 8;
    private static final int BYTES = 256;

    private final Registers ports;

    /**
     * @param ports the {@link #PORT_COUNT} ports from {@link #FIRST_PORT} on
     */
    public PortSpace(Registers ports) {
        this.ports = ports;
    }

    @Override
    public int segment() {
        return 0;
    }

    @Override
    public int firstBus() {
        return 0;
    }

    @Override
    public int lastBus() {
        return PciAddress.BUSES - 1;
    }

    /** Whether the machine has these ports: what is written to the first can be read there. */
    public synchronized boolean exists() {
        int before = ports.read32(ADDRESS);
        ports.write32(ADDRESS, ENABLE);
        boolean same = ports.read32(ADDRESS) == ENABLE;
        ports.write32(ADDRESS, before);
        return same;
    }

    /** The port that has the register from now on. */
    private long select(PciAddress function, int offset, int width) {
        if (function.segment() != 0) {
            throw new IllegalArgumentException(function + " is not in this space");
        }
        if (offset < 0 || offset >= BYTES || (offset & width - 1) != 0) {
            throw new IndexOutOfBoundsException("no configuration register " + offset);
        }
        ports.write32(
                ADDRESS,
                ENABLE
                        | function.bus() << BUS_SHIFT
                        | function.device() << DEVICE_SHIFT
                        | function.function() << FUNCTION_SHIFT
                        | offset & ~3);
        return DATA + (offset & 3);
    }

    @Override
    public synchronized int read8(PciAddress function, int offset) {
        return ports.read8(select(function, offset, 1));
    }

    @Override
    public synchronized int read16(PciAddress function, int offset) {
        return ports.read16(select(function, offset, 2));
    }

    @Override
    public synchronized int read32(PciAddress function, int offset) {
        return ports.read32(select(function, offset, 4));
    }

    @Override
    public synchronized void write8(PciAddress function, int offset, int value) {
        ports.write8(select(function, offset, 1), value);
    }

    @Override
    public synchronized void write16(PciAddress function, int offset, int value) {
        ports.write16(select(function, offset, 2), value);
    }

    @Override
    public synchronized void write32(PciAddress function, int offset, int value) {
        ports.write32(select(function, offset, 4), value);
    }
}
