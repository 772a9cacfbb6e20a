package dev.cortado.drivers.pci;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Gives a device that came later its addresses, which is the firmware's work for others. */
public final class AddressAssignment {
    private static final long LAST_32 = 0xffff_ffffL;

    private final PciDevice device;
    private final AddressSpace space;

    private AddressAssignment(PciDevice device, AddressSpace space) {
        this.device = device;
        this.space = space;
    }

    /**
     * Gives a function, which decodes nothing, addresses for all of its memory; and for its ports,
     * if there are enough: PCI has drivers do without (PCI 3.0, 6.2.5.1).
     *
     * @throws PciException there are none for its memory, or it cannot have what it says
     */
    public static void assign(PciDevice device, AddressSpace space) throws PciException {
        device.disableDecoding();
        new AddressAssignment(device, space).assign();
    }

    private void assign() throws PciException {
        // The largest one first: then nothing is left free between them.
        List<BaseAddress> bases = new ArrayList<>(device.baseAddresses());
        bases.sort(Comparator.comparingLong(BaseAddress::bytes).reversed());
        for (BaseAddress base : bases) {
            device.assign(base, 0);
        }
        for (BaseAddress base : bases) {
            if (base.isMemory()) {
                OptionalLong address = memory(base);
                if (address.isEmpty()) {
                    throw device.function()
                            .error(
                                    "no addresses are left for the 0x%x bytes of base address %d"
                                            .formatted(base.bytes(), base.index()));
                }
                device.assign(base, address.getAsLong());
            }
        }
        assignPorts(bases.stream().filter(base -> !base.isMemory()).toList());
    }

    /** All or none, since they are decoded together. */
    private void assignPorts(List<BaseAddress> bases) {
        List<Long> addresses = new ArrayList<>();
        for (BaseAddress base : bases) {
            OptionalLong address = space.take(AddressWindow.Kind.PORTS, base.bytes(), LAST_32);
            if (address.isEmpty()) {
                return;
            }
            addresses.add(address.getAsLong());
        }
        for (int i = 0; i < bases.size(); i++) {
            device.assign(bases.get(i), addresses.get(i));
        }
    }

    private OptionalLong memory(BaseAddress base) {
        long limit = base.kind() == BaseAddress.Kind.MEMORY_64 ? Long.MAX_VALUE : LAST_32;
        if (base.prefetchable()) {
            OptionalLong address = space.take(AddressWindow.Kind.PREFETCHABLE, base.bytes(), limit);
            if (address.isPresent()) {
                return address;
            }
        }
        return space.take(AddressWindow.Kind.MEMORY, base.bytes(), limit);
    }
}
