package dev.cortado.drivers.intel;

import dev.cortado.drivers.network.card.NetworkCard;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.host.PciConnection;
import dev.cortado.drivers.pci.network.PciCards;
import dev.cortado.kernel.memory.VirtualMemory;
import java.io.IOException;

/** Intel's gigabit cards that this package knows. */
public final class IntelNetworks extends PciCards {
    /** The base address of the registers in memory (SDM, 4.1; 82574, 9.1.1.9). */
    private static final int BASE = 0;

    @Override
    public boolean drives(PciDevice device) {
        return IntelModel.of(device).isPresent();
    }

    @Override
    protected String name(PciDevice device) {
        return IntelModel.of(device).orElseThrow().title();
    }

    @Override
    protected NetworkCard make(PciDevice device, String name, PciConnection connection)
            throws IOException, InterruptedException {
        return new IntelCard(
                name,
                IntelModel.of(device).orElseThrow(),
                connection.registers(BASE),
                connection.isMessages() && device.msix().isPresent(),
                new VirtualMemory(),
                connection.frames(),
                Thread::sleep);
    }
}
