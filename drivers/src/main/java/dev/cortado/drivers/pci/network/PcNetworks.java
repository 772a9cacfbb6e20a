package dev.cortado.drivers.pci.network;

import dev.cortado.drivers.network.NetworkBus;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.network.NumberedPlace;
import dev.cortado.drivers.pci.host.PciBus;
import dev.cortado.drivers.pci.host.UnknownDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The network devices of several buses, numbered one after the other, and then those that come
 * later; cards without a driver are named.
 */
public final class PcNetworks implements NetworkBus {
    private final List<NetworkBus> buses;
    private final AtomicInteger numbers = new AtomicInteger();

    public PcNetworks(List<NetworkBus> buses) {
        if (buses.stream().anyMatch(NetworkBus::isGrowing)) {
            throw new IllegalArgumentException(
                    "a bus of devices that may all come later has numbers of its own");
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
            Consumer<NetworkPlace> numbered = place -> later.accept(number(place));
            bus.start(numbered, problems).forEach(place -> places.add(number(place)));
        }
        PciBus.get().nameUnknown(UnknownDevices.NETWORK, problems);
        return places;
    }

    private NetworkPlace number(NetworkPlace place) {
        return new NumberedPlace(numbers.getAndIncrement(), place, place::open);
    }
}
