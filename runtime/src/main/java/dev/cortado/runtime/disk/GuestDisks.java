package dev.cortado.runtime.disk;

import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.PooledFrames;
import dev.cortado.runtime.file.mount.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The guest's disks, whatever drives them. */
public final class GuestDisks {
    /** Of all disks together. */
    private static final int SMALL_BUFFERS = 16;

    private static final int LARGE_BUFFERS = 4;

    private static List<Disk> all;

    private GuestDisks() {}

    /**
     * All of them; the first call starts their drivers.
     *
     * @param log of the first call hears of disks that cannot be used, of errors, and of deaths of
     *     drivers
     */
    public static synchronized List<Disk> all(Consumer<String> log) {
        if (all == null) {
            all = List.copyOf(open(log));
        }
        return all;
    }

    private static List<Disk> open(Consumer<String> log) {
        List<Disk> disks = new ArrayList<>();
        try {
            List<FoundDisk> all =
                    MachineDisks.open(
                            later -> log.accept(later.name() + " has come, which no mount is for"),
                            log);
            TransferBuffers buffers = buffers(all);
            for (FoundDisk found : all) {
                DiskStorage storage =
                        new DiskStorage(
                                found.name(),
                                found.device(),
                                buffers,
                                ProgramFrames.OF_MACHINE,
                                log);
                disks.add(new Disk(storage, found.serialNumber()));
            }
        } catch (IOException e) {
            log.accept("disks: " + e.getMessage());
        }
        return disks;
    }

    /** Those that all of the disks reach. */
    private static TransferBuffers buffers(List<FoundDisk> disks) {
        long limit = BuddyAllocator.NO_LIMIT;
        for (FoundDisk disk : disks) {
            limit = Math.min(limit, disk.device().addressLimit());
        }
        DeviceFrames frames = new DeviceFrames(new PooledFrames(), "disks");
        return new TransferBuffers(frames, limit, SMALL_BUFFERS, LARGE_BUFFERS);
    }
}
