package dev.cortado.drivers.ata.ide;

import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.host.PciConnection;
import dev.cortado.drivers.register.PortRegisters;
import dev.cortado.drivers.register.RegisterWindow;
import dev.cortado.drivers.register.Registers;
import java.io.IOException;

/**
 * A controller, claimed for as long as one of its channels is in use, which share its leave to
 * reach memory.
 */
final class IdeController {
    static final int CHANNELS = 2;

    /** Base class and sub-class (PCI Code and ID Assignment, 1.2), without the interface. */
    static final int CLASS = 0x01_01;

    /** Of the interface: it has DMA; a channel's ports are its base addresses'. */
    static final int INTERFACE_DMA = 1 << 7;

    static final int INTERFACE_NATIVE = 1;

    /** The base address of the DMA's ports. */
    private static final int DMA_BASE = 4;

    /** Of channels that are no base address's ("PCI IDE Controller Specification", 1.0). */
    private static final int[] COMMAND_PORTS = {0x1f0, 0x170};

    private static final int[] CONTROL_PORTS = {0x3f6, 0x376};

    private final PciDevice device;
    private PciConnection connection;
    private int users;

    IdeController(PciDevice device) {
        this.device = device;
    }

    String name(int channel) {
        return "pci " + device.address() + (channel == 0 ? " primary" : " secondary");
    }

    synchronized void open() throws IOException {
        if (users == 0) {
            connection = PciConnection.claim(device);
            connection.admitToMemory();
            device.setPinEnabled(true); // there may be chips that mind it for ISA's lines, too
        }
        users++;
    }

    synchronized void close() {
        users--;
        if (users == 0) {
            connection.close();
        }
    }

    /** As {@link IdeChannel} numbers them. */
    synchronized Registers registers(int channel, int index) throws IOException {
        return switch (index) {
            case IdeChannel.COMMAND_PORTS ->
                    new PortRegisters(COMMAND_PORTS[channel], TaskFile.PORTS);
            case IdeChannel.CONTROL_PORTS -> new PortRegisters(CONTROL_PORTS[channel], 1);
            default -> {
                Registers all = connection.registers(DMA_BASE);
                long first = (long) channel * BusMaster.PORTS;
                yield new RegisterWindow(all, first, BusMaster.PORTS);
            }
        };
    }
}
