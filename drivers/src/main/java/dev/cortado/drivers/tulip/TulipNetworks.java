package dev.cortado.drivers.tulip;

import dev.cortado.drivers.network.card.NetworkCard;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.host.PciConnection;
import dev.cortado.drivers.pci.network.PciCards;
import dev.cortado.kernel.memory.VirtualMemory;
import java.io.IOException;

/** DEC's fast Ethernet controllers that this package knows. */
public final class TulipNetworks extends PciCards {
    private static final int VENDOR = 0x1011;
    private static final int DEVICE_21140 = 0x0009;
    private static final int DEVICE_21143 = 0x0019;

    /** The base address of the registers at ports (HRM, 3.1.5: CBIO). */
    private static final int BASE = 0;

    @Override
    public boolean drives(PciDevice device) {
        return device.vendor() == VENDOR
                && (device.device() == DEVICE_21140 || device.device() == DEVICE_21143);
    }

    @Override
    protected String name(PciDevice device) {
        return device.device() == DEVICE_21140 ? "21140" : "21143";
    }

    @Override
    protected NetworkCard make(PciDevice device, String name, PciConnection connection)
            throws IOException, InterruptedException {
        return new TulipCard(
                name,
                connection.registers(BASE),
                new VirtualMemory(),
                connection.frames(),
                Thread::sleep);
    }
}
