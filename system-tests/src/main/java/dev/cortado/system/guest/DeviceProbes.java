package dev.cortado.system.guest;

import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.network.MachineNetwork;
import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.drivers.virtio.bus.VirtioConnection;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.drivers.virtio.entropy.VirtioEntropy;
import dev.cortado.drivers.virtio.entropy.VirtioSeeds;
import dev.cortado.drivers.virtio.transport.DeviceType;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import dev.cortado.kernel.memory.PooledFrames;
import dev.cortado.runtime.random.HardwareRandom;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The machine's devices on buses, and random bytes of the host. */
final class DeviceProbes {
    private static final int ENTROPY_BYTES = 64 << 10;
    private static final int BYTE_VALUES = 256;
    private static final int SEEDS = 5;
    private static final int DEATHS = 100;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private DeviceProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "devices", DeviceProbes::devices,
                "entropy", arguments -> entropy(),
                "seeds", arguments -> seeds(),
                "seeds-deaths", arguments -> seedsDeaths());
    }

    /** The searches of a program that uses disks and the network name what nobody drives. */
    private static void devices(String[] arguments) throws IOException {
        System.out.println("arguments " + Arrays.toString(arguments));
        MachineDisks.open(disk -> {}, System.out::println);
        MachineNetwork.bus().start(place -> {}, System.out::println);
    }

    /** The first place with a device of a type. */
    static VirtioPlace first(int deviceType) {
        List<VirtioPlace> places = all(deviceType);
        Probes.check(!places.isEmpty(), "no device of type " + deviceType);
        return places.getFirst();
    }

    static List<VirtioPlace> all(int deviceType) {
        return VirtioBus.get().places(deviceType);
    }

    /** Each CPU has its interrupts twice: each time the device is reset and its driver is new. */
    private static void entropy() throws IOException, InterruptedException {
        VirtioPlace place = first(DeviceType.ENTROPY);
        int cpus = Runtime.getRuntime().availableProcessors();
        for (int round = 0; round < 2 * cpus; round++) {
            try (VirtioConnection connection = place.open(round % cpus)) {
                VirtioEntropy device =
                        new VirtioEntropy(
                                connection.device(), connection, System::nanoTime, PATIENCE);
                Probes.check(place.isClaimed(), "nobody has it");
                checkRandom(device);
            }
            Probes.check(!place.isClaimed(), "somebody has it");
        }
        System.out.println("random bytes of " + place + ", on each of " + cpus + " CPUs");
    }

    private static void checkRandom(VirtioEntropy device) throws IOException, InterruptedException {
        byte[] bytes = new byte[ENTROPY_BYTES];
        int reads = 0;
        for (int done = 0; done < bytes.length; reads++) {
            int count = device.read(bytes, done, bytes.length - done);
            Probes.check(count > 0, "nothing was read");
            done += count;
        }
        BitSet values = new BitSet(BYTE_VALUES);
        for (byte value : bytes) {
            values.set(value & 0xff);
        }
        Probes.check(values.cardinality() == BYTE_VALUES, "not all bytes occur: " + values);
        Probes.check(reads >= 2, "all at once");
        byte[] first = Arrays.copyOf(bytes, BYTE_VALUES);
        byte[] last = Arrays.copyOfRange(bytes, bytes.length - BYTE_VALUES, bytes.length);
        Probes.check(!Arrays.equals(first, last), "the same bytes again");
    }

    /** What the host gives goes into the pool that all of the JDK's generators draw from. */
    private static void seeds() throws InterruptedException {
        VirtioPlace place = first(DeviceType.ENTROPY);
        Probes.check(!place.isClaimed(), "somebody has it before a number is drawn");
        SecureRandom random = new SecureRandom();
        byte[] bytes = new byte[BYTE_VALUES];
        long end = System.nanoTime() + PATIENCE;
        while (HardwareRandom.HOST.taken() == 0) {
            Probes.check(System.nanoTime() < end, "there is no seed");
            random.nextBytes(bytes);
            Thread.onSpinWait();
        }
        Probes.check(place.isClaimed(), "nobody has it");
        Probes.check(!Arrays.equals(bytes, new byte[BYTE_VALUES]), "nothing is random");
        System.out.println("the pool has seeds of " + place);
    }

    /** What a driver is killed by. */
    private static final class KilledException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Tells of deaths of anything else. */
    private static final class Deaths implements ServiceListener {
        @Override
        public void died(String service, Throwable cause, Duration restartIn) {
            if (!(cause instanceof KilledException)) {
                System.out.println(service + " has died: " + cause);
            }
        }

        @Override
        public void restarted(String service) {
            // It gives seeds again.
        }

        @Override
        public void gaveUp(String service, Throwable cause) {
            System.out.println(service + " was given up: " + cause);
        }
    }

    /** The driver dies of each seed that it gives, again and again; nothing of it is left. */
    private static void seedsDeaths() throws InterruptedException {
        VirtioPlace place = first(DeviceType.ENTROPY);
        Set<String> given = ConcurrentHashMap.newKeySet();
        AtomicInteger deaths = new AtomicInteger();
        CountDownLatch several = new CountDownLatch(SEEDS);
        Consumer<byte[]> pool =
                seed -> {
                    given.add(Arrays.toString(seed));
                    if (deaths.get() < DEATHS) {
                        deaths.incrementAndGet();
                        throw new KilledException();
                    }
                    several.countDown();
                };
        RestartPolicy policy =
                new RestartPolicy(
                        2 * DEATHS, Duration.ofMinutes(10), Duration.ZERO, Duration.ofMillis(1));
        long frames = PooledFrames.bytesInUse();
        try (VirtioSeeds seeds =
                new VirtioSeeds(place, 0, Duration.ofMillis(1), pool, policy, new Deaths())) {
            Probes.check(seeds.awaitFirst(Duration.ofNanos(PATIENCE)), "there is no first seed");
            Probes.check(several.await(PATIENCE, TimeUnit.NANOSECONDS), "there are no others");
        }
        Probes.check(!place.isClaimed(), "somebody has it");
        Probes.check(PooledFrames.bytesInUse() == frames, "frames are lost");
        Probes.check(given.size() >= DEATHS + SEEDS, "a seed came twice");
        System.out.println("seeds of " + place + " after " + deaths + " deaths");
    }
}
