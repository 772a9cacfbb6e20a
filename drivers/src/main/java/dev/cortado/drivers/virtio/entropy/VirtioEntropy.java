package dev.cortado.drivers.virtio.entropy;

import dev.cortado.drivers.entropy.EntropyDevice;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import dev.cortado.drivers.virtio.transport.InterruptWait;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.Objects;
import java.util.function.LongSupplier;

/** Random bytes of the host (VIRTIO 1.2, 5.4): one queue of buffers that the device fills. */
public final class VirtioEntropy implements EntropyDevice {
    private static final int REQUEST_QUEUE = 0;
    private static final int QUEUE_SIZE = 2;

    /** Bytes of one request. */
    private static final int MOST_BYTES = 256;

    private final VirtioDevice device;
    private final InterruptWait interrupt;
    private final LongSupplier time;
    private final long patience;
    private final VirtQueue queue;
    private final DeviceBlock buffer;
    private final BufferChain chain = new BufferChain(1);

    /** Whether the device has the buffer: one that was late may still write to it. */
    private boolean requested;

    /**
     * Starts the device.
     *
     * @param time nanoseconds, as {@link System#nanoTime}
     * @param patience nanoseconds that the device has for an answer
     */
    public VirtioEntropy(
            VirtioDevice device, InterruptWait interrupt, LongSupplier time, long patience)
            throws IOException, InterruptedException {
        this.device = device;
        this.interrupt = interrupt;
        this.time = time;
        this.patience = patience;
        device.negotiate(0);
        queue = device.openQueue(REQUEST_QUEUE, QUEUE_SIZE, 1);
        buffer = device.frames().allocate(MOST_BYTES, BuddyAllocator.NO_LIMIT);
        device.start();
    }

    @Override
    public String name() {
        return device.name();
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length)
            throws IOException, InterruptedException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!requested) {
            int asked = Math.min(length, MOST_BYTES);
            queue.add(chain.clear().in(buffer.deviceAddress(0, asked), asked), 0);
            requested = true;
            queue.publish();
        }
        awaitAnswer();
        requested = false;
        int given = (int) queue.written(); // of what an earlier read may have asked for
        int written = Math.min(given, length);
        if (written == 0) {
            throw device.fail("it gives no random bytes"); // 5.4.6.2: one or more
        }
        device.memory().copyOut(buffer.address(), target, offset, written);
        device.memory().copyIn(new byte[given], 0, buffer.address(), given); // no secrets left
        return written;
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long end = time.getAsLong() + patience;
        while (queue.take() == VirtQueue.NONE) {
            if (queue.enableInterrupts()) {
                long left = end - time.getAsLong();
                if (left <= 0) {
                    throw new IOException(device.name() + ": it does not answer");
                }
                interrupt.await(left);
                if (interrupt.takeConfigurationChange()) {
                    device.requireNoReset();
                }
            }
        }
        queue.disableInterrupts();
    }
}
