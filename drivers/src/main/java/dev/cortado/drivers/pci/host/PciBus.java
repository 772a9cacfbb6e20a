package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.pci.ConfigurationSpace;
import dev.cortado.drivers.pci.PciAddress;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciReset;
import dev.cortado.drivers.pci.PciScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * What the machine has on PCI, bridges left out, which of it a driver is for, and which a driver
 * has. Found when it is first asked for: who asks for nothing has nothing of this in its image. And
 * what comes and goes later is followed if somebody {@linkplain #follow wants} that.
 */
public final class PciBus {
    /** Bridges are not for a driver (PCI Code and ID Assignment, 1.7). */
    private static final int BASE_CLASS_BRIDGE = 0x06;

    private static final int CLASS_ISA_BRIDGE = 0x0601;

    private static PciBus machine;

    private final List<ConfigurationSpace> spaces;
    private final List<PciDevice> devices = new ArrayList<>();

    /** Of PCI to PCI; they stay. */
    private final List<PciDevice> bridges = new ArrayList<>();

    private final List<String> problems = new ArrayList<>();
    private final Set<PciDevice> known = new HashSet<>();
    private final Set<PciDevice> claimed = new HashSet<>();

    /** A driver had them, or has. */
    private final Set<PciDevice> used = new HashSet<>();

    /**
     * Slots with an ISA bridge. What else is there is the chipset's, such as a controller of disks:
     * the machine has it whether or not anybody uses it.
     */
    private final Set<PciAddress> chipsets = new HashSet<>();

    private final List<PciFollower> followers = new ArrayList<>();
    private boolean toldOthers;

    /** Looks at all buses. */
    PciBus(List<ConfigurationSpace> spaces) {
        this.spaces = List.copyOf(spaces);
        for (ConfigurationSpace space : spaces) {
            try {
                for (PciDevice device : PciScan.scan(space, problems::add)) {
                    add(device);
                }
            } catch (UncheckedIOException e) {
                problems.add("pci segment " + space.segment() + ": " + e.getMessage());
            }
        }
    }

    private void add(PciDevice device) {
        if (device.classCode() >>> 16 != BASE_CLASS_BRIDGE) {
            // What the firmware left behind on its pin would come to others on the line.
            device.setPinEnabled(false);
            devices.add(device);
        } else if (device.classCode() >>> 8 == CLASS_ISA_BRIDGE) {
            chipsets.add(slot(device));
        } else if (device.isBridge()) {
            bridges.add(device);
        }
    }

    private static PciAddress slot(PciDevice device) {
        PciAddress address = device.address();
        return new PciAddress(address.segment(), address.bus(), address.device(), 0);
    }

    /** This machine's. */
    public static synchronized PciBus get() {
        if (machine == null) {
            machine = new PciBus(HostBridges.spaces());
        }
        return machine;
    }

    /** In their order on the buses, and then those that came later. */
    public synchronized List<PciDevice> devices() {
        return List.copyOf(devices);
    }

    /** From PCI to PCI, in their order on the buses. */
    List<PciDevice> bridges() {
        return List.copyOf(bridges);
    }

    /** The one that a function is; empty if it is none. */
    Optional<PciDevice> bridge(PciAddress function) {
        return bridges.stream().filter(bridge -> bridge.address().equals(function)).findFirst();
    }

    List<ConfigurationSpace> spaces() {
        return spaces;
    }

    /**
     * From now on, tells of devices that come and go, which it does not know itself without this.
     *
     * @param log of the first call hears of devices that cannot be used
     */
    public void follow(PciFollower follower, Consumer<String> log) {
        if (addFollower(follower)) {
            MachinePlug.start(this, log);
        }
    }

    /** Whether it is the first one. */
    synchronized boolean addFollower(PciFollower follower) {
        followers.add(follower);
        return followers.size() == 1;
    }

    synchronized List<PciFollower> followers() {
        return List.copyOf(followers);
    }

    /** One has come that is ready for a driver. */
    synchronized void attach(PciDevice device) {
        devices.add(device);
    }

    /** It is gone, and no driver has it. */
    synchronized void detach(PciDevice device) {
        devices.remove(device);
        known.remove(device);
        used.remove(device);
    }

    /** This image has a driver for a device, whether or not the program makes use of it. */
    public synchronized void know(PciDevice device) {
        known.add(device);
    }

    /**
     * Names what was found and no driver knows: after a search for devices of a class, by which
     * drivers have said what they know, those of that class. After the first search also what
     * cannot be used, and the devices of classes that nobody searches for.
     *
     * @param baseClass that was searched for
     * @param log hears a line of each
     */
    public void nameUnknown(int baseClass, Consumer<String> log) {
        if (isFirstTelling()) {
            problems.forEach(log);
            nameUnknown(UnknownDevices::isNamedAtOnce, log);
        }
        nameUnknown(code -> code >>> 16 == baseClass, log);
    }

    private synchronized boolean isFirstTelling() {
        boolean first = !toldOthers;
        toldOthers = true;
        return first;
    }

    private synchronized void nameUnknown(IntPredicate classes, Consumer<String> log) {
        devices.stream()
                .filter(device -> classes.test(device.classCode()) && !known.contains(device))
                .filter(device -> !chipsets.contains(slot(device)))
                .forEach(device -> log.accept("this image has no driver for " + device));
    }

    /** Whether a driver has it. */
    synchronized boolean isClaimed(PciDevice device) {
        return claimed.contains(device);
    }

    /**
     * A driver has it from now on, alone. What an earlier one told it, which may have died of that,
     * is forgotten, if the device can be reset.
     *
     * @throws IOException another one has it, or it does not come back from its reset
     */
    void claim(PciDevice device, PciReset.Delay delay) throws IOException {
        if (isFirst(device)) {
            return;
        }
        boolean done = false;
        try {
            PciReset.reset(device, delay);
            done = true;
        } finally {
            if (!done) {
                release(device);
            }
        }
    }

    private synchronized boolean isFirst(PciDevice device) throws IOException {
        if (!claimed.add(device)) {
            throw new IOException(device + ": another driver has it");
        }
        return used.add(device);
    }

    synchronized void release(PciDevice device) {
        claimed.remove(device);
    }
}
