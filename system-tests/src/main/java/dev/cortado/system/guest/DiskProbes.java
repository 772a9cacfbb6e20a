package dev.cortado.system.guest;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.virtio.block.VirtioDisk;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.drivers.virtio.transport.DeviceType;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.PooledFrames;
import dev.cortado.kernel.memory.VirtualMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;

/**
 * A disk without a file system. Its contents are summed up, written anew from one end to the other,
 * and read again in small parts by many threads.
 */
final class DiskProbes {
    private static final int PART = 1 << 20;
    private static final int SMALL_PART = 4096;
    private static final int THREADS = 8;

    /** More than the driver has under way at once. */
    private static final int READERS = 80;

    private static final int READS = 10;
    private static final int DEATHS = 100;

    /** Less than a queue's memory for each death. */
    private static final long LITTLE = 1 << 20;

    private DiskProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "disk",
                arguments -> disk(),
                "disk-deaths",
                arguments -> deaths(),
                "disks-at-once",
                arguments -> disksAtOnce());
    }

    private static void disk() throws Exception {
        int cpus = Runtime.getRuntime().availableProcessors();
        try (VirtioDisk disk = open(cpus - 1, RestartPolicy.usual());
                DeviceFrames frames = new DeviceFrames(new PooledFrames(), "probe")) {
            new Run(disk.device(), frames).run();
        }
        // Another driver gets it as it was.
        try (VirtioDisk disk = open(0, RestartPolicy.usual());
                DeviceFrames frames = new DeviceFrames(new PooledFrames(), "probe")) {
            int reads = new Run(disk.device(), frames).readSmall();
            System.out.println("read " + reads + " times");
        }
        System.out.println("the disk was used");
    }

    private static VirtioDisk open(int cpu, RestartPolicy policy) throws IOException {
        return VirtioDisk.open(DeviceProbes.first(DeviceType.BLOCK), cpu, policy, new Deaths());
    }

    /** All disks are used; then again without the first one's driver, which has let go of it. */
    private static void disksAtOnce() throws Exception {
        List<VirtioDisk> disks = new ArrayList<>();
        for (VirtioPlace place : DeviceProbes.all(DeviceType.BLOCK)) {
            disks.add(VirtioDisk.open(place, 0, RestartPolicy.usual(), new Deaths()));
        }
        try (DeviceFrames frames = new DeviceFrames(new PooledFrames(), "probe")) {
            useAtOnce(disks, frames);
            disks.removeFirst().close();
            useAtOnce(disks, frames);
        } finally {
            disks.forEach(VirtioDisk::close);
        }
        System.out.println("the disks were used");
    }

    private static void useAtOnce(List<VirtioDisk> disks, DeviceFrames frames) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(disks.size())) {
            List<Future<Integer>> running = new ArrayList<>();
            for (VirtioDisk disk : disks) {
                Run run = new Run(disk.device(), frames);
                running.add(
                        threads.submit(() -> {
                            run.write();
                            disk.device().flush();
                            return run.readSmall();
                        }));
            }
            for (Future<Integer> one : running) {
                System.out.println("read " + one.get() + " times");
            }
        }
    }

    /** Hears of drivers' deaths, and expects none but those that {@link #kill} has caused. */
    static final class Deaths implements ServiceListener {
        private static final AtomicInteger COUNT = new AtomicInteger();

        @Override
        public void died(String service, Throwable cause, Duration restartIn) {
            COUNT.incrementAndGet();
            if (!(cause instanceof InterruptedException)) {
                System.out.println(service + " has died: " + cause);
            }
        }

        @Override
        public void restarted(String service) {
            // Its users go on.
        }

        @Override
        public void gaveUp(String service, Throwable cause) {
            System.out.println(service + " was given up: " + cause);
        }
    }

    /** The driver dies again and again while its disk is used. */
    private static void deaths() throws Exception {
        RestartPolicy policy =
                new RestartPolicy(
                        10 * DEATHS, Duration.ofMinutes(1), Duration.ZERO, Duration.ofMillis(1));
        try (VirtioDisk disk = open(0, policy);
                DeviceFrames buffers = new DeviceFrames(new PooledFrames(), "probe")) {
            Run run = new Run(disk.device(), buffers);
            run.write();
            disk.device().flush();
            run.readSmall(); // what so many threads leave behind once is not lost
            long free = notInUse();
            long frames = PooledFrames.bytesInUse();
            AtomicBoolean over = new AtomicBoolean();
            Thread killer = Thread.ofPlatform().start(() -> kill(over));
            int uses = 0;
            while (killer.isAlive()) {
                run.write();
                disk.device().flush();
                run.readSmall();
                uses++;
            }
            killer.join();
            run.write(); // by the driver after the last death
            Probes.check(over.get() && Deaths.COUNT.get() >= DEATHS, "deaths: " + Deaths.COUNT);
            Probes.check(disk.restarts() >= DEATHS, disk.restarts() + " restarts");
            Probes.check(uses > 0, "nobody has used it meanwhile");
            // Threads may still be giving their stacks back, and a driver its frames.
            long lost = free - notInUse();
            for (int i = 0;
                    i < 100 && (lost > LITTLE || PooledFrames.bytesInUse() != frames);
                    i++) {
                Thread.sleep(100);
                lost = free - notInUse();
            }
            Probes.check(lost <= LITTLE, lost + " bytes are lost");
            Probes.check(PooledFrames.bytesInUse() == frames, "frames are lost");
        }
        Probes.check(PooledFrames.bytesInUse() == 0, "frames are lost");
        System.out.println("the disk was used");
    }

    /** Bytes that neither the kernel nor a stack has. What the collector keeps counts as free. */
    private static long notInUse() {
        for (int i = 0; i < 3; i++) {
            System.gc(); // what is young becomes old, and then is compacted
        }
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return Memory.freeBytes() + heap.getCommitted();
    }

    /** Interrupts the driver's thread, which ends it wherever it waits. */
    private static void kill(AtomicBoolean over) {
        Random random = new Random(9);
        try {
            while (Deaths.COUNT.get() < DEATHS) {
                Thread[] threads = new Thread[2 * READERS];
                int count = Thread.enumerate(threads);
                for (int i = 0; i < count; i++) {
                    if (threads[i].getName().startsWith("service disk")) {
                        threads[i].interrupt();
                    }
                }
                Thread.sleep(random.nextInt(20));
            }
            over.set(true);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Run(BlockDevice disk, DeviceFrames frames) {
        void run() throws Exception {
            System.out.println("disk " + disk.name() + " of " + disk.bytes() + " bytes");
            System.out.println("sum " + Long.toHexString(sum()));
            write();
            disk.flush();
            System.out.println("read " + readSmall() + " times");
            outside();
        }

        private int parts() {
            return (int) (disk.bytes() / PART);
        }

        /** Runs a task on each of some threads. */
        private static <T> List<T> onThreads(int count, Callable<T> task) throws Exception {
            List<T> results = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
                List<Future<T>> running = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    running.add(threads.submit(task));
                }
                for (Future<T> one : running) {
                    results.add(one.get());
                }
            }
            return results;
        }

        /** Of the sums of its parts. */
        private long sum() throws IOException {
            ByteBuffer sums = ByteBuffer.allocate(parts() * Long.BYTES);
            DeviceBlock buffer = frames.allocate(PART, BuddyAllocator.NO_LIMIT);
            byte[] bytes = new byte[PART];
            for (int part = 0; part < parts(); part++) {
                disk.read((long) part * PART, buffer, 0, PART);
                new VirtualMemory().copyOut(buffer.address(), bytes, 0, PART);
                sums.putLong(crc(bytes));
            }
            frames.free(buffer);
            return crc(sums.array());
        }

        private static long crc(byte[] bytes) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            return crc.getValue();
        }

        /** Each 8 bytes are their own position, but for a constant. */
        private static long pattern(long position) {
            return position * 0x9e37_79b9_7f4a_7c15L;
        }

        private void write() throws Exception {
            List<Integer> rest = new ArrayList<>();
            for (int part = 0; part < parts(); part++) {
                rest.add(part);
            }
            onThreads(
                    THREADS,
                    () -> {
                        DeviceBlock buffer = frames.allocate(PART, BuddyAllocator.NO_LIMIT);
                        Integer part = take(rest);
                        while (part != null) {
                            long position = (long) part * PART;
                            for (int at = 0; at < PART; at += Long.BYTES) {
                                new VirtualMemory()
                                        .writeLong(buffer.address() + at, pattern(position + at));
                            }
                            disk.write(position, buffer, 0, PART);
                            part = take(rest);
                        }
                        frames.free(buffer);
                        return null;
                    });
        }

        private static Integer take(List<Integer> rest) {
            synchronized (rest) {
                return rest.isEmpty() ? null : rest.removeLast();
            }
        }

        int readSmall() throws Exception {
            int count = 0;
            for (int one : onThreads(READERS, this::readSomewhere)) {
                count += one;
            }
            return count;
        }

        private int readSomewhere() throws IOException {
            Random random = new Random(Thread.currentThread().threadId());
            DeviceBlock buffer = frames.allocate(SMALL_PART, BuddyAllocator.NO_LIMIT);
            for (int i = 0; i < READS; i++) {
                long position = random.nextLong(disk.bytes() / SMALL_PART) * SMALL_PART;
                disk.read(position, buffer, 0, SMALL_PART);
                for (int at = 0; at < SMALL_PART; at += Long.BYTES) {
                    long value = new VirtualMemory().readLong(buffer.address() + at);
                    Probes.check(value == pattern(position + at), "wrong at " + (position + at));
                }
            }
            frames.free(buffer);
            return READS;
        }

        private void outside() throws IOException {
            DeviceBlock buffer = frames.allocate(SMALL_PART, BuddyAllocator.NO_LIMIT);
            try {
                disk.read(disk.bytes(), buffer, 0, SMALL_PART);
                throw new AssertionError("there is more than there is");
            } catch (IllegalArgumentException e) {
                System.out.println("nothing is behind its end");
            }
        }
    }
}
