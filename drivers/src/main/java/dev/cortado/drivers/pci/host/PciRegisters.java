package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.pci.BaseAddress;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciException;
import dev.cortado.drivers.register.PortRegisters;
import dev.cortado.drivers.register.RegisterMappings;
import dev.cortado.drivers.register.Registers;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The memory and ports of one device, mapped until this is closed. For one thread at a time. */
public final class PciRegisters implements AutoCloseable {
    private final PciDevice device;
    private final RegisterMappings mappings = new RegisterMappings();
    private final Map<Integer, Registers> mapped = new HashMap<>();

    public PciRegisters(PciDevice device) {
        this.device = device;
    }

    /**
     * All that a base address has.
     *
     * @throws PciException there it cannot be
     */
    public Registers map(BaseAddress base) throws PciException {
        Registers registers = mapped.get(base.index());
        if (registers == null) {
            registers = make(base);
            mapped.put(base.index(), registers);
        }
        return registers;
    }

    private Registers make(BaseAddress base) throws PciException {
        if (!base.isMemory()) {
            return new PortRegisters((int) base.address(), (int) base.bytes());
        }
        try {
            return mappings.map(base.address(), base.bytes());
        } catch (IOException e) {
            throw new PciException(
                    device.address(), "base address " + base.index() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        mappings.close();
        mapped.clear();
    }
}
