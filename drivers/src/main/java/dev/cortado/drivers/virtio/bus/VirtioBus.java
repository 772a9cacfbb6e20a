package dev.cortado.drivers.virtio.bus;

import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.host.PciBus;
import dev.cortado.drivers.virtio.transport.MmioPlace;
import dev.cortado.kernel.start.CommandLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The machine's virtio devices, and what else it has on PCI. Found when they are first asked for:
 * who asks for nothing has nothing of this in its image.
 */
public final class VirtioBus {
    private static VirtioBus machine;

    private final List<VirtioPlace> places = new ArrayList<>();
    private final Set<Long> mmio = new HashSet<>();
    private final List<PciDevice> others = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private VirtioBus() {}

    /** This machine's. */
    public static synchronized VirtioBus get() {
        if (machine == null) {
            VirtioBus found = new VirtioBus();
            found.addPci(PciBus.get());
            found.addMmio(CommandLine.deviceWords());
            if (found.mmio.isEmpty()) {
                // Whoever names devices on the command line names all of them.
                AcpiPlaces.find(found.problems::add).forEach(found::addMmio);
            }
            machine = found;
        }
        return machine;
    }

    private void addPci(PciBus bus) {
        problems.addAll(bus.problems());
        for (PciDevice device : bus.devices()) {
            if (PciPlace.isPlace(device)) {
                PciPlace place = new PciPlace(device);
                place.silence();
                places.add(place);
            } else {
                others.add(device);
            }
        }
    }

    private void addMmio(List<String> words) {
        for (String word : words) {
            try {
                addMmio(MmioPlace.parse(word));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
    }

    /** A host may tell of a place twice. */
    private void addMmio(MmioPlace place) {
        try {
            if (mmio.add(place.base())) {
                MmioSlot.find(place).ifPresent(places::add);
            }
        } catch (IOException e) {
            problems.add(e.getMessage());
        }
    }

    /** All places with devices of a type, in their order on the buses. */
    public List<VirtioPlace> places(int deviceType) {
        List<VirtioPlace> found = new ArrayList<>();
        for (VirtioPlace place : places) {
            if (place.deviceType() == deviceType) {
                found.add(place);
            }
        }
        return found;
    }

    /** What there is that no driver has, in words: where it is, vendor, device and class. */
    public List<String> unclaimed() {
        List<String> names = new ArrayList<>();
        for (VirtioPlace place : places) {
            if (!place.isClaimed()) {
                names.add(place.toString());
            }
        }
        others.stream()
                .filter(device -> !PciBus.get().isClaimed(device))
                .forEach(device -> names.add(device.toString()));
        return names;
    }

    /** What there is, and cannot be used, in words. */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
