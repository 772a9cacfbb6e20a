package dev.cortado.drivers.pci.network;

import dev.cortado.drivers.network.NetworkBus;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.network.NumberedPlace;
import dev.cortado.drivers.pci.host.PciBus;
import dev.cortado.drivers.pci.host.UnknownDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The network devices of several buses to which none comes later, numbered one after the other;
 * cards without a driver are named.
 */
public final class PcNetworks implements NetworkBus {
    private final List<NetworkBus> buses;

    public PcNetworks(List<NetworkBus> buses) {
        if (buses.stream().anyMatch(NetworkBus::isGrowing)) {
            throw new IllegalArgumentException(
                    "a bus to which devices come has numbers of its own");
        }
        this.buses = List.copyOf(buses);
    }

    @Override
    public int bufferBytes() {
        return buses.stream().mapToInt(NetworkBus::bufferBytes).max().orElseThrow();
    }

    @Override
    public int mostBuffers() {
        return buses.stream().mapToInt(NetworkBus::mostBuffers).min().orElseThrow();
    }

    @Override
    public long addressLimit() {
        return buses.stream().mapToLong(NetworkBus::addressLimit).min().orElseThrow();
    }

    @Override
    public boolean isGrowing() {
        return false;
    }

    @Override
    public List<NetworkPlace> start(Consumer<NetworkPlace> later, Consumer<String> problems) {
        List<NetworkPlace> places = new ArrayList<>();
        for (NetworkBus bus : buses) {
            for (NetworkPlace place : bus.start(later, problems)) {
                places.add(new NumberedPlace(places.size(), place, place::open));
            }
        }
        PciBus.get().nameUnknown(UnknownDevices.NETWORK, problems);
        return places;
    }
}
