package dev.cortado.drivers.virtio.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.Beforehand;
import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where time, memory or a host's patience is short. */
final class VirtioBlockShortageTest extends VirtioBlockCase {
    private static final int SECTOR = 512;
    private static final int QUEUE_SIZE = 256;

    /** The CPU that callers are on. */
    private volatile int cpu;

    /** Of memory. */
    private volatile boolean isShort;

    private void start(int cpus, long patience) throws Exception {
        start(device(Bus.PCI), patience, new VirtioBlock.Callers(cpus, () -> cpu, () -> {}));
    }

    /** As after a machine has stood still for longer than that. */
    @Test
    void anAnswerThatNobodyWasToldOfIsNoSilence() throws Exception {
        prepare(Bus.PCI, Features.EVENT_IDX, QUEUE_SIZE);
        start(1, 500_000_000L);
        service.interrupt();
        service.join();
        DeviceBlock buffer = buffer(4 * SECTOR);
        List<BlockTransfer> transfers = new ArrayList<>();
        for (long i = 0; i < 4; i++) {
            transfers.add(BlockTransfer.write(2 * i * SECTOR, buffer, i * SECTOR, SECTOR));
        }
        block.transfer(transfers);
        transfers.forEach(transfer -> assertNull(transfer.failure()));
        assertTrue(block.isAlive());
    }

    /** Buffers would be their callers' before the device has let go of them. */
    @Test
    void aSilentDeviceIsStoppedWithoutMemory() throws Exception {
        VirtioModel model = prepare(Bus.PCI, 0, QUEUE_SIZE);
        start(1, 1_000_000);
        model.notified = queue -> {};
        int before = model.resets;
        DeviceBlock buffer = buffer(SECTOR);
        IOException e = assertThrows(IOException.class, () -> block.read(0, buffer, 0, SECTOR));
        assertTrue(e.getMessage().endsWith("it does not answer"), e.getMessage());
        Beforehand.assertMadeBy(VirtioBlock.class, e.getCause());
        assertEquals(before + 1, model.resets);
        assertFalse(BufferInUseException.isIn(e));
    }

    /** Who waits has to hear that buffers may still be written to, and users that it is dead. */
    @Test
    void aDeviceThatCannotBeStoppedForWantOfMemoryIsAtItsEnd() throws Exception {
        VirtioModel model = prepare(Bus.PCI, 0, QUEUE_SIZE);
        VirtioDevice device = device(Bus.PCI);
        device.setIsolation(() -> {
            throw new OutOfMemoryError("test");
        });
        start(device, PATIENCE, new VirtioBlock.Callers(1, () -> 0, () -> {}));
        model.resetReads = Integer.MAX_VALUE;
        try {
            block.close();
        } catch (OutOfMemoryError e) {
            throw new AssertionError("it goes on", e);
        }
        assertFalse(block.isAlive());
        DeviceBlock buffer = buffer(SECTOR);
        IOException e = assertThrows(IOException.class, () -> block.read(0, buffer, 0, SECTOR));
        assertTrue(BufferInUseException.isIn(e), e.getMessage());
    }

    /** To say that the device is broken, as a rule. */
    @Test
    void aDeviceThatHasBuffersIsStoppedWhereItsCallerLacksMemory() throws Exception {
        VirtioModel model = prepare(Bus.PCI, 0, QUEUE_SIZE);
        RingMemory scarce =
                (RingMemory)
                        Proxy.newProxyInstance(
                                RingMemory.class.getClassLoader(),
                                new Class<?>[] {RingMemory.class},
                                (proxy, method, values) -> {
                                    if (isShort) {
                                        throw new OutOfMemoryError("test");
                                    }
                                    return method.invoke(memory, values);
                                });
        start(device(Bus.PCI, scarce), 1_000_000, new VirtioBlock.Callers(1, () -> cpu, () -> {}));
        int before = model.resets;
        model.notified = queue -> isShort = true;
        DeviceBlock buffer = buffer(SECTOR);
        IOException end =
                assertThrows(
                        IOException.class,
                        () -> {
                            try {
                                block.read(0, buffer, 0, SECTOR);
                            } catch (OutOfMemoryError e) {
                                throw new AssertionError("the device has the buffer", e);
                            }
                        });
        assertEquals(block.name() + ": java.lang.OutOfMemoryError: test", end.getMessage());
        assertEquals(before + 1, model.resets);
        assertFalse(block.isAlive());
    }

    /** A queue with tables takes 512 KiB: memory has room for one, or for none. */
    @Test
    void queuesThatThereIsNoMemoryForAreDoneWithout() throws Exception {
        long offered = BlockFeatures.MULTIPLE_QUEUES | BlockFeatures.SEG_MAX;
        offered |= Features.INDIRECT_DESC;
        VirtioModel model = prepare(Bus.PCI, offered, QUEUE_SIZE, QUEUE_SIZE, QUEUE_SIZE);
        model.configuration.putInt(12, 64);
        frames = new DeviceFrames(new HostFrames(memory, 1 << 20), "test");
        start(3, PATIENCE);
        cpu = 2;
        block.read(0, buffer(SECTOR), 0, SECTOR);
        assertFalse(model.queues[1].enabled);
        frames = new DeviceFrames(new HostFrames(memory, 64 << 10), "test");
        assertThrows(IOException.class, () -> start(3, PATIENCE));
    }

    /** A host that has to write 2 TiB of zeros itself would not answer in time. */
    @Test
    void aRangeIsNeverAsLargeAsADeviceMaySay() throws Exception {
        long offered = BlockFeatures.WRITE_ZEROES | BlockFeatures.DISCARD;
        VirtioModel model = prepare(Bus.PCI, offered, 16);
        model.configuration.putLong(0, 1 << 20).putInt(36, -1).putInt(48, -1);
        start(1, PATIENCE);
        block.writeZeroes(0, block.bytes());
        block.discard(0, block.bytes());
        assertEquals(
                List.of(
                        "zeros 0 524288",
                        "zeros 524288 524288",
                        "discard 0 524288",
                        "discard 524288 524288"),
                disk.takeRequests());
    }
}
