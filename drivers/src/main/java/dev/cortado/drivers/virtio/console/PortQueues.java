package dev.cortado.drivers.virtio.console;

import dev.cortado.drivers.virtio.queue.VirtQueue;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import java.io.IOException;

/**
 * The two queues of a port (VIRTIO 1.2, 5.3.2). Behind those of port 0 are those for messages.
 *
 * @param receive buffers that the device fills
 * @param transmit bytes for the device
 */
record PortQueues(VirtQueue receive, VirtQueue transmit) {
    /** Of the queues for messages: what is received, and behind it what is sent. */
    static final int CONTROL_RECEIVE = 2;

    static final int LARGEST_CONTROL_QUEUE = 32;
    private static final int LARGEST_QUEUE = 16;

    static PortQueues open(VirtioDevice device, int port) throws IOException {
        return openPair(device, port == 0 ? 0 : CONTROL_RECEIVE + 2 * port, LARGEST_QUEUE);
    }

    static PortQueues openControl(VirtioDevice device) throws IOException {
        return openPair(device, CONTROL_RECEIVE, LARGEST_CONTROL_QUEUE);
    }

    private static PortQueues openPair(VirtioDevice device, int first, int largest)
            throws IOException {
        return new PortQueues(
                device.openQueue(first, largest, 1), device.openQueue(first + 1, largest, 1));
    }
}
