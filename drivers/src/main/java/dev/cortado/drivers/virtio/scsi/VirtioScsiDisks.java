package dev.cortado.drivers.virtio.scsi;

import dev.cortado.drivers.block.DiskNames;
import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.block.controller.ControllerDisks;
import dev.cortado.drivers.block.controller.ControllerLife;
import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.drivers.virtio.bus.VirtioConnection;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.drivers.virtio.transport.DeviceType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    public List<FoundDisk> find(Consumer<String> log) {
        List<FoundDisk> found = new ArrayList<>();
        for (VirtioPlace place : VirtioBus.get().places(DeviceType.SCSI)) {
            try {
                found.addAll(
                        ControllerDisks.open(
                                place.toString(),
                                problems -> start(place, problems),
                                (where, disk) -> names.next(disk),
                                log));
            } catch (IOException e) {
                log.accept(place + ": " + e.getMessage());
            }
        }
        return found;
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
