package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkBus;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.drivers.virtio.transport.DeviceType;
import java.util.List;
import java.util.function.Consumer;

/**
 * The virtio network devices of a machine, in their order on the buses, and those that come later.
 */
public final class VirtioNetworks implements NetworkBus {
    private static final int MOST_BUFFERS = 16 << 10;

    @Override
    public int bufferBytes() {
        return NetworkBuffers.LEAST_BYTES;
    }

    @Override
    public int mostBuffers() {
        return MOST_BUFFERS;
    }

    @Override
    public boolean isGrowing() {
        return false;
    }

    @Override
    public List<NetworkPlace> start(Consumer<NetworkPlace> later, Consumer<String> problems) {
        VirtioBus bus = VirtioBus.get();
        bus.nameUnknown(problems);
        PluggedNetworks networks = new PluggedNetworks(later);
        List<NetworkPlace> places =
                bus.places(DeviceType.NETWORK).stream().map(networks::add).toList();
        bus.follow(DeviceType.NETWORK, networks, problems);
        return places;
    }
}
