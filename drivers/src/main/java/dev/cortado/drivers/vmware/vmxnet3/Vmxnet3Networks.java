package dev.cortado.drivers.vmware.vmxnet3;

import dev.cortado.drivers.network.card.NetworkCard;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.host.PciConnection;
import dev.cortado.drivers.pci.network.PciCards;
import dev.cortado.kernel.memory.VirtualMemory;
import java.io.IOException;

/** VMware's vmxnet3 cards. */
public final class Vmxnet3Networks extends PciCards {
    private static final int VENDOR = 0x15ad;
    private static final int DEVICE = 0x07b0;

    private static final int PASS_THROUGH = 0;
    private static final int WHOLE = 1;

    /** One for what comes and all else, one for what was sent. */
    private static final int MESSAGES = 2;

    @Override
    public boolean drives(PciDevice device) {
        return device.vendor() == VENDOR && device.device() == DEVICE;
    }

    @Override
    protected String name(PciDevice device) {
        return "vmxnet3";
    }

    @Override
    protected int messages() {
        return MESSAGES;
    }

    @Override
    protected NetworkCard make(PciDevice device, String name, PciConnection connection)
            throws IOException {
        return new Vmxnet3Card(
                name,
                connection.registers(PASS_THROUGH),
                connection.registers(WHOLE),
                connection.isMessages() ? connection.interrupt().count() : 0,
                new VirtualMemory(),
                connection.frames());
    }
}
