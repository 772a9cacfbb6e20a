package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.acpi.ReadableMemory;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.pci.ConfigurationSpace;
import dev.cortado.drivers.pci.PciAddress;
import java.util.function.LongToIntFunction;

/**
 * What AML may reach that says where pins end: the switches between them and interrupts are
 * registers of chips on PCI.
 */
final class ConfigurationRegions extends ReadableMemory {
    private static final int BYTES = 256;

    private final ConfigurationSpace space;

    ConfigurationRegions(LongToIntFunction memory, long limit, ConfigurationSpace space) {
        super(memory, limit);
        this.space = space;
    }

    @Override
    public long readConfiguration(PciAddress function, int offset, int bytes) throws AmlException {
        check(function, offset, bytes);
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << Byte.SIZE | space.read8(function, offset + i) & 0xff;
        }
        return value;
    }

    @Override
    public void writeConfiguration(PciAddress function, int offset, int bytes, long value)
            throws AmlException {
        check(function, offset, bytes);
        for (int i = 0; i < bytes; i++) {
            space.write8(function, offset + i, (int) (value >>> Byte.SIZE * i) & 0xff);
        }
    }

    /** What is behind the first 256 bytes cannot be reached everywhere, and has no switches. */
    private void check(PciAddress function, int offset, int bytes) throws AmlException {
        boolean isThere =
                function.segment() == space.segment()
                        && function.bus() >= space.firstBus()
                        && function.bus() <= space.lastBus();
        if (!isThere || offset < 0 || offset > BYTES - bytes) {
            throw new AmlException("no register of %s is at 0x%x".formatted(function, offset));
        }
    }
}
