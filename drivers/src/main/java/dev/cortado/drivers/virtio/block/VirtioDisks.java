package dev.cortado.drivers.virtio.block;

import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.drivers.virtio.transport.DeviceType;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The disks that a host gives by virtio: vda, vdb and so on, in their order on the buses. */
public final class VirtioDisks extends MachineDisks {
    /** Deaths are borne as long as there is time to do something in between. */
    private static final RestartPolicy POLICY =
            new RestartPolicy(
                    60, Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofSeconds(1));

    /** What cannot be used keeps its name: those behind it have theirs at every start. */
    @Override
    protected List<FoundDisk> find(Consumer<String> log) {
        List<FoundDisk> found = new ArrayList<>();
        VirtioBus bus = VirtioBus.get();
        bus.problems().forEach(log);
        List<VirtioPlace> places = bus.places(DeviceType.BLOCK);
        for (int i = 0; i < places.size(); i++) {
            String name = "vd" + letters(i);
            try {
                VirtioDisk disk = VirtioDisk.open(places.get(i), 0, POLICY, new Deaths(log));
                found.add(new FoundDisk(name, disk.device().serialNumber(), disk.device()));
            } catch (IOException e) {
                log.accept(name + ": " + e.getMessage());
            }
        }
        return found;
    }

    /** Its users go on, but somebody should look at that. */
    private record Deaths(Consumer<String> log) implements ServiceListener {
        @Override
        public void died(String service, Throwable cause, Duration restartIn) {
            log.accept(service + " has died and is started again: " + cause);
        }

        @Override
        public void restarted(String service) {
            // Nobody has noticed.
        }

        @Override
        public void gaveUp(String service, Throwable cause) {
            log.accept(service + " was given up: " + cause);
        }
    }
}
