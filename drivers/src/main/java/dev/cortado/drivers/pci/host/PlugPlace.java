package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.acpi.AcpiDevice;
import dev.cortado.drivers.acpi.AcpiMachine;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.NamespaceNode;
import dev.cortado.drivers.acpi.aml.ObjectType;
import dev.cortado.drivers.pci.ConfigurationSpace;
import dev.cortado.drivers.pci.PciAddress;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciSlot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a device of the namespace is on PCI: what its _ADR says (ACPI 6.5, table 6.2), below its
 * bridges and the host bridge.
 *
 * @param host the host bridge
 * @param slot null if it is the host bridge itself
 */
record PlugPlace(AcpiDevice host, ConfigurationSpace space, PciSlot slot) {
    /** A host bridge; one of PCI Express is compatible with it. */
    private static final String HOST_BRIDGE = "PNP0A03";

    /** In the lower half of _ADR: all functions of the device. */
    private static final long ALL_FUNCTIONS = 0xffff;

    /**
     * Finds a device, which need not be there.
     *
     * @return null if it is not on PCI, or behind a bridge that is not there
     * @throws AmlException what the tables say of it cannot be
     */
    static PlugPlace find(AcpiMachine machine, AcpiDevice device, PciBus bus) throws AmlException {
        Deque<AcpiDevice> path = new ArrayDeque<>();
        for (NamespaceNode node = device.node(); node != null; node = node.parent()) {
            if (node.type() != ObjectType.DEVICE) {
                continue;
            }
            AcpiDevice at = machine.device(node);
            if (at.is(HOST_BRIDGE)) {
                return below(at, path, bus);
            }
            path.push(at);
        }
        return null;
    }

    private static PlugPlace below(AcpiDevice host, Deque<AcpiDevice> path, PciBus bus)
            throws AmlException {
        int number = host.bus();
        ConfigurationSpace space = space(host.segment(), number, bus);
        if (space == null) {
            return null;
        }
        PciDevice bridge = null;
        while (!path.isEmpty()) {
            AcpiDevice next = path.pop();
            OptionalLong address = next.address();
            if (address.isEmpty()) {
                return null;
            }
            long device = address.getAsLong() >>> Short.SIZE;
            long function = address.getAsLong() & ALL_FUNCTIONS;
            if (device >= PciAddress.DEVICES
                    || device < 0
                    || function >= PciAddress.FUNCTIONS && function != ALL_FUNCTIONS) {
                throw new AmlException("%s has _ADR 0x%x".formatted(next, address.getAsLong()));
            }
            if (path.isEmpty()) {
                return new PlugPlace(host, space, new PciSlot(space, bridge, number, (int) device));
            }
            int ofBridge = function == ALL_FUNCTIONS ? 0 : (int) function;
            Optional<PciDevice> found =
                    bus.bridge(new PciAddress(space.segment(), number, (int) device, ofBridge));
            if (found.isEmpty()) {
                return null;
            }
            bridge = found.get();
            number = bridge.secondaryBus();
        }
        return new PlugPlace(host, space, null);
    }

    private static ConfigurationSpace space(int segment, int number, PciBus bus) {
        for (ConfigurationSpace space : bus.spaces()) {
            if (space.segment() == segment
                    && number >= space.firstBus()
                    && number <= space.lastBus()) {
                return space;
            }
        }
        return null;
    }

    /** The slot, and all behind it if it is a bridge's; of a host bridge, all of its bus. */
    List<PciSlot> slots(PciBus bus) throws AmlException {
        List<PciSlot> slots = new ArrayList<>();
        if (slot == null) {
            addBus(slots, bus, null, host.bus());
            return slots;
        }
        slots.add(slot);
        for (PciDevice bridge : bus.bridges()) {
            if (slot.contains(bridge.address())) {
                addBus(slots, bus, bridge, bridge.secondaryBus());
            }
        }
        return slots;
    }

    /** Each bus once: its bridge was followed when the machine's buses were scanned. */
    private void addBus(List<PciSlot> slots, PciBus bus, PciDevice bridge, int number) {
        for (int device = 0; device < PciAddress.DEVICES; device++) {
            slots.add(new PciSlot(space, bridge, number, device));
        }
        for (PciDevice below : bus.bridges()) {
            if (below.address().segment() == space.segment()
                    && below.address().bus() == number
                    && below.secondaryBus() > number) {
                addBus(slots, bus, below, below.secondaryBus());
            }
        }
    }
}
