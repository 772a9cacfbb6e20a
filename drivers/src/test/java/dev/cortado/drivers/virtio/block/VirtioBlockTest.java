package dev.cortado.drivers.virtio.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.drivers.block.DiskParts;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.DeviceStatus;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VirtioBlockTest extends VirtioBlockCase {
    private static final int CPUS = 3;
    private static final long ALL_OF_QUEUES =
            Features.INDIRECT_DESC | Features.EVENT_IDX | Features.RING_PACKED;

    private final AtomicInteger currentCpu = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger isolations = new AtomicInteger();
    private boolean canBeIsolated;

    private void start(Bus bus, long patience) throws Exception {
        VirtioDevice device = device(bus);
        device.setIsolation(() -> {
            assertTrue(block.isAlive(), "somebody has the buffers already");
            isolations.incrementAndGet();
            return canBeIsolated;
        });
        start(
                device,
                patience,
                new VirtioBlock.Callers(
                        CPUS, currentCpu::getAndIncrement, failures::incrementAndGet));
    }

    private void fill(DeviceBlock buffer, byte[] bytes) {
        memory.copyIn(bytes, 0, buffer.address(), bytes.length);
    }

    /** Threads with a part of the disk each; what is read is what was written last. */
    private void hammer(int threads, int operations) throws Exception {
        List<DeviceBlock> blocks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            blocks.add(buffer(16384));
        }
        DiskParts.each(
                threads,
                DISK_BYTES,
                (number, first, bytes) ->
                        use(first, bytes, blocks.get(number), number, operations));
    }

    private void use(int first, int bytes, DeviceBlock buffer, int seed, int operations)
            throws IOException {
        Random random = new Random(seed);
        byte[] expected = new byte[bytes];
        for (int i = 0; i < operations; i++) {
            int length = 512 * (1 + random.nextInt(Math.min(32, bytes / 512)));
            int at = 512 * random.nextInt((bytes - length) / 512 + 1);
            if (random.nextBoolean()) {
                byte[] written = new byte[length];
                random.nextBytes(written);
                System.arraycopy(written, 0, expected, at, length);
                fill(buffer, written);
                block.write(first + at, buffer, 0, length);
            } else {
                block.read(first + at, buffer, 0, length);
                assertTrue(
                        Arrays.equals(bytes(buffer, length), 0, length, expected, at, at + length));
            }
            if (random.nextInt(20) == 0) {
                block.flush();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Bus.class)
    void whatWasWrittenIsReadOverEachBusWithAnyFeatures(Bus bus) throws Exception {
        for (int features = 0; features < 8; features++) {
            long offered = BlockFeatures.FLUSH | BlockFeatures.SEG_MAX;
            offered |= (features & 1) != 0 ? Features.INDIRECT_DESC : 0;
            offered |= (features & 2) != 0 ? Features.EVENT_IDX : 0;
            offered |= (features & 4) != 0 ? Features.RING_PACKED : 0;
            VirtioModel model = prepare(bus, offered, 64);
            model.configuration.putInt(12, 30);
            start(bus, PATIENCE);
            hammer(6, 60);
            stop();
        }
    }

    /** Many callers for a queue of four: all come through. */
    @ParameterizedTest
    @ValueSource(longs = {0, ALL_OF_QUEUES})
    void aFullQueueIsWaitedFor(long offered) throws Exception {
        prepare(Bus.PCI, offered, 4);
        start(Bus.PCI, PATIENCE);
        hammer(100, 20);
    }

    @Test
    void requestsAreAsLargeAsTheDeviceAllows() throws Exception {
        long notHere = BlockFeatures.READ_ONLY | BlockFeatures.MULTIPLE_QUEUES;
        VirtioModel model = prepare(Bus.MMIO, BlockFeatures.ALL & ~notHere, 64);
        model.configuration.putInt(8, 1500).putInt(12, 3).putInt(20, 512).putInt(36, 100);
        disk.sizeMax = 1500;
        disk.segMax = 3;
        start(Bus.MMIO, PATIENCE);
        block.read(512, buffer(8192), 0, 4096);
        assertEquals(Set.of("0 1 6", "0 7 2"), Set.copyOf(disk.takeRequests()));
        block.discard(1024, 512 * 250);
        assertEquals(
                List.of("discard 2 100", "discard 102 100", "discard 202 50"), disk.takeRequests());
        block.flush();
        assertEquals(List.of("flush"), disk.takeRequests());
        hammer(4, 100);
    }

    @Test
    void withoutFeaturesThereIsNeitherFlushNorDiscard() throws Exception {
        prepare(Bus.PCI_LEGACY, 0, 64);
        start(Bus.PCI_LEGACY, PATIENCE);
        block.flush();
        block.discard(0, 512);
        assertFalse(block.canDiscard());
        assertEquals(512, block.blockBytes());
        assertEquals(List.of(), disk.takeRequests());
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "'backup-7', backup-7",
        "'  WD-1234  ', WD-1234",
        "'12345678901234567890', 12345678901234567890",
        "'a\u0007b', a",
        "'caf\u00e9', caf",
    })
    void aDiskHasASerialNumber(String identifier, String number) throws Exception {
        prepare(Bus.MMIO, 0, 16);
        disk.identifier = identifier.getBytes(StandardCharsets.ISO_8859_1);
        start(Bus.MMIO, PATIENCE);
        assertEquals(number, block.serialNumber());
        disk.identifier = new byte[0];
        assertEquals("", block.serialNumber(), "what was there before");
    }

    @Test
    void aDeviceMayNotKnowThatItHasOne() throws Exception {
        prepare(Bus.MMIO, 0, 16);
        disk.identifier = new byte[] {'a'};
        disk.behaviour = BlockModel.Behaviour.UNSUPPORTED;
        start(Bus.MMIO, PATIENCE);
        assertEquals("", block.serialNumber());
        disk.behaviour = BlockModel.Behaviour.IO_ERROR;
        assertThrows(IOException.class, block::serialNumber);
    }

    @Test
    void aReadOnlyDiskIsNotWritten() throws Exception {
        prepare(Bus.PCI, BlockFeatures.READ_ONLY, 64);
        start(Bus.PCI, PATIENCE);
        assertTrue(block.isReadOnly());
        DeviceBlock buffer = buffer(512);
        IOException e = assertThrows(IOException.class, () -> block.write(0, buffer, 0, 512));
        assertEquals("virtio-blk (pci 0000:00:03.0): it is read-only", e.getMessage());
        block.read(0, buffer, 0, 512);
    }

    @ParameterizedTest
    @CsvSource({"-512, 512", "0, -512", "256, 512", "0, 100", "1048576, 512", "1048064, 1024"})
    void placesOutsideAreRefused(long position, int length) throws Exception {
        prepare(Bus.PCI, 0, 64);
        start(Bus.PCI, PATIENCE);
        DeviceBlock buffer = buffer(4096);
        assertThrows(IllegalArgumentException.class, () -> block.read(position, buffer, 0, length));
        assertThrows(IndexOutOfBoundsException.class, () -> block.read(0, buffer, 4096, 512));
        assertEquals(List.of(), disk.takeRequests());
    }

    @ParameterizedTest
    @CsvSource({
        "IO_ERROR, an error with 512 bytes at 1024",
        "UNSUPPORTED, a request that it does not know with 512 bytes at 1024",
        "STRANGE_STATUS, status 3 with 512 bytes at 1024",
        "SHORT, 512 bytes of 512 at 1024",
    })
    void anErrorIsOfTheRequestThatHadIt(BlockModel.Behaviour behaviour, String message)
            throws Exception {
        prepare(Bus.PCI, 0, 64);
        start(Bus.PCI, PATIENCE);
        DeviceBlock buffer = buffer(512);
        disk.behaviour = behaviour;
        IOException e = assertThrows(IOException.class, () -> block.read(1024, buffer, 0, 512));
        assertEquals("virtio-blk (pci 0000:00:03.0): " + message, e.getMessage());
        disk.behaviour = BlockModel.Behaviour.HONEST;
        block.read(1024, buffer, 0, 512);
    }

    @Test
    void oneThatDoesNotAnswerIsReset() throws Exception {
        VirtioModel model = prepare(Bus.PCI, 0, 64);
        start(Bus.PCI, 50_000_000L);
        disk.behaviour = BlockModel.Behaviour.SILENT;
        int before = model.resets;
        DeviceBlock buffer = buffer(512);
        List<Thread> callers = new ArrayList<>();
        AtomicReference<Throwable> wrong = new AtomicReference<>();
        for (int i = 0; i < 100; i++) { // more than have room
            callers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    block.read(0, buffer, 0, 512);
                                    wrong.set(new AssertionError("read"));
                                } catch (IOException e) {
                                    if (!e.getMessage().endsWith("it does not answer")) {
                                        wrong.set(e);
                                    }
                                }
                            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(null, wrong.get());
        assertEquals(before + 1, model.resets, "once");
        assertEquals(0, isolations.get());
        assertThrows(IOException.class, () -> block.read(0, buffer, 0, 512));
    }

    @Test
    void oneThatWantsToBeResetIsAndWhoWaitsHearsOfIt() throws Exception {
        VirtioModel model = prepare(Bus.PCI, 0, 64);
        start(Bus.PCI, PATIENCE);
        block.configurationChanged();
        disk.behaviour = BlockModel.Behaviour.SILENT;
        DeviceBlock buffer = buffer(512);
        FutureTask<IOException> reader =
                new FutureTask<>(
                        () -> assertThrows(IOException.class, () -> block.read(0, buffer, 0, 512)));
        Thread.ofVirtual().start(reader);
        int before = model.resets;
        model.status |= DeviceStatus.DEVICE_NEEDS_RESET;
        String message = "virtio-blk (pci 0000:00:03.0): it wants to be reset";
        VirtioException e = assertThrows(VirtioException.class, () -> block.configurationChanged());
        assertEquals(message, e.getMessage());
        assertEquals(message, reader.get().getMessage());
        assertFalse(block.isAlive());
        assertEquals(before + 1, model.resets);
    }

    @ParameterizedTest
    @CsvSource({
        "true, ''",
        "false, '; it is not reset, and may still write to buffers'",
    })
    void oneThatDoesNotResetIsKeptFromMemoryBeforeBuffersAreTheirCallers(
            boolean possible, String more) throws Exception {
        VirtioModel model = prepare(Bus.PCI, 0, 64);
        start(Bus.PCI, 50_000_000L);
        canBeIsolated = possible;
        disk.behaviour = BlockModel.Behaviour.SILENT;
        model.resetReads = Integer.MAX_VALUE;
        DeviceBlock buffer = buffer(512);
        for (int i = 0; i < 2; i++) {
            IOException e = assertThrows(IOException.class, () -> block.read(0, buffer, 0, 512));
            assertEquals(
                    "virtio-blk (pci 0000:00:03.0): it does not answer" + more, e.getMessage());
            assertEquals(!possible, BufferInUseException.isIn(new IOException(e)));
        }
        assertEquals(1, isolations.get());
        assertEquals(1, failures.get());
    }

    @Test
    void aWildDeviceIsResetAndNamed() throws Exception {
        VirtioModel model = prepare(Bus.PCI, 0, 64);
        start(Bus.PCI, PATIENCE);
        disk.behaviour = BlockModel.Behaviour.WILD;
        DeviceBlock buffer = buffer(512);
        IOException e = assertThrows(IOException.class, () -> block.read(0, buffer, 0, 512));
        assertEquals(
                "virtio-blk (pci 0000:00:03.0) queue 0 is broken: the device says that it wrote"
                        + " 2147483647 bytes where it may write 513",
                e.getMessage());
        assertEquals(0, model.status);
    }

    @Test
    void anInterruptedCallerStillWaitsForItsBuffer() throws Exception {
        prepare(Bus.PCI, 0, 64);
        start(Bus.PCI, PATIENCE);
        Thread.currentThread().interrupt();
        block.read(0, buffer(512), 0, 512);
        assertTrue(Thread.interrupted());
    }

    @Test
    void closingEndsAllCalls() throws Exception {
        VirtioModel model = prepare(Bus.PCI, 0, 64);
        start(Bus.PCI, PATIENCE);
        assertTrue(block.isAlive());
        assertEquals(0, failures.get());
        block.close();
        block.close();
        assertFalse(block.isAlive());
        assertEquals(1, failures.get());
        assertEquals(0, model.status);
        DeviceBlock buffer = buffer(512);
        IOException e = assertThrows(IOException.class, () -> block.read(0, buffer, 0, 512));
        assertTrue(e.getMessage().endsWith("it was closed"));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 0, 512, a capacity of 18446744073709551615 sectors",
        "64, 0, 0, 0, blocks of 0 bytes",
        "64, 0, 0, 256, blocks of 256 bytes",
        "64, 0, 0, 1536, blocks of 1536 bytes",
        "64, 0, 0, -2147483648, blocks of 2147483648 bytes",
        "64, 511, 1, 512, buffers of at most 511 bytes for blocks of 512",
        "64, 512, 0, 512, requests without buffers",
    })
    void aConfigurationThatCannotBeIsRefused(
            long capacity, int sizeMax, int segMax, int blockSize, String message) {
        long offered = BlockFeatures.BLOCK_SIZE;
        offered |= sizeMax > 0 ? BlockFeatures.SIZE_MAX | BlockFeatures.SEG_MAX : 0;
        VirtioModel model = prepare(Bus.PCI, offered, 64);
        model.configuration.putLong(0, capacity).putInt(8, sizeMax).putInt(12, segMax);
        model.configuration.putInt(20, blockSize);
        VirtioException e = assertThrows(VirtioException.class, () -> start(Bus.PCI, PATIENCE));
        assertEquals("virtio-blk (pci 0000:00:03.0): " + message, e.getMessage());
        assertEquals(128, model.status & 128);
    }

    @Test
    void aQueueWithoutRoomForARequestIsRefused() {
        prepare(Bus.PCI, 0, 2);
        assertThrows(VirtioException.class, () -> start(Bus.PCI, PATIENCE));
    }
}
