package dev.cortado.drivers.virtio.block;

import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.LoggedDeaths;
import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.virtio.bus.VirtioFollower;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The disks of a virtio bus, by where they are: what comes where a disk was is that disk again, if
 * it is like it; all others get the next name.
 */
final class PluggedDisks implements VirtioFollower {
    private final Consumer<FoundDisk> later;
    private final Consumer<String> log;

    /** By the places' names; guarded by this, as is the next. */
    private final Map<String, VirtioDisk> disks = new HashMap<>();

    private int names;

    /**
     * @param later hears of disks that nobody has had before
     * @param log hears of disks that cannot be used, and of deaths of drivers
     */
    PluggedDisks(Consumer<FoundDisk> later, Consumer<String> log) {
        this.later = later;
        this.log = log;
    }

    /** Those that there are at the start. */
    List<FoundDisk> open(List<VirtioPlace> places) {
        List<FoundDisk> found = new ArrayList<>();
        places.forEach(place -> open(place, found::add));
        return found;
    }

    /** What cannot be used keeps its name: those behind it have theirs at every start. */
    private synchronized void open(VirtioPlace place, Consumer<FoundDisk> found) {
        String name = "vd" + MachineDisks.letters(names++);
        try {
            VirtioDisk disk = VirtioDisk.open(place, 0, LoggedDeaths.POLICY, new LoggedDeaths(log));
            disks.put(place.name(), disk);
            found.accept(new FoundDisk(name, disk.device().serialNumber(), disk.device()));
        } catch (IOException e) {
            log.accept(name + ": " + e.getMessage());
        }
    }

    @Override
    public synchronized void attached(VirtioPlace place) {
        VirtioDisk known = disks.get(place.name());
        if (known != null && known.attach(place)) {
            return;
        }
        if (known != null) {
            known.close();
            disks.remove(place.name());
        }
        open(place, later);
    }

    /** Whoever uses it finds out. */
    @Override
    public synchronized boolean detached(VirtioPlace place) {
        VirtioDisk disk = disks.get(place.name());
        return disk == null || disk.detach(place);
    }
}
