package dev.cortado.drivers.virtio.scsi;

import dev.cortado.drivers.block.DiskNames;
import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.block.controller.ControllerDisks;
import dev.cortado.drivers.block.controller.ControllerLife;
import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.drivers.virtio.bus.VirtioConnection;
import dev.cortado.drivers.virtio.bus.VirtioFollower;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.drivers.virtio.transport.DeviceType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The disks of SCSI host devices: sda, sdb and so on, in their order on the buses. */
public final class VirtioScsiDisks extends MachineDisks {
    /** What a unit has for a command. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final DiskNames names;

    public VirtioScsiDisks(DiskNames names) {
        this.names = names;
    }

    @Override
    public List<FoundDisk> find(Consumer<FoundDisk> later, Consumer<String> log) {
        VirtioBus bus = VirtioBus.get();
        List<FoundDisk> found = new ArrayList<>();
        Plugged plugged = new Plugged(later, log);
        bus.places(DeviceType.SCSI).forEach(place -> plugged.open(place, found::add));
        bus.follow(DeviceType.SCSI, plugged, log);
        return found;
    }

    /** Hosts that come and go; disks of one that comes back are others. */
    private final class Plugged implements VirtioFollower {
        private final Consumer<FoundDisk> later;
        private final Consumer<String> log;

        /** Guarded by this. */
        private final Map<VirtioPlace, ControllerDisks> open = new HashMap<>();

        Plugged(Consumer<FoundDisk> later, Consumer<String> log) {
            this.later = later;
            this.log = log;
        }

        synchronized void open(VirtioPlace place, Consumer<FoundDisk> found) {
            try {
                ControllerDisks disks =
                        ControllerDisks.open(
                                place.toString(),
                                problems -> start(place, problems),
                                (where, disk) -> names.next(disk),
                                log);
                open.put(place, disks);
                disks.disks().forEach(found);
            } catch (IOException e) {
                log.accept(place + ": " + e.getMessage());
            }
        }

        @Override
        public void attached(VirtioPlace place) {
            open(place, later);
        }

        @Override
        public synchronized boolean detached(VirtioPlace place) {
            ControllerDisks disks = open.remove(place);
            if (disks != null) {
                disks.close();
            }
            return true; // the bus knows whether it is claimed
        }
    }

    private static ControllerLife start(VirtioPlace place, Consumer<String> problems)
            throws IOException, InterruptedException {
        VirtioConnection connection = place.open(0);
        boolean done = false;
        try {
            ControllerLife life =
                    VirtioScsi.start(
                            connection.device(),
                            connection,
                            connection::wake,
                            connection::close,
                            PATIENCE,
                            problems);
            done = true;
            return life;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }
}
