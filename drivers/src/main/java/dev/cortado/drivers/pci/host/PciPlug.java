package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.pci.AddressAssignment;
import dev.cortado.drivers.pci.AddressSpace;
import dev.cortado.drivers.pci.AddressWindow;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciException;
import dev.cortado.drivers.pci.PciSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Devices that come to a bus and leave it while the machine runs. For one thread. */
final class PciPlug {
    private final PciBus bus;
    private final Consumer<String> log;

    /**
     * @param log hears of devices that cannot be used
     */
    PciPlug(PciBus bus, Consumer<String> log) {
        this.bus = bus;
        this.log = log;
    }

    /**
     * Compares what is in a slot with what the bus knows: drivers let go of what is gone, and what
     * is new gets addresses and a driver.
     *
     * @param windows of addresses on the slot's bus
     * @param taken what others than devices have of them
     */
    void check(PciSlot slot, List<AddressWindow> windows, List<AddressWindow> taken) {
        List<PciDevice> known = known(slot);
        for (PciDevice device : known) {
            if (!device.isThere()) {
                detach(device);
            }
        }
        for (PciDevice device : slot.scan(log)) {
            boolean isNew = known(slot).stream().noneMatch(old -> isSame(old, device));
            if (isNew) {
                attach(device, windows, taken);
            }
        }
    }

    private static boolean isSame(PciDevice one, PciDevice other) {
        return one.address().equals(other.address());
    }

    private List<PciDevice> known(PciSlot slot) {
        return bus.devices().stream().filter(device -> slot.contains(device.address())).toList();
    }

    private void attach(PciDevice device, List<AddressWindow> windows, List<AddressWindow> taken) {
        if (device.isBridge()) {
            log.accept(device + ": bridges that come later are not used");
            return;
        }
        try {
            List<AddressWindow> used = new ArrayList<>(taken);
            used.addAll(used(device.bridge()));
            AddressAssignment.assign(device, new AddressSpace(windows, used));
        } catch (PciException e) {
            log.accept(e.getMessage());
            return;
        }
        if (!device.isThere()) {
            return; // it went meanwhile, which somebody will say
        }
        device.setPinEnabled(false); // until a driver hears of it
        bus.attach(device);
        boolean isDriven = false;
        for (PciFollower follower : bus.followers()) {
            isDriven |= follower.attached(device);
        }
        if (!isDriven) {
            log.accept("no driver of this image takes " + device + ", which has come");
        }
    }

    /**
     * What devices have, and what bridges pass on, but for those that addresses of this bus go
     * through.
     *
     * @param bridge that the bus is behind; null for a root bus
     */
    private List<AddressWindow> used(PciDevice bridge) throws PciException {
        List<AddressWindow> used = new ArrayList<>();
        for (PciDevice device : bus.devices()) {
            used.addAll(device.assignedWindows());
        }
        for (PciDevice other : bus.bridges()) {
            used.addAll(other.assignedWindows());
            if (!isAbove(other, bridge)) {
                used.addAll(other.passedWindows());
            }
        }
        return used;
    }

    private static boolean isAbove(PciDevice bridge, PciDevice below) {
        for (PciDevice at = below; at != null; at = at.bridge()) {
            if (at == bridge) {
                return true;
            }
        }
        return false;
    }

    /**
     * Has drivers let go of all that is in a slot.
     *
     * @return false if one of them does not
     */
    boolean release(PciSlot slot) {
        boolean all = true;
        for (PciDevice device : known(slot)) {
            all &= detach(device);
        }
        return all;
    }

    /** A device whose driver does not let go stays known, so that no other takes its place. */
    private boolean detach(PciDevice device) {
        boolean isFree = true;
        for (PciFollower follower : bus.followers()) {
            isFree &= follower.detached(device);
        }
        isFree &= !bus.isClaimed(device); // by one that follows nothing
        if (isFree) {
            bus.detach(device);
        } else {
            log.accept(device + ": its driver does not let go of it");
        }
        return isFree;
    }
}
