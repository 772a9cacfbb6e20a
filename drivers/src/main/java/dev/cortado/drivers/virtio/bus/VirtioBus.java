package dev.cortado.drivers.virtio.bus;

import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.host.PciBus;
import dev.cortado.drivers.pci.host.PciFollower;
import dev.cortado.drivers.virtio.transport.DeviceType;
import dev.cortado.drivers.virtio.transport.MmioPlace;
import dev.cortado.kernel.start.CommandLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The machine's virtio devices. Found when they are first asked for: who asks for nothing has
 * nothing of this in its image.
 */
public final class VirtioBus {
    private static VirtioBus machine;

    private final List<VirtioPlace> places = new ArrayList<>();

    /** By the types of devices; guarded by itself. */
    private final Map<Integer, VirtioFollower> followers = new HashMap<>();

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
                add(place);
                if (DeviceType.isDriven(place.deviceType())) {
                    bus.know(device);
                }
            }
        }
    }

    private synchronized void add(VirtioPlace place) {
        places.add(place);
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
                MmioSlot.find(place).ifPresent(this::add);
            }
        } catch (IOException e) {
            problems.add(e.getMessage());
        }
    }

    /** All places with devices of a type, in their order on the buses. */
    public synchronized List<VirtioPlace> places(int deviceType) {
        List<VirtioPlace> found = new ArrayList<>();
        for (VirtioPlace place : places) {
            if (place.deviceType() == deviceType) {
                found.add(place);
            }
        }
        return found;
    }

    /**
     * From now on, tells of devices on PCI that come and go.
     *
     * @param deviceType of which only this one hears
     * @param log of the first call hears of devices that cannot be used
     */
    public void follow(int deviceType, VirtioFollower follower, Consumer<String> log) {
        boolean isFirst;
        synchronized (followers) {
            isFirst = followers.isEmpty();
            followers.put(deviceType, follower);
        }
        if (isFirst) {
            PciBus.get().follow(new Plugged(), log);
        }
    }

    private VirtioFollower follower(VirtioPlace place) {
        synchronized (followers) {
            return followers.get(place.deviceType());
        }
    }

    /** What comes later, on PCI. */
    private final class Plugged implements PciFollower {
        @Override
        public boolean attached(PciDevice device) {
            if (!PciPlace.isPlace(device)) {
                return false;
            }
            PciPlace place = new PciPlace(device);
            add(place);
            VirtioFollower follower = follower(place);
            if (follower != null) {
                follower.attached(place);
            }
            return follower != null;
        }

        @Override
        public boolean detached(PciDevice device) {
            PciPlace place = place(device);
            if (place == null) {
                return true;
            }
            VirtioFollower follower = follower(place);
            boolean isFree = follower == null || follower.detached(place);
            if (isFree && !place.isClaimed()) {
                remove(place);
                return true;
            }
            return false;
        }
    }

    private synchronized PciPlace place(PciDevice device) {
        for (VirtioPlace place : places) {
            if (place instanceof PciPlace pci && pci.isOf(device)) {
                return pci;
            }
        }
        return null;
    }

    private synchronized void remove(VirtioPlace place) {
        places.remove(place);
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
