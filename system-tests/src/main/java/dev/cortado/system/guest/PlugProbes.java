package dev.cortado.system.guest;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.kernel.device.DeviceInterrupt;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.PooledFrames;
import dev.cortado.kernel.memory.VirtualMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;

/**
 * Disks that come and go while they are used, as somebody outside has it, who types what to do:
 * {@code mark} remembers what drivers have, {@code end} compares, and ends it.
 */
final class PlugProbes {
    private static final int BLOCK = 4096;
    private static final int THREADS = 4;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    private static final long PATTERN = 0x9e37_79b9_7f4a_7c15L;

    private static final List<User> USERS = new ArrayList<>();
    private static volatile boolean over;

    private PlugProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of("disk-plug", arguments -> run());
    }

    /** What drivers have of the machine. */
    private record Holdings(long frames, int interrupts) {
        static Holdings now() {
            return new Holdings(PooledFrames.bytesInUse(), DeviceInterrupt.openCount());
        }
    }

    private static void run() throws Exception {
        MachineDisks.open(PlugProbes::use, System.out::println).forEach(PlugProbes::use);
        System.out.println("ready");
        BufferedReader typed =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Holdings marked = null;
        for (String line = typed.readLine(); !"end".equals(line); line = typed.readLine()) {
            if ("mark".equals(line)) {
                marked = Holdings.now();
                System.out.println("marked");
            }
        }
        over = true;
        for (User user : List.copyOf(USERS)) {
            user.end();
        }
        long end = System.nanoTime() + PATIENCE;
        while (marked != null && !marked.equals(Holdings.now()) && System.nanoTime() < end) {
            Thread.onSpinWait(); // a driver may just be beginning
        }
        Probes.check(
                marked == null || marked.equals(Holdings.now()),
                "not as before: " + marked + ", now " + Holdings.now());
        System.out.println("nothing is lost");
    }

    private static void use(FoundDisk disk) {
        try {
            User user = new User(disk.name(), disk.device());
            synchronized (USERS) {
                USERS.add(user);
            }
            user.start();
        } catch (IOException e) {
            System.out.println(disk.name() + ": " + e.getMessage());
        }
    }

    /** Threads that write to a disk and read, each in blocks of its own. */
    private static final class User {
        private final String name;
        private final BlockDevice disk;
        private final DeviceFrames frames = new DeviceFrames(new PooledFrames(), "probe");
        private final List<Thread> threads = new ArrayList<>();
        private final AtomicInteger uses = new AtomicInteger();
        private volatile boolean failed;

        User(String name, BlockDevice disk) {
            this.name = name;
            this.disk = disk;
        }

        void start() throws IOException {
            System.out.println("%s of %d bytes, sum %x".formatted(name, disk.bytes(), sum()));
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                DeviceBlock buffer = frames.allocate(BLOCK, BuddyAllocator.NO_LIMIT);
                threads.add(Thread.ofPlatform().start(() -> use(number, buffer)));
            }
        }

        private long sum() throws IOException {
            CRC32 crc = new CRC32();
            byte[] bytes = new byte[BLOCK];
            DeviceBlock buffer = frames.allocate(BLOCK, BuddyAllocator.NO_LIMIT);
            for (long at = 0; at < disk.bytes(); at += BLOCK) {
                disk.read(at, buffer, 0, BLOCK);
                new VirtualMemory().copyOut(buffer.address(), bytes, 0, BLOCK);
                crc.update(bytes);
            }
            frames.free(buffer);
            return crc.getValue();
        }

        private void use(int number, DeviceBlock buffer) {
            Random random = new Random(number);
            int blocks = (int) (disk.bytes() / BLOCK / THREADS);
            try {
                while (!over) {
                    long position = ((long) random.nextInt(blocks) * THREADS + number) * BLOCK;
                    long seed = random.nextLong();
                    fill(buffer, seed);
                    disk.write(position, buffer, 0, BLOCK);
                    fill(buffer, ~seed);
                    disk.read(position, buffer, 0, BLOCK);
                    for (int at = 0; at < BLOCK; at += Long.BYTES) {
                        long value = new VirtualMemory().readLong(buffer.address() + at);
                        Probes.check(value == seed + at, "wrong at " + (position + at));
                    }
                    uses.incrementAndGet();
                }
            } catch (IOException e) {
                failed = true;
                System.out.println(name + ": " + e.getMessage());
            }
        }

        private static void fill(DeviceBlock buffer, long seed) {
            for (int at = 0; at < BLOCK; at += Long.BYTES) {
                new VirtualMemory().writeLong(buffer.address() + at, seed + at);
            }
        }

        /** All of it is its own position at last, but for a constant. */
        void end() throws IOException, InterruptedException {
            for (Thread thread : threads) {
                thread.join();
            }
            if (!failed) {
                DeviceBlock buffer = frames.allocate(BLOCK, BuddyAllocator.NO_LIMIT);
                for (long position = 0; position < disk.bytes(); position += BLOCK) {
                    for (int at = 0; at < BLOCK; at += Long.BYTES) {
                        new VirtualMemory()
                                .writeLong(buffer.address() + at, (position + at) * PATTERN);
                    }
                    disk.write(position, buffer, 0, BLOCK);
                }
                disk.flush();
                frames.free(buffer);
                Probes.check(uses.get() > 0, name + " was not used");
                System.out.println(name + " was used");
            }
        }
    }
}
