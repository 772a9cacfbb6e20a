package dev.cortado.drivers.pci;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Finds the functions of a segment, as the firmware has numbered its buses: from its first bus
 * through bridges (PCI 3.0, 6.1; PCI-to-PCI Bridge Architecture 1.2, 3.2.5). A bus is looked at
 * once, and only if it is one of those that the bridges above pass on.
 */
public final class PciScan {
    private record Bus(int number, int last, PciDevice bridge) {}

    private final ConfigurationSpace space;
    private final Consumer<String> log;
    private final BitSet seen = new BitSet(PciAddress.BUSES);
    private final Queue<Bus> waiting = new ArrayDeque<>();
    private final List<PciDevice> found = new ArrayList<>();

    private PciScan(ConfigurationSpace space, Consumer<String> log) {
        this.space = space;
        this.log = log;
    }

    /**
     * All functions, bridges too, those of a bus before those behind its bridges.
     *
     * @param log hears of bridges and functions that cannot be
     */
    public static List<PciDevice> scan(ConfigurationSpace space, Consumer<String> log) {
        PciScan scan = new PciScan(space, log);
        scan.enter(new Bus(space.firstBus(), space.lastBus(), null));
        while (!scan.waiting.isEmpty()) {
            scan.scanBus(scan.waiting.remove());
        }
        return scan.found;
    }

    /**
     * The functions of one device, which may have come after the others. What is behind a bridge
     * among them is not looked at.
     *
     * @param log hears of functions that cannot be
     */
    static List<PciDevice> scan(PciSlot slot, Consumer<String> log) {
        PciScan scan = new PciScan(slot.space(), log);
        // No bus is behind it.
        scan.scanDevice(new Bus(slot.bus(), slot.bus(), slot.bridge()), slot.device());
        return scan.found;
    }

    private void enter(Bus bus) {
        seen.set(bus.number());
        waiting.add(bus);
    }

    private void scanBus(Bus bus) {
        for (int device = 0; device < PciAddress.DEVICES; device++) {
            scanDevice(bus, device);
        }
    }

    private void scanDevice(Bus bus, int device) {
        PciFunction first = function(bus, device, 0);
        if (!first.isPresent()) {
            return; // function 0 is always there, 3.2.2.3.4
        }
        int header = first.read8(ConfigurationHeader.HEADER_TYPE);
        boolean several = (header & ConfigurationHeader.MULTI_FUNCTION) != 0;
        add(bus, first);
        for (int i = 1; several && i < PciAddress.FUNCTIONS; i++) {
            PciFunction next = function(bus, device, i);
            if (next.isPresent()) {
                add(bus, next);
            }
        }
    }

    private PciFunction function(Bus bus, int device, int function) {
        return new PciFunction(
                space, new PciAddress(space.segment(), bus.number(), device, function));
    }

    private void add(Bus bus, PciFunction function) {
        PciDevice device = new PciDevice(function, bus.bridge());
        switch (function.headerType()) {
            case ConfigurationHeader.TYPE_DEVICE -> found.add(device);
            case ConfigurationHeader.TYPE_BRIDGE -> {
                found.add(device);
                follow(bus, device);
            }
            default -> log.accept(device + ": header of type " + function.headerType());
        }
    }

    private void follow(Bus bus, PciDevice bridge) {
        int secondary = bridge.function().read8(ConfigurationHeader.SECONDARY_BUS);
        int last = bridge.function().read8(ConfigurationHeader.SUBORDINATE_BUS);
        if (secondary == 0 && last == 0) {
            return; // nobody has numbered what is behind it
        }
        if (secondary <= bus.number()
                || secondary > last
                || last > bus.last()
                || seen.get(secondary)) {
            log.accept(
                    bridge
                            + ": on bus "
                            + bus.number()
                            + ", it passes on buses "
                            + secondary
                            + " to "
                            + last
                            + ", which cannot be");
            return;
        }
        enter(new Bus(secondary, last, bridge));
    }
}
