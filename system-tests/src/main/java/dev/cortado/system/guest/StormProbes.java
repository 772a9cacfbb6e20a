package dev.cortado.system.guest;

import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.host.PciBus;
import dev.cortado.drivers.pci.host.PciConnection;
import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.virtio.block.VirtioDisk;
import dev.cortado.drivers.virtio.transport.DeviceType;
import dev.cortado.kernel.device.DeviceFaults;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.PooledFrames;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A card of Intel's, 82540EM, that raises its line until its causes are read, which nobody does;
 * and a disk on the same line, that goes on.
 */
final class StormProbes {
    private static final int VENDOR = 0x8086;
    private static final int DEVICE = 0x100e;

    /** Registers (SDM, 13.4.17, 13.4.19 and 13.4.20), and the cause that is used. */
    private static final int ICR = 0x00c0;

    private static final int ICS = 0x00c8;
    private static final int IMS = 0x00d0;
    private static final int LSC = 1 << 2;

    private static final int COMMAND = 4;
    private static final int INTERRUPT_DISABLE = 1 << 10;

    private static final int PART = 4096;
    private static final int READS = 200;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private StormProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "storm-served", arguments -> served(),
                "storm-alone", arguments -> alone());
    }

    private static PciDevice card() {
        return PciBus.get().devices().stream()
                .filter(device -> device.vendor() == VENDOR && device.device() == DEVICE)
                .findFirst()
                .orElseThrow();
    }

    private static VirtioDisk disk() throws IOException {
        return VirtioDisk.open(
                DeviceProbes.first(DeviceType.BLOCK),
                0,
                RestartPolicy.usual(),
                new DiskProbes.Deaths());
    }

    private static void read(VirtioDisk disk, int times) throws IOException {
        try (DeviceFrames frames = new DeviceFrames(new PooledFrames(), "probe")) {
            DeviceBlock buffer = frames.allocate(PART, BuddyAllocator.NO_LIMIT);
            for (int i = 0; i < times; i++) {
                disk.device().read((long) i % 256 * PART, buffer, 0, PART);
            }
        }
    }

    private static long storms(String device) {
        return DeviceFaults.count(device, DeviceFaults.Kind.STORM);
    }

    private static void readUntil(VirtioDisk disk, String what, BooleanSupplier condition)
            throws IOException {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            Probes.check(System.nanoTime() < end, what + " never comes");
            read(disk, 1);
        }
    }

    /** The driver of a card: at first it finds nothing, whatever happens. */
    private static final class Driver implements Runnable {
        private final PciConnection connection;
        private final Registers registers;
        private volatile boolean looks;
        private volatile int found;

        Driver(PciConnection connection, Registers registers) {
            this.connection = connection;
            this.registers = registers;
        }

        @Override
        public void run() {
            try {
                while (true) {
                    connection.await(TimeUnit.DAYS.toNanos(1));
                    boolean work = looks && registers.read32(ICR) != 0;
                    found += work ? 1 : 0;
                    connection.acknowledge(work);
                }
            } catch (InterruptedException e) {
                // The probe is over.
            }
        }
    }

    /** Its pin is what is masked: the disk has its interrupts. */
    private static void served() throws Exception {
        PciDevice card = card();
        try (VirtioDisk disk = disk();
                PciConnection connection = PciConnection.open(card, 1, 0)) {
            Registers registers = connection.registers(0);
            Driver driver = new Driver(connection, registers);
            Thread thread = Thread.ofPlatform().daemon().start(driver);
            read(disk, READS);
            registers.write32(IMS, LSC);
            registers.write32(ICS, LSC);
            readOften(disk, () -> storms(connection.name()) > 0);
            read(disk, READS);
            Probes.check(isMasked(card), "its pin is not masked");
            Probes.check(storms(DeviceProbes.first(DeviceType.BLOCK).toString()) == 0, "the disk");
            System.out.println("the disk went on");
            driver.looks = true;
            readUntil(disk, "a look at what is masked", () -> driver.found == 1);
            readUntil(disk, "an attempt", () -> !isMasked(card));
            registers.write32(ICS, LSC);
            readUntil(disk, "an interrupt", () -> driver.found == 2);
            thread.interrupt();
            thread.join();
        }
        System.out.println("it interrupts again");
    }

    private static boolean isMasked(PciDevice card) {
        return (card.function().read16(COMMAND) & INTERRUPT_DISABLE) != 0;
    }

    /** A read of the disk is a cause, and begins the count anew: it is used now and then. */
    private static void readOften(VirtioDisk disk, BooleanSupplier condition)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            Probes.check(System.nanoTime() < end, "nothing is masked");
            read(disk, 1);
            for (int i = 0; i < 100 && !condition.getAsBoolean(); i++) {
                Thread.sleep(50);
            }
        }
    }

    /** Nobody but the disk is on the line, which is masked: the disk is looked at. */
    private static void alone() throws Exception {
        PciDevice card = card();
        String name = DeviceProbes.first(DeviceType.BLOCK).toString();
        try (VirtioDisk disk = disk();
                PciConnection connection = PciConnection.claim(card)) {
            Registers registers = connection.registers(0);
            read(disk, READS);
            card.setPinEnabled(true);
            registers.write32(IMS, LSC);
            registers.write32(ICS, LSC);
            readOften(disk, () -> storms(name) > 0);
            read(disk, READS);
            System.out.println("the disk went on");
            registers.read32(ICR);
            long before = System.nanoTime();
            readUntil(disk, "the end", () -> System.nanoTime() - before > PATIENCE / 4);
            Probes.check(storms(name) == 1, "masked again");
            card.setPinEnabled(false);
        }
        System.out.println("it interrupts again");
    }
}
