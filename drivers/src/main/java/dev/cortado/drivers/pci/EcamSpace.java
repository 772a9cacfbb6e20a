package dev.cortado.drivers.pci;

import dev.cortado.drivers.register.Registers;
import java.util.function.IntFunction;

/**
 * Configuration registers in memory (PCI Express 5.0, 7.2.2 "Enhanced Configuration Access
 * Mechanism"): 4 KiB a function, 1 MiB a bus. A bus is mapped when it is first asked for.
 */
public final class EcamSpace implements ConfigurationSpace {
    /** Bytes of a bus, and of a function. */
    public static final int BUS_BYTES = 1 << 20;

    public static final int FUNCTION_BYTES = 4096;

    private static final int DEVICE_SHIFT = 15;
    private static final int FUNCTION_SHIFT = 12;

    private final int segment;
    private final int firstBus;
    private final int lastBus;
    private final IntFunction<Registers> map;
    private final Registers[] buses;

    /**
     * @param map maps the {@link #BUS_BYTES} of a bus of the segment
     */
    public EcamSpace(int segment, int firstBus, int lastBus, IntFunction<Registers> map) {
        if (firstBus < 0 || lastBus < firstBus || lastBus >= PciAddress.BUSES) {
            throw new IllegalArgumentException("no buses from " + firstBus + " to " + lastBus);
        }
        this.segment = segment;
        this.firstBus = firstBus;
        this.lastBus = lastBus;
        this.map = map;
        buses = new Registers[lastBus - firstBus + 1];
    }

    @Override
    public int segment() {
        return segment;
    }

    @Override
    public int firstBus() {
        return firstBus;
    }

    @Override
    public int lastBus() {
        return lastBus;
    }

    private synchronized Registers bus(PciAddress function) {
        int index = function.bus() - firstBus;
        if (function.segment() != segment || index < 0 || index >= buses.length) {
            throw new IllegalArgumentException(function + " is not in this space");
        }
        if (buses[index] == null) {
            buses[index] = map.apply(function.bus());
        }
        return buses[index];
    }

    private static long at(PciAddress function, int offset) {
        return (long) function.device() << DEVICE_SHIFT
                | (long) function.function() << FUNCTION_SHIFT
                | checked(offset);
    }

    private static int checked(int offset) {
        if (offset < 0 || offset >= FUNCTION_BYTES) {
            throw new IndexOutOfBoundsException("no configuration register " + offset);
        }
        return offset;
    }

    @Override
    public int read8(PciAddress function, int offset) {
        return bus(function).read8(at(function, offset));
    }

    @Override
    public int read16(PciAddress function, int offset) {
        return bus(function).read16(at(function, offset));
    }

    @Override
    public int read32(PciAddress function, int offset) {
        return bus(function).read32(at(function, offset));
    }

    @Override
    public void write8(PciAddress function, int offset, int value) {
        bus(function).write8(at(function, offset), value);
    }

    @Override
    public void write16(PciAddress function, int offset, int value) {
        bus(function).write16(at(function, offset), value);
    }

    @Override
    public void write32(PciAddress function, int offset, int value) {
        bus(function).write32(at(function, offset), value);
    }
}
