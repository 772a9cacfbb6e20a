package dev.cortado.drivers.virtio.bus;

import dev.cortado.drivers.pci.ConfigurationSpace;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciScan;
import dev.cortado.drivers.pci.host.HostBridges;
import dev.cortado.drivers.virtio.transport.MmioPlace;
import dev.cortado.kernel.start.CommandLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine's virtio devices, and what else it has on PCI. Found when they are first asked for:
 * who asks for nothing has nothing of this in its image.
 */
public final class VirtioBus {
    /** Bridges are not for a driver (PCI Code and ID Assignment, 1.7). */
    private static final int BASE_CLASS_BRIDGE = 0x06;

    private static VirtioBus machine;

    private final List<VirtioPlace> places = new ArrayList<>();
    private final List<PciDevice> others = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private VirtioBus() {}

    /** This machine's. */
    public static synchronized VirtioBus get() {
        if (machine == null) {
            VirtioBus found = new VirtioBus();
            found.addPci(HostBridges.spaces());
            found.addMmio(CommandLine.deviceWords());
            machine = found;
        }
        return machine;
    }

    private void addPci(List<ConfigurationSpace> spaces) {
        for (ConfigurationSpace space : spaces) {
            try {
                PciScan.scan(space, problems::add).forEach(this::add);
            } catch (UncheckedIOException e) {
                problems.add("pci segment " + space.segment() + ": " + e.getMessage());
            }
        }
    }

    private void add(PciDevice device) {
        if (PciPlace.isPlace(device)) {
            PciPlace place = new PciPlace(device);
            place.silence();
            places.add(place);
        } else if (device.classCode() >>> 16 != BASE_CLASS_BRIDGE) {
            others.add(device);
        }
    }

    private void addMmio(List<String> words) {
        for (String word : words) {
            try {
                MmioSlot.find(MmioPlace.parse(word)).ifPresent(places::add);
            } catch (IOException | IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
    }

    /** All places with devices of a type, in their order on the buses. */
    public List<VirtioPlace> places(int deviceType) {
        return places.stream().filter(place -> place.deviceType() == deviceType).toList();
    }

    /** What there is that no driver has, in words: where it is, vendor, device and class. */
    public List<String> unclaimed() {
        List<String> names = new ArrayList<>();
        for (VirtioPlace place : places) {
            if (!place.isClaimed()) {
                names.add(place.toString());
            }
        }
        others.forEach(device -> names.add(device.toString()));
        return names;
    }

    /** What there is, and cannot be used, in words. */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
