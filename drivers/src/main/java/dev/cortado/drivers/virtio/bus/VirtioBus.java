package dev.cortado.drivers.virtio.bus;

import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.host.PciBus;
import dev.cortado.drivers.virtio.transport.DeviceType;
import dev.cortado.drivers.virtio.transport.MmioPlace;
import dev.cortado.kernel.start.CommandLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The machine's virtio devices. Found when they are first asked for: who asks for nothing has
 * nothing of this in its image.
 */
public final class VirtioBus {
    private static VirtioBus machine;

    private final List<VirtioPlace> places = new ArrayList<>();
    private final Set<Long> mmio = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private boolean toldProblems;

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
        for (PciDevice device : bus.devices()) {
            if (PciPlace.isPlace(device)) {
                PciPlace place = new PciPlace(device);
                places.add(place);
                if (DeviceType.isDriven(place.deviceType())) {
                    bus.know(device);
                }
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

    /**
     * Names, once, what there is outside PCI and no driver is for, or cannot be used.
     *
     * @param log hears a line of each
     */
    public void nameUnknown(Consumer<String> log) {
        if (isFirstTelling()) {
            problems.forEach(log);
            places.stream()
                    .filter(place -> place instanceof MmioSlot)
                    .filter(place -> !DeviceType.isDriven(place.deviceType()))
                    .filter(place -> place.deviceType() != DeviceType.SCSI) // some images have one
                    .forEach(place -> log.accept("this image has no driver for " + place));
        }
    }

    private synchronized boolean isFirstTelling() {
        boolean first = !toldProblems;
        toldProblems = true;
        return first;
    }
}
