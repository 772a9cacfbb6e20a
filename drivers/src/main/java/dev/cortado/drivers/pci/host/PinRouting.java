package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.acpi.AcpiDevice;
import dev.cortado.drivers.acpi.AcpiMachine;
import dev.cortado.drivers.acpi.AmlThread;
import dev.cortado.drivers.acpi.PciRouting;
import dev.cortado.drivers.acpi.PinInterrupt;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.AmlHost;
import dev.cortado.drivers.acpi.aml.AmlLimits;
import dev.cortado.drivers.acpi.aml.RegionAccess;
import dev.cortado.drivers.pci.ConfigurationSpace;
import dev.cortado.drivers.pci.InterruptPin;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.memory.PhysicalWindow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where pins end as the machine's tables say it (ACPI 6.5, 6.2.13); asked once for each pin. */
final class PinRouting {
    /** A host bridge; one of PCI Express is compatible with it. */
    private static final String HOST_BRIDGE = "PNP0A03";

    private static final Map<InterruptPin, Optional<PinInterrupt>> KNOWN = new HashMap<>();

    private PinRouting() {}

    /**
     * Asks the machine's tables.
     *
     * @param space that the pin's bus is in
     * @return empty if there are no tables, or none that can be understood
     */
    static synchronized Optional<PinInterrupt> find(ConfigurationSpace space, InterruptPin pin) {
        if (!KNOWN.containsKey(pin)) {
            AmlThread.run("pins", () -> KNOWN.put(pin, ask(space, pin)));
        }
        return KNOWN.getOrDefault(pin, Optional.empty()); // also if nobody could answer
    }

    private static Optional<PinInterrupt> ask(ConfigurationSpace space, InterruptPin pin) {
        long limit = 1L << CpuId.physicalAddressBits();
        try (PhysicalWindow window = new PhysicalWindow()) {
            List<byte[]> tables = Firmware.tables().definitionBlocks(window, limit);
            return find(
                    tables, new ConfigurationRegions(window::readByte, limit, List.of(space)), pin);
        } catch (AmlException e) {
            System.err.println(
                    "cortado: where PCI's pins end is not known from ACPI: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Asks the bridge that the pin's bus is of.
     *
     * @param tables the DSDT and then the SSDTs
     * @return empty if no bridge says where such a pin ends
     * @throws AmlException the tables are damaged
     */
    static Optional<PinInterrupt> find(List<byte[]> tables, RegionAccess access, InterruptPin pin)
            throws AmlException {
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        AcpiMachine machine = AcpiMachine.load(tables, access, AmlHost.NONE, AmlLimits.DEFAULT);
        for (AcpiDevice bridge : machine.devices(HOST_BRIDGE)) {
            if (bridge.segment() == pin.segment() && bridge.bus() == pin.bus()) {
                Optional<PciRouting> routing = PciRouting.of(bridge);
                if (routing.isPresent()) {
                    return end(routing.get().route(pin.device(), pin.pin() - 1));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<PinInterrupt> end(Optional<PciRouting.Route> route)
            throws AmlException {
        return route.isEmpty() ? Optional.empty() : Optional.of(PciRouting.interrupt(route.get()));
    }
}
