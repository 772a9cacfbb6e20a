package dev.cortado.drivers.virtio.block;

import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** The driver over a model, and a thread that serves its interrupts. */
@Timeout(60)
abstract class VirtioBlockCase {
    static final int DISK_BYTES = 1 << 20;
    static final long PATIENCE = 20_000_000_000L;

    /** Where the configuration has the number of queues. */
    static final int QUEUES_AT = 34;

    private static final int MEMORY_BYTES = 8 << 20;

    final HostMemory memory = new HostMemory(MEMORY_BYTES);
    final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    DeviceFrames frames = new DeviceFrames(source, "test");
    BlockModel disk;
    VirtioBlock block;
    Thread service;

    /** Its configuration is filled in before {@link #start}. */
    final VirtioModel prepare(Bus bus, long offered, int... queueSizes) {
        VirtioModel model = new VirtioModel(memory, 2, bus.isLegacy(), offered, 64, queueSizes);
        model.configuration.putShort(QUEUES_AT, (short) queueSizes.length);
        disk = new BlockModel(model, memory, DISK_BYTES);
        return model;
    }

    final VirtioDevice device(Bus bus) throws IOException {
        return device(bus, memory);
    }

    final VirtioDevice device(Bus bus, RingMemory view) throws IOException {
        return new VirtioDevice(bus.transport(disk.model), view, frames, ms -> {});
    }

    final void start(VirtioDevice device, long patience, VirtioBlock.Callers callers)
            throws IOException, InterruptedException {
        block = new VirtioBlock(device, patience, callers);
        service = Thread.ofPlatform().daemon().start(this::serve);
    }

    private void serve() {
        try {
            while (true) {
                disk.interrupts.acquire();
                block.service();
            }
        } catch (InterruptedException e) {
            // The test is over.
        }
    }

    @AfterEach
    final void stop() throws InterruptedException {
        if (service != null) {
            service.interrupt();
            service.join();
        }
        if (disk != null) {
            disk.close();
        }
    }

    final DeviceBlock buffer(int bytes) throws IOException {
        return frames.allocate(bytes, BuddyAllocator.NO_LIMIT);
    }

    final byte[] bytes(DeviceBlock buffer, int length) {
        byte[] bytes = new byte[length];
        memory.copyOut(buffer.address(), bytes, 0, length);
        return bytes;
    }
}
