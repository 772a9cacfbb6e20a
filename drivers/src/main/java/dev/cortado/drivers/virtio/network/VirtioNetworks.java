package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkBus;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.network.NumberedPlace;
import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.drivers.virtio.transport.DeviceType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The virtio network devices that a machine has from its start, in their order on the buses. */
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
        List<NetworkPlace> places = new ArrayList<>();
        VirtioBus bus = VirtioBus.get();
        bus.nameUnknown(problems);
        for (VirtioPlace place : bus.places(DeviceType.NETWORK)) {
            places.add(
                    new NumberedPlace(
                            places.size(),
                            place,
                            (settings, listener, policy, deaths) ->
                                    VirtioAdapter.open(
                                            place, 0, settings, listener, policy, deaths)));
        }
        return places;
    }
}
