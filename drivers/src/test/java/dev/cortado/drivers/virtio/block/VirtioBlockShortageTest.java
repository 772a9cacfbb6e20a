package dev.cortado.drivers.virtio.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where time, memory or a host's patience is short. */
final class VirtioBlockShortageTest extends VirtioBlockCase {
    private static final int SECTOR = 512;
    private static final int QUEUE_SIZE = 256;

    /** The CPU that callers are on. */
    private volatile int cpu;

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
