package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.pci.ConfigurationSpace;
import dev.cortado.drivers.register.Registers;
import java.util.List;
import java.util.function.LongToIntFunction;

/**
 * What AML may reach that says which devices have come, and that ejects them: the hot-plug
 * registers of chipsets and hypervisors are at ports, beyond those of a PC's own devices, which
 * have drivers.
 */
final class PlugRegions extends ConfigurationRegions {
    /**
     * Serial ports, timers, the keyboard's, the clock's and the interrupt controllers' are below.
     */
    private static final int FIRST = 0x400;

    /** Edge or level of the old interrupt controllers. */
    private static final int TRIGGERS = 0x4d0;

    /** PCI's configuration (PCI 3.0, 3.2.2.3.2). */
    private static final int CONFIGURATION = 0xcf8;

    private static final int CONFIGURATION_END = 0xd00;

    private final Registers ports;

    /**
     * @param ports all of the machine's
     */
    PlugRegions(
            LongToIntFunction memory,
            long limit,
            List<ConfigurationSpace> spaces,
            Registers ports) {
        super(memory, limit, spaces);
        this.ports = ports;
    }

    @Override
    public long readPort(int port, int bytes) throws AmlException {
        check(port, bytes);
        return switch (bytes) {
            case 1 -> ports.read8(port);
            case 2 -> ports.read16(port);
            default -> ports.read32(port) & 0xffff_ffffL;
        };
    }

    @Override
    public void writePort(int port, int bytes, long value) throws AmlException {
        check(port, bytes);
        switch (bytes) {
            case 1 -> ports.write8(port, (int) value);
            case 2 -> ports.write16(port, (int) value);
            default -> ports.write32(port, (int) value);
        }
    }

    private static void check(int port, int bytes) throws AmlException {
        boolean isOfPc =
                port < FIRST
                        || overlaps(port, bytes, TRIGGERS, TRIGGERS + 2)
                        || overlaps(port, bytes, CONFIGURATION, CONFIGURATION_END);
        if (isOfPc || bytes > Integer.BYTES || port % bytes != 0) {
            throw new AmlException(
                    "AML is not let at the %d bytes of port 0x%x".formatted(bytes, port));
        }
    }

    private static boolean overlaps(int port, int bytes, int begin, int end) {
        return port < end && begin < port + bytes;
    }
}
