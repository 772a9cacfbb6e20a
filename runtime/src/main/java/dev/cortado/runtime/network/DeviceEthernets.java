package dev.cortado.runtime.network;

import dev.cortado.runtime.configuration.VlanName;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.link.FrameDevice;
import dev.cortado.runtime.net.link.VlanTrunk;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The Ethernets over a device: what has no tag, and each VLAN that somebody wants to be in. */
final class DeviceEthernets {
    /** More than a host is in; each is an interface with tables of its own. */
    static final int MOST_VLANS = 64;

    /** One of them, an interface of that name. */
    record Ethernet(VlanName name, FrameDevice frames) {}

    private DeviceEthernets() {}

    /**
     * The device's own comes first. Without VLANs it is the device itself.
     *
     * @param vlans their numbers, which may be there several times
     * @param problems is told, in one line, if there are too many
     */
    static List<Ethernet> of(
            String name,
            FrameDevice device,
            List<Integer> vlans,
            DropCounters drops,
            Consumer<String> problems) {
        SortedSet<Integer> numbers = new TreeSet<>(vlans);
        if (numbers.isEmpty()) {
            return List.of(new Ethernet(new VlanName(name, 0), device));
        }
        if (numbers.size() > MOST_VLANS) {
            problems.accept(
                    "%s: %d VLANs are more than %d; those with the highest numbers are left out"
                            .formatted(name, numbers.size(), MOST_VLANS));
        }
        VlanTrunk trunk = new VlanTrunk(device, drops);
        List<Ethernet> all = new ArrayList<>();
        all.add(new Ethernet(new VlanName(name, 0), trunk.port(0)));
        numbers.stream()
                .limit(MOST_VLANS)
                .map(number -> new Ethernet(new VlanName(name, number), trunk.port(number)))
                .forEach(all::add);
        return all;
    }
}
