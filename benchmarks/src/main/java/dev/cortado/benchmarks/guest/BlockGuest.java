package dev.cortado.benchmarks.guest;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.virtio.block.VirtioDisk;
import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.drivers.virtio.transport.DeviceType;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.PooledFrames;
import java.time.Duration;
import java.util.List;

/**
 * What a raw disk takes, without a file system, for {@code ./bench block}: the figures of {@link
 * DiskGuest} past the cache. Argument: seconds for each.
 */
public final class BlockGuest {
    private static final int PAGE = 4096;
    private static final int MIB = 1 << 20;
    private static final int MOST_THREADS = 32;

    private BlockGuest() {}

    /** Measures everything once. */
    public static void main(String[] arguments) throws Exception {
        Rates rates = new Rates(Double.parseDouble(arguments[0]));
        var place = VirtioBus.get().places(DeviceType.BLOCK).getFirst();
        try (VirtioDisk disk = VirtioDisk.open(place, 0, RestartPolicy.usual(), new Deaths());
                DeviceFrames frames = new DeviceFrames(new PooledFrames(), "buffers")) {
            BlockDevice device = disk.device();
            DeviceBlock[] buffers = new DeviceBlock[MOST_THREADS];
            for (int i = 0; i < MOST_THREADS; i++) {
                buffers[i] = frames.allocate(MIB, BuddyAllocator.NO_LIMIT);
            }
            for (int length : List.of(PAGE, MIB)) {
                for (int depth : List.of(1, MOST_THREADS)) {
                    measure(rates, device, buffers, length, depth);
                }
            }
        }
        System.out.println("END");
    }

    private static void measure(
            Rates rates, BlockDevice device, DeviceBlock[] buffers, int length, int depth)
            throws Exception {
        String size = (length == PAGE ? "4k" : "1m") + "_d" + depth;
        for (boolean isRandom : List.of(true, false)) {
            String name = (isRandom ? "random_" : "sequential_") + size;
            Places places = new Places(device.bytes(), length, depth, isRandom);
            rates.measure(
                    "direct_read_" + name,
                    depth,
                    thread -> device.read(places.next(thread), buffers[thread], 0, length));
            rates.measure(
                    "direct_write_" + name,
                    depth,
                    thread -> device.write(places.next(thread), buffers[thread], 0, length));
        }
    }

    /** A driver that dies spoils the figures. */
    private static final class Deaths implements ServiceListener {
        @Override
        public void died(String service, Throwable cause, Duration restartIn) {
            System.out.println(service + " has died: " + cause);
        }

        @Override
        public void restarted(String service) {
            // It is measured on.
        }

        @Override
        public void gaveUp(String service, Throwable cause) {
            System.out.println(service + " was given up: " + cause);
        }
    }
}
