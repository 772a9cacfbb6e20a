package dev.cortado.drivers.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The network devices of several buses to which none comes later, numbered one after the other. */
public final class SeveralNetworks implements NetworkBus {
    private final List<NetworkBus> buses;

    public SeveralNetworks(List<NetworkBus> buses) {
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
        return places;
    }
}
