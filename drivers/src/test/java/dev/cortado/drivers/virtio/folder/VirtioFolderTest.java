package dev.cortado.drivers.virtio.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.DeviceStatus;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class VirtioFolderTest {
    private static final int MEMORY_BYTES = 8 << 20;
    private static final int SLOT_BYTES = 16384;
    private static final int REPLY_AT = 8192;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final HostMemory memory = new HostMemory(MEMORY_BYTES);
    private final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    private final DeviceFrames frames = new DeviceFrames(source, "test");
    private final AtomicInteger failures = new AtomicInteger();
    private boolean canBeIsolated;
    private boolean lacksMemory;
    private long roomPatience = PATIENCE;
    private FolderModel folder;
    private VirtioFolder driver;
    private Thread service;

    private VirtioModel prepare(Bus bus, long offered, int queueSize, byte[] tag) {
        VirtioModel model =
                new VirtioModel(
                        memory, 9, bus.isLegacy(), offered | NinepDevice.FEATURE, 300, queueSize);
        model.configuration.putShort(0, (short) tag.length);
        model.configuration.put(2, tag);
        folder = new FolderModel(model, memory);
        return model;
    }

    /** A device of virtiofs: the tag is padded, the number of queues behind it (5.11.4). */
    private VirtioModel prepareVirtiofs(Bus bus, long offered, String tag, int queues) {
        VirtioModel model = new VirtioModel(memory, 26, false, offered, 300, 64, 64);
        model.configuration.put(0, bytes(tag));
        model.configuration.putInt(36, queues);
        folder = new FolderModel(model, memory);
        return model;
    }

    private void start(Bus bus) throws Exception {
        VirtioDevice device =
                new VirtioDevice(bus.transport(folder.model), memory, frames, milliseconds -> {});
        device.setIsolation(this::isolate);
        driver = new VirtioFolder(device, failures::incrementAndGet, roomPatience);
        service = Thread.ofPlatform().daemon().start(this::serve);
    }

    private boolean isolate() {
        if (lacksMemory) {
            throw new OutOfMemoryError("test");
        }
        return canBeIsolated;
    }

    private void serve() {
        try {
            while (true) {
                folder.interrupts.acquire();
                driver.service();
            }
        } catch (InterruptedException e) {
            // The test is over.
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (service != null) {
            service.interrupt();
            service.join();
        }
        if (folder != null) {
            folder.close();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private DeviceBlock block() throws IOException {
        return frames.allocate(SLOT_BYTES, BuddyAllocator.NO_LIMIT);
    }

    private void use(int slot, DeviceBlock block, int messages) throws Exception {
        Random random = new Random(slot);
        for (int i = 0; i < messages; i++) {
            byte[] request = new byte[1 + random.nextInt(REPLY_AT)];
            random.nextBytes(request);
            memory.copyIn(request, 0, block.address(), request.length);
            driver.send(slot, block, request.length, REPLY_AT, SLOT_BYTES - REPLY_AT);
            assertEquals(request.length, driver.await(slot, PATIENCE));
            byte[] reply = new byte[request.length];
            memory.copyOut(block.address() + REPLY_AT, reply, 0, reply.length);
            for (int j = 0; j < reply.length / 2; j++) {
                byte first = reply[j];
                reply[j] = reply[reply.length - 1 - j];
                reply[reply.length - 1 - j] = first;
            }
            assertArrayEquals(request, reply);
        }
    }

    private void useAllSlots(int messages) throws Exception {
        AtomicReference<Throwable> wrong = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int slot = 0; slot < VirtioFolder.SLOTS; slot++) {
            int number = slot;
            DeviceBlock block = block();
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    use(number, block, messages);
                                } catch (Throwable e) {
                                    wrong.set(e);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(null, wrong.get());
    }

    @ParameterizedTest
    @EnumSource(Bus.class)
    void eachMessageHasItsReplyOverEachBusWithAnyFeatures(Bus bus) throws Exception {
        for (int features = 0; features < 8; features++) {
            long offered = (features & 1) != 0 ? Features.INDIRECT_DESC : 0;
            offered |= (features & 2) != 0 ? Features.EVENT_IDX : 0;
            offered |= (features & 4) != 0 ? Features.RING_PACKED : 0;
            prepare(bus, offered, 128, bytes("share0"));
            start(bus);
            assertEquals("share0", driver.tag());
            useAllSlots(20);
            stop();
        }
    }

    /** More slots than have room in the queue. */
    @ParameterizedTest
    @ValueSource(longs = {0, Features.RING_PACKED})
    void aFullQueueIsWaitedFor(long offered) throws Exception {
        prepare(Bus.PCI, offered, 4, bytes("x"));
        start(Bus.PCI);
        useAllSlots(50);
    }

    @Test
    void aDeviceThatWantsToBeResetIsAndWhoWaitsHearsOfIt() throws Exception {
        VirtioModel model = prepare(Bus.PCI, 0, 64, bytes("x"));
        start(Bus.PCI);
        driver.configurationChanged();
        folder.behaviour = FolderModel.Behaviour.SILENT;
        driver.send(0, block(), 10, REPLY_AT, SLOT_BYTES - REPLY_AT);
        model.status |= DeviceStatus.DEVICE_NEEDS_RESET;
        String message = "virtio-9p (pci 0000:00:03.0): it wants to be reset";
        IOException e = assertThrows(IOException.class, () -> driver.configurationChanged());
        assertEquals(message, e.getMessage());
        IOException waiting = assertThrows(IOException.class, () -> driver.await(0, PATIENCE));
        assertEquals(message, waiting.getMessage());
        assertFalse(driver.isAlive());
        assertEquals(DeviceStatus.RESET, model.status);
        assertEquals(1, failures.get());
        driver.configurationChanged(); // nobody asks a device that was reset
    }

    /** Not even a request that takes another one back has room, and nobody waits for ever. */
    @Test
    void aQueueThatStaysFullIsGivenUp() throws Exception {
        prepare(Bus.PCI, 0, 2, bytes("x"));
        roomPatience = 1_000_000;
        start(Bus.PCI);
        folder.behaviour = FolderModel.Behaviour.SILENT;
        driver.send(0, block(), 10, REPLY_AT, SLOT_BYTES - REPLY_AT);
        DeviceBlock block = block();
        FutureTask<IOException> second =
                new FutureTask<>(() ->
                        assertThrows(
                                IOException.class,
                                () -> driver.send(1, block, 10, REPLY_AT, SLOT_BYTES - REPLY_AT)));
        Thread.ofPlatform().daemon().start(second);
        assertEquals(
                "virtio-9p (pci 0000:00:03.0): its queue stays full",
                second.get(20, TimeUnit.SECONDS).getMessage());
        assertFalse(driver.isAlive());
        assertThrows(IOException.class, () -> driver.await(0, PATIENCE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\u0007"})
    void aTagThatNobodyCouldTypeIsRefused(String tag) {
        prepare(Bus.MMIO, 0, 16, bytes(tag));
        IOException e = assertThrows(IOException.class, () -> start(Bus.MMIO));
        assertEquals("virtio-9p (mmio 0xfeb00000): its mount tag is no text", e.getMessage());
        assertTrue((folder.model.status & 128) != 0, "FAILED");
    }

    @Test
    void aTagThatIsTooLongIsRefusedAndNotCut() throws Exception {
        prepare(Bus.PCI, 0, 16, bytes("x".repeat(256)));
        IOException e = assertThrows(IOException.class, () -> start(Bus.PCI));
        assertEquals(
                "virtio-9p (pci 0000:00:03.0): its mount tag has more than 255 bytes",
                e.getMessage());
        stop();
        prepare(Bus.PCI, 0, 16, bytes("x".repeat(255)));
        start(Bus.PCI);
        assertEquals("x".repeat(255), driver.tag());
    }

    @Test
    void aTagIsNotLongerThanTheConfiguration() {
        VirtioModel model = prepare(Bus.PCI, 0, 16, bytes("tag"));
        model.configuration.putShort(0, (short) 0xffff);
        IOException e = assertThrows(IOException.class, () -> start(Bus.PCI));
        assertTrue(e.getMessage().startsWith("virtio-9p (pci 0000:00:03.0): "), e.getMessage());
        model.offered &= ~NinepDevice.FEATURE;
        e = assertThrows(IOException.class, () -> start(Bus.PCI));
        assertEquals("virtio-9p (pci 0000:00:03.0): it has no mount tag", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneThatIsGivenUpLeavesMemoryAloneOrIsSaidNotTo(boolean resets) throws Exception {
        VirtioModel model = prepare(Bus.PCI, 0, 64, bytes("tag"));
        start(Bus.PCI);
        folder.behaviour = FolderModel.Behaviour.SILENT;
        DeviceBlock block = block();
        driver.send(3, block, 100, REPLY_AT, SLOT_BYTES - REPLY_AT);
        assertEquals(VirtioFolder.NONE, driver.await(3, 1_000_000));
        assertThrows(
                IllegalStateException.class,
                () -> driver.send(3, block, 1, REPLY_AT, SLOT_BYTES - REPLY_AT));
        int before = model.resets;
        model.resetReads = resets ? 0 : Integer.MAX_VALUE;
        driver.fail("a test");
        assertEquals(before + 1, model.resets);
        assertFalse(driver.isAlive());
        IOException e = assertThrows(IOException.class, () -> driver.await(3, PATIENCE));
        assertEquals(!resets, BufferInUseException.isIn(e), e.getMessage());
        assertThrows(
                IOException.class, () -> driver.send(0, block, 1, REPLY_AT, SLOT_BYTES - REPLY_AT));
        driver.service();
        driver.fail("again");
        assertEquals(1, failures.get());
    }

    @Test
    void oneThatCannotBeStoppedForWantOfMemoryIsAtItsEnd() throws Exception {
        VirtioModel model = prepare(Bus.PCI, 0, 64, bytes("tag"));
        start(Bus.PCI);
        folder.behaviour = FolderModel.Behaviour.SILENT;
        driver.send(3, block(), 100, REPLY_AT, SLOT_BYTES - REPLY_AT);
        model.resetReads = Integer.MAX_VALUE;
        lacksMemory = true;
        try {
            driver.fail("a test");
        } catch (OutOfMemoryError e) {
            throw new AssertionError("it goes on", e);
        }
        assertFalse(driver.isAlive());
        assertEquals(1, failures.get());
        IOException e = assertThrows(IOException.class, () -> driver.await(3, PATIENCE));
        assertTrue(BufferInUseException.isIn(e), e.getMessage());
    }

    @Test
    void aWildDeviceIsReset() throws Exception {
        prepare(Bus.PCI, 0, 64, bytes("tag"));
        start(Bus.PCI);
        folder.behaviour = FolderModel.Behaviour.WILD;
        driver.send(0, block(), 10, REPLY_AT, SLOT_BYTES - REPLY_AT);
        IOException e = assertThrows(IOException.class, () -> driver.await(0, PATIENCE));
        assertFalse(BufferInUseException.isIn(e));
        assertFalse(driver.isAlive());
    }

    @Test
    void whoIsInterruptedWaitsNoMore() throws Exception {
        prepare(Bus.PCI, 0, 64, bytes("tag"));
        start(Bus.PCI);
        folder.behaviour = FolderModel.Behaviour.SILENT;
        driver.send(0, block(), 10, REPLY_AT, SLOT_BYTES - REPLY_AT);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> driver.await(0, PATIENCE));
        assertEquals(VirtioFolder.NONE, driver.await(0, 0), "it is still under way");
    }

    @ParameterizedTest
    @EnumSource(names = {"PCI", "MMIO"})
    void virtiofsHasAWayForUrgentMessages(Bus bus) throws Exception {
        for (long offered : new long[] {0, Features.RING_PACKED, Features.EVENT_IDX}) {
            prepareVirtiofs(bus, offered, "share0", 3);
            start(bus);
            assertEquals("share0", driver.tag());
            assertEquals("virtiofs", driver.protocol());
            DeviceBlock block = block();
            for (int i = 0; i < 100; i++) {
                driver.tell(7, block, 48);
                assertEquals(0, driver.await(7, PATIENCE));
            }
            assertEquals(4800, folder.heard.get());
            useAllSlots(20);
            stop();
        }
    }

    @Test
    void aTagOfVirtiofsMayFillItsPlace() throws Exception {
        String longest = "é".repeat(18);
        prepareVirtiofs(Bus.MMIO, 0, longest, 1);
        start(Bus.MMIO);
        assertEquals(longest, driver.tag());
        stop();
        prepareVirtiofs(Bus.MMIO, 0, "", 1);
        IOException e = assertThrows(IOException.class, () -> start(Bus.MMIO));
        assertEquals("virtio-fs (mmio 0xfeb00000): its mount tag is no text", e.getMessage());
        stop();
        prepareVirtiofs(Bus.MMIO, 0, "x", 0);
        e = assertThrows(IOException.class, () -> start(Bus.MMIO));
        assertEquals("virtio-fs (mmio 0xfeb00000): it has no queue for requests", e.getMessage());
    }

    @Test
    void ninepHasNoWayForUrgentMessages() throws Exception {
        prepare(Bus.PCI, 0, 16, bytes("x"));
        start(Bus.PCI);
        assertEquals("9p", driver.protocol());
        DeviceBlock block = block();
        assertThrows(IllegalStateException.class, () -> driver.tell(0, block, 40));
    }
}
