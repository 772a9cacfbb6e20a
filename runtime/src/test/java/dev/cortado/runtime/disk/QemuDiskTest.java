package dev.cortado.runtime.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.block.VirtioBlock;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.runtime.file.storage.StoragePart;
import dev.cortado.runtime.share.QemuMachine;
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
    private static final int DISK_BYTES = 64 << 20;
    private static final int PAGE = 4096;
    private static final long PATIENCE = 30_000_000_000L;

    private static final boolean CAN_RUN = QemuMachine.canHave("virtio-blk-device");

    @TempDir Path directory;
    private final AtomicInteger cpu = new AtomicInteger();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final QemuMachine machine = new QemuMachine();
    private Path image;
    private VirtioBlock driver;

    private DiskStorage start(String properties) throws Exception {
        Assumptions.assumeTrue(CAN_RUN, "no QEMU");
        image = directory.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(DISK_BYTES);
        }
        machine.start(options(properties));
        driver =
                new VirtioBlock(
                        machine.device(),
                        PATIENCE,
                        new VirtioBlock.Callers(2, cpu::getAndIncrement, () -> {}));
        machine.serve(driver::isAlive, driver::service);
        return new DiskStorage(
                "vda",
                driver,
                new TransferBuffers(machine.buffers(), BuddyAllocator.NO_LIMIT, 16, 4),
                new FakeFrames(),
                told::add);
    }

    private List<String> options(String properties) {
        return List.of(
                "-S",
                "-drive",
                "if=none,id=disk,format=raw,discard=unmap,file=" + image,
                "-device",
                "virtio-blk-device,bus=virtio-mmio-bus.0,drive=disk" + properties);
    }

    @AfterEach
    void stop() throws Exception {
        try (machine) {
            if (driver != null) {
                assertTrue(driver.isAlive(), "nothing was broken");
                assertEquals(List.of(), told);
            }
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
