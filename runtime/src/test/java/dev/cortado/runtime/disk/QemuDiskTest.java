package dev.cortado.runtime.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.block.VirtioBlock;
import dev.cortado.drivers.virtio.transport.MmioTransport;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.runtime.file.storage.StoragePart;
import dev.cortado.runtime.share.MachineMemory;
import dev.cortado.runtime.share.ProcessMemory;
import dev.cortado.runtime.share.RegistersByProtocol;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * QEMU's own disk, whose driver runs here, beside a machine that stands still. Skipped where there
 * is no QEMU.
 */
@Timeout(60)
final class QemuDiskTest {
    private static final String QEMU = "qemu-system-x86_64";
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** Where microvm has its first place for a virtio device (docs/system/i386/microvm). */
    private static final long REGISTERS = 0xfeb0_0000L;

    /** Above what its firmware would use. */
    private static final long FRAMES = 16 << 20;

    private static final int DISK_BYTES = 64 << 20;
    private static final int PAGE = 4096;
    private static final long PATIENCE = 30_000_000_000L;
    private static final long PAUSE_NANOS = 50_000;

    private static final boolean CAN_RUN = canRun();

    @TempDir Path directory;
    private final AtomicInteger cpu = new AtomicInteger();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private Path image;
    private Path memory;
    private Process machine;
    private VirtioBlock driver;
    private Thread service;

    private static boolean canRun() {
        try {
            Process help =
                    new ProcessBuilder(QEMU, "-device", "help").redirectErrorStream(true).start();
            String devices = new String(help.getInputStream().readAllBytes());
            return devices.contains("virtio-blk-device") && Files.isWritable(SHARED_MEMORY);
        } catch (IOException e) {
            return false;
        }
    }

    private DiskStorage start(String properties) throws Exception {
        Assumptions.assumeTrue(CAN_RUN, "no QEMU");
        image = directory.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(DISK_BYTES);
        }
        memory = Files.createTempFile(SHARED_MEMORY, "cortado", ".memory");
        machine =
                new ProcessBuilder(command(properties))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        RegistersByProtocol registers = new RegistersByProtocol(machine, REGISTERS);
        assertEquals(0x7472_6976, registers.read32(0), "it has begun");
        MachineMemory frames = new MachineMemory(memory, FRAMES);
        VirtioDevice device =
                new VirtioDevice(
                        new MmioTransport("mmio", registers),
                        new ProcessMemory(),
                        new DeviceFrames(frames, "test"),
                        Thread::sleep);
        driver =
                new VirtioBlock(
                        device,
                        PATIENCE,
                        new VirtioBlock.Callers(2, cpu::getAndIncrement, () -> {}));
        service = Thread.ofPlatform().daemon().start(this::serveInterrupts);
        DeviceFrames buffers = new DeviceFrames(frames, "buffers");
        return new DiskStorage(
                "vda",
                driver,
                new TransferBuffers(buffers, BuddyAllocator.NO_LIMIT, 16, 4),
                told::add);
    }

    private List<String> command(String properties) {
        return List.of(
                QEMU,
                "-machine",
                "microvm,ioapic2=off,memory-backend=memory",
                "-accel",
                "tcg",
                "-S",
                "-m",
                "64M",
                "-nodefaults",
                "-display",
                "none",
                "-qtest",
                "stdio",
                "-qtest-log",
                "none",
                "-object",
                "memory-backend-file,id=memory,size=64M,share=on,mem-path=" + memory,
                "-global",
                "virtio-mmio.force-legacy=false",
                "-drive",
                "if=none,id=disk,format=raw,discard=unmap,file=" + image,
                "-device",
                "virtio-blk-device,bus=virtio-mmio-bus.0,drive=disk" + properties);
    }

    /** Nobody tells of them here. */
    private void serveInterrupts() {
        while (!Thread.interrupted() && driver.isAlive()) {
            driver.service();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (service != null) {
            assertTrue(driver.isAlive(), "nothing was broken");
            assertEquals(List.of(), told);
            service.interrupt();
            service.join();
        }
        if (machine != null) {
            machine.destroyForcibly().waitFor();
        }
        if (memory != null) {
            Files.delete(memory);
        }
    }

    private static List<StoragePart> pages(int count) {
        List<Integer> places = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(places, new Random(count));
        List<StoragePart> parts = new ArrayList<>();
        for (int place : places) {
            byte[] bytes = new byte[PAGE];
            new Random(place).nextBytes(bytes);
            parts.add(new StoragePart(8L * place * PAGE, ByteBuffer.wrap(bytes)));
        }
        return parts;
    }

    private static List<StoragePart> empty(List<StoragePart> parts) {
        return parts.stream()
                .map(part -> new StoragePart(part.position(), ByteBuffer.allocate(PAGE)))
                .toList();
    }

    /** By two queues; read one after the other, and together. */
    @ParameterizedTest
    @ValueSource(strings = {",packed=on", ",indirect_desc=off,event_idx=off"})
    void whatIsWrittenTogetherIsThere(String properties) throws Exception {
        DiskStorage storage = start(",num-queues=2" + properties);
        List<StoragePart> parts = pages(400);
        for (int i = 0; i < 2; i++) {
            storage.writeAll(parts.subList(i * 200, (i + 1) * 200));
        }
        storage.flush();
        byte[] disk = Files.readAllBytes(image);
        List<StoragePart> together = empty(parts);
        storage.readAll(together);
        for (int i = 0; i < parts.size(); i++) {
            StoragePart part = parts.get(i);
            int at = (int) part.position();
            assertArrayEquals(part.bytes().array(), Arrays.copyOfRange(disk, at, at + PAGE));
            assertArrayEquals(part.bytes().array(), together.get(i).bytes().array());
            if (i % 8 == 0) {
                ByteBuffer alone = ByteBuffer.allocate(PAGE);
                storage.read(at, alone);
                assertArrayEquals(part.bytes().array(), alone.array());
            }
        }
    }

    /** QEMU writes them of itself. */
    @Test
    void zerosAreTheDevices() throws Exception {
        DiskStorage storage =
                start(",queue-size=128,write-zeroes=on,discard=on,physical_block_size=4096");
        assertEquals(PAGE, storage.physicalBytes());
        assertTrue(driver.canWriteZeroes());
        byte[] ones = new byte[4 << 20];
        Arrays.fill(ones, (byte) 1);
        storage.write(0, ByteBuffer.wrap(ones));
        storage.zero(PAGE, (4 << 20) - 2 * PAGE);
        storage.flush();
        byte[] there = Arrays.copyOf(Files.readAllBytes(image), 4 << 20);
        Arrays.fill(ones, PAGE, (4 << 20) - PAGE, (byte) 0);
        assertArrayEquals(ones, there);
    }
}
