package dev.cortado.drivers.virtio.entropy;

import dev.cortado.drivers.entropy.MachineSeeds;
import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.drivers.virtio.transport.DeviceType;
import dev.cortado.kernel.device.DeviceFaults;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** All entropy devices of a machine with virtio. */
public final class VirtioEntropySources extends MachineSeeds {
    /** The pool has sources of its own, so that this is for copies that nobody has told of. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    @Override
    protected int startAll(Consumer<byte[]> pool, Consumer<String> log) {
        List<VirtioPlace> places = VirtioBus.get().places(DeviceType.ENTROPY);
        for (VirtioPlace place : places) {
            // Nobody closes it: the machine draws from it as long as it runs.
            new VirtioSeeds(place, 0, PAUSE, pool, RestartPolicy.usual(), new Deaths(log));
        }
        return places.size();
    }

    /** The machine goes on without: only that the driver was given up is worth a line. */
    private record Deaths(Consumer<String> log) implements ServiceListener {
        @Override
        public void died(String service, Throwable cause, Duration restartIn) {
            DeviceFaults.add(service, DeviceFaults.Kind.DEATH);
        }

        @Override
        public void restarted(String service) {
            // As before.
        }

        @Override
        public void gaveUp(String service, Throwable cause) {
            log.accept(service + " was given up: " + cause);
        }
    }
}
