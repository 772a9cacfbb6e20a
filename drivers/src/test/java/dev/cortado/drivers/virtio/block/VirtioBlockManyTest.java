package dev.cortado.drivers.virtio.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.DiskParts;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several requests of one caller, several queues, and zeros. */
final class VirtioBlockManyTest extends VirtioBlockCase {
    private static final int SECTOR = 512;
    private static final int QUEUE_SIZE = 256;
    private static final int THREADS = 6;

    /** Sectors that a thread writes at once. */
    private static final int MOST = 60;

    /** The CPU that callers are on. */
    private volatile int cpu;

    private void start(Bus bus, int cpus, long patience) throws Exception {
        VirtioDevice device = device(bus);
        device.setMessages(2, 2);
        start(device, patience, new VirtioBlock.Callers(cpus, () -> cpu, () -> {}));
    }

    private DeviceBlock random(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        DeviceBlock buffer = buffer(bytes);
        memory.copyIn(content, 0, buffer.address(), bytes);
        return buffer;
    }

    /** Every other sector, anywhere: no two of them are neighbours. */
    private static List<Integer> places(int count) {
        List<Integer> sectors =
                new ArrayList<>(IntStream.range(0, count).map(i -> 2 * i).boxed().toList());
        Collections.shuffle(sectors, new Random(count));
        return sectors;
    }

    private List<BlockTransfer> scattered(int count, DeviceBlock buffer) {
        List<BlockTransfer> transfers = new ArrayList<>();
        List<Integer> places = places(count);
        for (int i = 0; i < count; i++) {
            long position = (long) places.get(i) * SECTOR;
            transfers.add(BlockTransfer.write(position, buffer, (long) i * SECTOR, SECTOR));
        }
        return transfers;
    }

    /** While a device works on the first of them, the others come; it is told of many at once. */
    @ParameterizedTest
    @EnumSource
    void manyAreUnderWayAtOnce(Bus bus) throws Exception {
        int count = 500;
        VirtioModel model = prepare(bus, Features.INDIRECT_DESC | Features.EVENT_IDX, QUEUE_SIZE);
        if (bus == Bus.PCI || bus == Bus.PCI_LEGACY_MESSAGES) {
            start(bus, 1, PATIENCE);
        } else {
            startWithoutMessages(bus, 1);
        }
        DeviceBlock buffer = random(count * SECTOR);
        List<BlockTransfer> transfers = scattered(count, buffer);
        block.transfer(transfers);
        assertTrue(disk.mostTaken >= 16, disk.mostTaken + " at once");
        assertTrue(model.notifications <= count / 8, model.notifications + " notifications");
        byte[] written = bytes(buffer, count * SECTOR);
        List<Integer> places = places(count);
        for (int i = 0; i < count; i++) {
            assertNull(transfers.get(i).failure());
            int at = places.get(i) * SECTOR;
            assertArrayEquals(
                    Arrays.copyOfRange(written, i * SECTOR, (i + 1) * SECTOR),
                    Arrays.copyOfRange(disk.disk, at, at + SECTOR));
        }
    }

    private void startWithoutMessages(Bus bus, int cpus) throws Exception {
        start(device(bus), PATIENCE, new VirtioBlock.Callers(cpus, () -> cpu, () -> {}));
    }

    /** A queue that has room for one or two only. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void moreThanThereIsRoomForComeThrough(int size) throws Exception {
        prepare(Bus.PCI, 0, size);
        start(Bus.PCI, 1, PATIENCE);
        List<BlockTransfer> transfers = scattered(300, random(300 * SECTOR));
        block.transfer(transfers);
        transfers.forEach(transfer -> assertNull(transfer.failure()));
        assertEquals(300, disk.takeRequests().size(), "each once");
    }

    @Test
    void eachSaysHowItHasEnded() throws Exception {
        prepare(Bus.PCI, 0, QUEUE_SIZE);
        start(Bus.PCI, 1, PATIENCE);
        disk.badSector = 10;
        DeviceBlock buffer = random(4 * SECTOR);
        List<BlockTransfer> transfers =
                List.of(
                        BlockTransfer.write(0, buffer, 0, SECTOR),
                        BlockTransfer.write(8 * SECTOR, buffer, 0, 4 * SECTOR),
                        BlockTransfer.write(DISK_BYTES, buffer, 0, SECTOR),
                        BlockTransfer.read(20 * SECTOR, buffer, 4096, SECTOR),
                        BlockTransfer.write(30 * SECTOR, buffer, SECTOR, SECTOR));
        block.transfer(transfers);
        assertNull(transfers.get(0).failure());
        assertEquals(
                "virtio-blk (pci 0000:00:03.0): an error with 2048 bytes at 4096",
                transfers.get(1).failure().getMessage());
        assertInstanceOf(IllegalArgumentException.class, transfers.get(2).failure());
        assertInstanceOf(IndexOutOfBoundsException.class, transfers.get(3).failure());
        assertNull(transfers.get(4).failure());
        assertEquals(3, disk.takeRequests().size());
    }

    @Test
    void aDeviceThatFallsSilentEndsAllThatItHas() throws Exception {
        VirtioModel model = prepare(Bus.PCI, 0, QUEUE_SIZE, QUEUE_SIZE);
        model.offered |= BlockFeatures.MULTIPLE_QUEUES;
        start(Bus.PCI, 2, 50_000_000L);
        disk.behaviour = BlockModel.Behaviour.SILENT;
        int before = model.resets;
        List<BlockTransfer> transfers = scattered(200, random(200 * SECTOR));
        block.transfer(transfers);
        for (BlockTransfer transfer : transfers) {
            assertTrue(transfer.failure().getMessage().endsWith("it does not answer"));
        }
        assertFalse(block.isAlive());
        assertEquals(before + 1, model.resets);
        cpu = 1;
        DeviceBlock buffer = random(SECTOR);
        assertThrows(IOException.class, () -> block.read(0, buffer, 0, SECTOR));
    }

    @Test
    void eachCpuHasAQueueWithAMessageOfItsOwn() throws Exception {
        VirtioModel model = prepare(Bus.PCI, BlockFeatures.MULTIPLE_QUEUES, 16, 16, 16);
        start(Bus.PCI, 2, PATIENCE);
        assertTrue(model.queues[0].enabled && model.queues[1].enabled);
        assertFalse(model.queues[2].enabled, "there are two CPUs");
        assertEquals(0, model.queues[0].vector);
        assertEquals(1, model.queues[1].vector);
        List<Integer> rung = Collections.synchronizedList(new ArrayList<>());
        var before = model.notified;
        model.notified =
                queue -> {
                    rung.add(queue);
                    before.accept(queue);
                };
        DeviceBlock buffer = random(SECTOR);
        for (int next : new int[] {1, 0, 1, 2}) {
            cpu = next;
            block.read(0, buffer, 0, SECTOR);
        }
        assertEquals(List.of(1, 0, 1, 0), rung);
    }

    @Test
    void withoutTheFeatureThereIsOneQueue() throws Exception {
        VirtioModel model = prepare(Bus.PCI, 0, 16, 16);
        start(Bus.PCI, 2, PATIENCE);
        cpu = 1;
        block.read(0, random(SECTOR), 0, SECTOR);
        assertFalse(model.queues[1].enabled);
    }

    @ParameterizedTest
    @CsvSource({"0, no queues", "2, queue 1 has a size of 0"})
    void queuesThatThereAreNotAreRefused(short told, String message) {
        VirtioModel model = prepare(Bus.PCI, BlockFeatures.MULTIPLE_QUEUES, 16);
        model.configuration.putShort(QUEUES_AT, told);
        VirtioException e = assertThrows(VirtioException.class, () -> start(Bus.PCI, 2, PATIENCE));
        assertEquals("virtio-blk (pci 0000:00:03.0): " + message, e.getMessage());
    }

    /** What it writes as a whole: 2^3 blocks, and what no disk does. */
    @ParameterizedTest
    @CsvSource({"0, 512", "3, 4096", "7, 65536", "8, 512", "-1, 512"})
    void aDiskMayWriteSeveralBlocksAsAWhole(byte exponent, int bytes) throws Exception {
        VirtioModel model = prepare(Bus.PCI, BlockFeatures.TOPOLOGY, 16);
        model.configuration.put(24, exponent);
        start(Bus.PCI, 1, PATIENCE);
        assertEquals(bytes, block.physicalBytes());
        assertEquals(512, block.blockBytes());
    }

    @ParameterizedTest
    @CsvSource({"1, ' unmapped'", "0, ''"})
    void zerosAreWrittenByTheDevice(byte mayUnmap, String unmapped) throws Exception {
        VirtioModel model = prepare(Bus.PCI, BlockFeatures.WRITE_ZEROES, 16);
        model.configuration.putInt(48, 100).put(56, mayUnmap);
        start(Bus.PCI, 1, PATIENCE);
        Arrays.fill(disk.disk, (byte) 1);
        assertTrue(block.canWriteZeroes());
        block.writeZeroes(SECTOR, 150 * SECTOR);
        assertEquals(
                List.of("zeros 1 100" + unmapped, "zeros 101 50" + unmapped), disk.takeRequests());
        assertEquals(1, disk.disk[SECTOR - 1]);
        assertEquals(0, disk.disk[SECTOR] | disk.disk[151 * SECTOR - 1]);
        assertEquals(1, disk.disk[151 * SECTOR]);
        assertThrows(IllegalArgumentException.class, () -> block.writeZeroes(DISK_BYTES, SECTOR));
        disk.behaviour = BlockModel.Behaviour.UNSUPPORTED;
        assertThrows(UnknownRequestException.class, () -> block.writeZeroes(0, SECTOR));
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "16384, 0", "16416, 100"})
    void oneThatCannotSaysSo(long offered, int mostSectors) throws Exception {
        VirtioModel model = prepare(Bus.PCI, offered, 16);
        model.configuration.putInt(48, mostSectors);
        start(Bus.PCI, 1, PATIENCE);
        assertFalse(block.canWriteZeroes());
        assertThrows(IOException.class, () -> block.writeZeroes(0, SECTOR));
        assertEquals(List.of(), disk.takeRequests());
    }

    @Test
    void theCapacityMayChange() throws Exception {
        VirtioModel model = prepare(Bus.MMIO_LEGACY, 0, 64);
        startWithoutMessages(Bus.MMIO_LEGACY, 1);
        model.configuration.putLong(0, 16);
        block.configurationChanged();
        assertEquals(8192, block.bytes());
    }

    /** Threads with a part of the disk each, over all kinds of queues. */
    @ParameterizedTest
    @EnumSource
    void whatWasWrittenIsReadOverEachBusWithAnyFeatures(Bus bus) throws Exception {
        for (int features = 0; features < 16; features++) {
            long offered = (features & 1) != 0 ? Features.INDIRECT_DESC : 0;
            offered |= (features & 2) != 0 ? Features.EVENT_IDX : 0;
            offered |= (features & 4) != 0 ? Features.RING_PACKED : 0;
            offered |= (features & 8) != 0 ? BlockFeatures.MULTIPLE_QUEUES : 0;
            prepare(bus, offered, 16, 16);
            startWithoutMessages(bus, 2);
            int part = DISK_BYTES / THREADS & -SECTOR;
            List<DeviceBlock> buffers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                buffers.add(buffer(2 * MOST * SECTOR));
            }
            DiskParts.each(
                    THREADS,
                    DISK_BYTES,
                    (number, first, bytes) -> use(buffers.get(number), number, first, part));
            stop();
            frames.close();
            frames = new DeviceFrames(source, "test");
        }
    }

    /** Sectors of its part, anywhere, are written at once and read at once. */
    private void use(DeviceBlock buffer, int seed, int first, int bytes) {
        Random random = new Random(seed);
        for (int round = 0; round < 8; round++) {
            int count = 1 + random.nextInt(MOST);
            List<Integer> sectors =
                    new ArrayList<>(IntStream.range(0, bytes / SECTOR).boxed().toList());
            Collections.shuffle(sectors, random);
            byte[] content = new byte[count * SECTOR];
            random.nextBytes(content);
            memory.copyIn(content, 0, buffer.address(), content.length);
            List<BlockTransfer> writes = new ArrayList<>();
            List<BlockTransfer> reads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long position = first + (long) sectors.get(i) * SECTOR;
                long at = (long) i * SECTOR;
                writes.add(BlockTransfer.write(position, buffer, at, SECTOR));
                reads.add(BlockTransfer.read(position, buffer, MOST * SECTOR + at, SECTOR));
            }
            cpu = random.nextInt(2);
            block.transfer(writes);
            block.transfer(reads);
            writes.forEach(write -> assertNull(write.failure()));
            reads.forEach(read -> assertNull(read.failure()));
            byte[] read = bytes(buffer, (MOST + count) * SECTOR);
            assertArrayEquals(content, Arrays.copyOfRange(read, MOST * SECTOR, read.length));
        }
    }

    /**
     * What is wrong with one answer is its transfer's; what is wrong with a queue is everyone's.
     */
    @ParameterizedTest
    @CsvSource({
        "IO_ERROR, true, an error with 512 bytes at",
        "UNSUPPORTED, true, a request that it does not know with 512 bytes at",
        "STRANGE_STATUS, true, status 3 with 512 bytes at",
        "SHORT, true, 512 bytes of 512 at",
        "WILD, false, the device says that it wrote 2147483647 bytes where it may write 513",
    })
    void aHostileDeviceEndsEach(BlockModel.Behaviour behaviour, boolean lives, String message)
            throws Exception {
        prepare(Bus.PCI, Features.INDIRECT_DESC, QUEUE_SIZE);
        start(Bus.PCI, 1, PATIENCE);
        DeviceBlock buffer = random(100 * SECTOR);
        disk.behaviour = behaviour;
        List<BlockTransfer> reads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            reads.add(BlockTransfer.read(2L * i * SECTOR, buffer, (long) i * SECTOR, SECTOR));
        }
        block.transfer(reads);
        for (BlockTransfer read : reads) {
            String expected = lives ? message + ' ' + read.position() : message;
            String said = read.failure().getMessage();
            assertTrue(said.endsWith(expected), said);
        }
        assertEquals(lives, block.isAlive());
    }
}
