package dev.cortado.drivers.virtio.block;

import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.LoggedDeaths;
import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.drivers.virtio.transport.DeviceType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The disks that a host gives by virtio: vda, vdb and so on, in their order on the buses. */
public final class VirtioDisks extends MachineDisks {
    /** What cannot be used keeps its name: those behind it have theirs at every start. */
    @Override
    public List<FoundDisk> find(Consumer<String> log) {
        List<FoundDisk> found = new ArrayList<>();
        VirtioBus bus = VirtioBus.get();
        bus.nameUnknown(log);
        List<VirtioPlace> places = bus.places(DeviceType.BLOCK);
        for (int i = 0; i < places.size(); i++) {
            String name = "vd" + letters(i);
            try {
                VirtioDisk disk =
                        VirtioDisk.open(
                                places.get(i), 0, LoggedDeaths.POLICY, new LoggedDeaths(log));
                found.add(new FoundDisk(name, disk.device().serialNumber(), disk.device()));
            } catch (IOException e) {
                log.accept(name + ": " + e.getMessage());
            }
        }
        return found;
    }
}
