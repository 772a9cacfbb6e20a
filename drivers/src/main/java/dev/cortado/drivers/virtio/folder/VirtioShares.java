package dev.cortado.drivers.virtio.folder;

import dev.cortado.drivers.block.LoggedDeaths;
import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.drivers.virtio.transport.DeviceType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The folders that a host shares by virtio, in their order on the buses. */
public final class VirtioShares extends MachineShares {
    @Override
    protected List<VirtioShare> find(Consumer<String> log) {
        List<VirtioShare> found = new ArrayList<>();
        find(found, DeviceType.FILE_SYSTEM_9P, log);
        find(found, DeviceType.FILE_SYSTEM, log);
        return found;
    }

    private static void find(List<VirtioShare> found, int type, Consumer<String> log) {
        for (VirtioPlace place : VirtioBus.get().places(type)) {
            try {
                found.add(VirtioShare.open(place, 0, LoggedDeaths.POLICY, new LoggedDeaths(log)));
            } catch (IOException e) {
                log.accept(e.getMessage());
            }
        }
    }
}
