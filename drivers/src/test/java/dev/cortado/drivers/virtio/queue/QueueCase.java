package dev.cortado.drivers.virtio.queue;

import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import dev.cortado.kernel.memory.RingMemory;

/** A queue with its memory, which ends where the queue does. */
final class QueueCase {
    final HostMemory memory;
    final DeviceBlock block;
    final QueueSettings settings;
    int notifications;

    QueueCase(QueueSettings settings) {
        this.settings = settings;
        long bytes = QueueLayout.of(settings).bytes();
        memory = new HostMemory(Frames.roundUp(bytes, Long.BYTES));
        long base = HostMemory.BASE;
        block = new DeviceBlock(base, base + HostFrames.DEVICE_OFFSET, bytes);
    }

    static QueueSettings settings(int size, boolean packed, boolean eventIndex, int indirect) {
        return new QueueSettings("test", 1, size, packed, eventIndex, indirect, false);
    }

    /** As new. */
    void clear() {
        notifications = 0;
        for (long offset = 0; offset < block.bytes(); offset += Long.BYTES) {
            memory.writeLong(block.address() + offset, 0);
        }
    }

    VirtQueue driver() {
        return driver(memory);
    }

    VirtQueue driver(RingMemory seen) {
        return VirtQueue.create(seen, settings, block, queue -> notifications++);
    }

    DeviceSide device(VirtQueue queue) {
        return DeviceSide.of(memory, queue);
    }
}
