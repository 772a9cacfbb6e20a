package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.network.NumberedPlace;
import dev.cortado.drivers.virtio.bus.PluggedPlace;
import dev.cortado.drivers.virtio.bus.VirtioFollower;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The network devices of a virtio bus, by where they are: what comes where one was is that one. */
final class PluggedNetworks implements VirtioFollower {
    private final Consumer<NetworkPlace> later;

    /** By the places' names; guarded by this. */
    private final Map<String, PluggedPlace> places = new HashMap<>();

    /**
     * @param later hears of devices where none was before
     */
    PluggedNetworks(Consumer<NetworkPlace> later) {
        this.later = later;
    }

    /** A device that there was not; it gets the next number. */
    synchronized NetworkPlace add(VirtioPlace place) {
        PluggedPlace plugged = new PluggedPlace(place);
        int number = places.size();
        places.put(place.name(), plugged);
        return new NumberedPlace(
                number,
                place,
                (settings, listener, policy, deaths) ->
                        VirtioAdapter.open(plugged, place, 0, settings, listener, policy, deaths));
    }

    @Override
    public void attached(VirtioPlace place) {
        PluggedPlace known = plugged(place);
        if (known == null) {
            later.accept(add(place));
        } else {
            known.attach(place);
        }
    }

    @Override
    public boolean detached(VirtioPlace place) {
        PluggedPlace known = plugged(place);
        return known == null || known.detach(place);
    }

    private synchronized PluggedPlace plugged(VirtioPlace place) {
        return places.get(place.name());
    }
}
