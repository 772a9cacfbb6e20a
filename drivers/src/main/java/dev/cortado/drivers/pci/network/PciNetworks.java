package dev.cortado.drivers.pci.network;

import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkBus;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.network.NumberedPlace;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.host.PciBus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The network cards on PCI that one of several drivers is for, in their order on the buses. */
public final class PciNetworks implements NetworkBus {
    private static final int MOST_BUFFERS = 16 << 10;

    /** Some cards have 32 bits of an address. */
    private static final long ADDRESS_LIMIT = 1L << 32;

    private final List<PciNetworkDriver> drivers;

    /**
     * @param drivers each device is the first one's that knows it
     */
    public PciNetworks(List<PciNetworkDriver> drivers) {
        this.drivers = List.copyOf(drivers);
    }

    @Override
    public int bufferBytes() {
        return NetworkBuffers.LEAST_BYTES;
    }

    @Override
    public int mostBuffers() {
        return MOST_BUFFERS;
    }

    @Override
    public long addressLimit() {
        return ADDRESS_LIMIT;
    }

    @Override
    public boolean isGrowing() {
        return false;
    }

    @Override
    public List<NetworkPlace> start(Consumer<NetworkPlace> later, Consumer<String> problems) {
        List<NetworkPlace> places = new ArrayList<>();
        PciBus bus = PciBus.get();
        for (PciDevice device : bus.devices()) {
            for (PciNetworkDriver driver : drivers) {
                if (driver.drives(device)) {
                    bus.know(device);
                    // What the firmware left behind on its pin would come to others on its line.
                    device.setPinEnabled(false);
                    places.add(
                            new NumberedPlace(
                                    places.size(),
                                    device,
                                    (settings, listener, policy, deaths) ->
                                            driver.open(
                                                    device, 0, settings, listener, policy,
                                                    deaths)));
                    break;
                }
            }
        }
        return places;
    }
}
