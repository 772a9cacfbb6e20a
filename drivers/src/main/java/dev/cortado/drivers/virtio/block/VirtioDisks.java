package dev.cortado.drivers.virtio.block;

import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.drivers.virtio.transport.DeviceType;
import java.util.List;
import java.util.function.Consumer;

/** The disks that a host gives by virtio: vda, vdb and so on, in their order on the buses. */
public final class VirtioDisks extends MachineDisks {
    @Override
    public List<FoundDisk> find(Consumer<FoundDisk> later, Consumer<String> log) {
        VirtioBus bus = VirtioBus.get();
        bus.nameUnknown(log);
        PluggedDisks disks = new PluggedDisks(later, log);
        List<FoundDisk> found = disks.open(bus.places(DeviceType.BLOCK));
        bus.follow(DeviceType.BLOCK, disks, log);
        return found;
    }
}
