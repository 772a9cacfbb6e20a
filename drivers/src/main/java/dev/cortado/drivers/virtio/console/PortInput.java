package dev.cortado.drivers.virtio.console;

import dev.cortado.drivers.virtio.queue.BrokenQueueException;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A port's way in: the device fills buffers, and gets one back when the line's ring has taken all
 * of it. So the host waits while nobody reads.
 */
final class PortInput {
    private static final int BUFFERS = 4;
    private static final int BUFFER_BYTES = 1024;

    private final VirtioDevice device;
    private final ByteRing ring;
    private final VirtQueue queue;
    private final DeviceBlock block;
    private final BufferChain chain = new BufferChain(1);

    /** Filled buffers in their order, by number modulo their count; of the first, how much went. */
    private final int[] filled = new int[BUFFERS];

    private final int[] lengths = new int[BUFFERS];
    private int count;
    private int first;
    private int taken;

    /**
     * @param carried comes before what the device has: no more than the buffers hold
     */
    PortInput(VirtioDevice device, ConsoleLine line, VirtQueue queue, byte[] carried)
            throws IOException {
        this.device = device;
        this.queue = queue;
        ring = line.input();
        block = device.frames().allocate(BUFFERS * BUFFER_BYTES, BuddyAllocator.NO_LIMIT);
        for (int offset = 0; offset < carried.length; offset += BUFFER_BYTES) {
            int part = Math.min(carried.length - offset, BUFFER_BYTES);
            device.memory().copyIn(carried, offset, address(count), part);
            addFilled(count, part);
        }
    }

    /** Gives the device the buffers that are empty. */
    void begin() throws BrokenQueueException {
        for (int buffer = count; buffer < BUFFERS; buffer++) {
            give(buffer);
        }
        queue.publish();
    }

    private long address(int buffer) {
        return block.address((long) buffer * BUFFER_BYTES, BUFFER_BYTES);
    }

    /** Without room for it in a small queue, the buffer is not used any more. */
    private void give(int buffer) throws BrokenQueueException {
        long place = block.deviceAddress((long) buffer * BUFFER_BYTES, BUFFER_BYTES);
        queue.add(chain.clear().in(place, BUFFER_BYTES), buffer);
    }

    private void addFilled(int buffer, int length) {
        int last = (first + count) % BUFFERS;
        filled[last] = buffer;
        lengths[last] = length;
        count++;
    }

    /** Moves what has come in, as far as there is room for it; whether anything was moved. */
    boolean move() throws BrokenQueueException {
        take();
        boolean moved = false;
        boolean given = false;
        for (int i = 0; i < BUFFERS && count > 0; i++) {
            int left = lengths[first] - taken;
            int part = ring.write(address(filled[first]) + taken, left);
            taken += part;
            moved |= part > 0;
            if (part < left) {
                break;
            }
            int buffer = filled[first];
            first = (first + 1) % BUFFERS;
            count--;
            taken = 0;
            give(buffer);
            given = true;
        }
        if (given) {
            queue.publish();
        }
        return moved;
    }

    /** Each buffer is the device's or here: no more can be taken than there are. */
    private void take() throws BrokenQueueException {
        for (int buffer = queue.take(); buffer != VirtQueue.NONE; buffer = queue.take()) {
            addFilled(buffer, (int) queue.written());
        }
    }

    /** Whether bytes wait for room in the ring. */
    boolean hasWaiting() {
        return count > 0;
    }

    /** False: there is something to move already. */
    boolean enableInterrupts() {
        return queue.enableInterrupts();
    }

    /** What has come in and was not moved. The device was reset, and writes no more. */
    byte[] left() {
        try {
            take();
        } catch (BrokenQueueException e) {
            // What was taken before that is good.
            return copyWaiting();
        }
        return copyWaiting();
    }

    private byte[] copyWaiting() {
        ByteArrayOutputStream left = new ByteArrayOutputStream();
        int from = taken;
        for (int i = 0; i < count; i++) {
            int place = (first + i) % BUFFERS;
            byte[] bytes = new byte[lengths[place] - from];
            device.memory().copyOut(address(filled[place]) + from, bytes, 0, bytes.length);
            left.writeBytes(bytes);
            from = 0;
        }
        return left.toByteArray();
    }
}
