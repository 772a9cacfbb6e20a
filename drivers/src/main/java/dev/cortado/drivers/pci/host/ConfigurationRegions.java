package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.acpi.ReadableMemory;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.pci.ConfigurationSpace;
import dev.cortado.drivers.pci.PciAddress;
import java.util.List;
import java.util.function.LongToIntFunction;

/**
 * What AML may reach that says where pins end: the switches between them and interrupts are
 * registers of chips on PCI.
 */
class ConfigurationRegions extends ReadableMemory {
    private static final int BYTES = 256;

    private final List<ConfigurationSpace> spaces;

    ConfigurationRegions(LongToIntFunction memory, long limit, List<ConfigurationSpace> spaces) {
        super(memory, limit);
        this.spaces = spaces;
    }

    @Override
    public final long readConfiguration(PciAddress function, int offset, int bytes)
            throws AmlException {
        ConfigurationSpace space = space(function, offset, bytes);
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << Byte.SIZE | space.read8(function, offset + i) & 0xff;
        }
        return value;
    }

    @Override
    public final void writeConfiguration(PciAddress function, int offset, int bytes, long value)
            throws AmlException {
        ConfigurationSpace space = space(function, offset, bytes);
        for (int i = 0; i < bytes; i++) {
            space.write8(function, offset + i, (int) (value >>> Byte.SIZE * i) & 0xff);
        }
    }

    /** What is behind the first 256 bytes cannot be reached everywhere, and has no switches. */
    private ConfigurationSpace space(PciAddress function, int offset, int bytes)
            throws AmlException {
        for (ConfigurationSpace space : spaces) {
            boolean isThere =
                    function.segment() == space.segment()
                            && function.bus() >= space.firstBus()
                            && function.bus() <= space.lastBus();
            if (isThere && offset >= 0 && offset <= BYTES - bytes) {
                return space;
            }
        }
        throw new AmlException("no register of %s is at 0x%x".formatted(function, offset));
    }
}
