package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.NetworkAdapter;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkBus;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.drivers.virtio.transport.DeviceType;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import java.io.IOException;
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
        for (VirtioPlace place : VirtioBus.get().places(DeviceType.NETWORK)) {
            places.add(new Place(places.size(), place));
        }
        return places;
    }

    private record Place(int number, VirtioPlace place) implements NetworkPlace {
        @Override
        public NetworkAdapter open(
                NetworkSettings settings,
                NetworkListener listener,
                RestartPolicy policy,
                ServiceListener deaths)
                throws IOException {
            return VirtioAdapter.open(place, 0, settings, listener, policy, deaths);
        }

        @Override
        public String toString() {
            return place.toString();
        }
    }
}
