package dev.cortado.drivers.virtio.queue;

/**
 * What driver and device have agreed on about a queue.
 *
 * @param device its name, for messages
 * @param index of the queue
 * @param size descriptors, 1 to 32768; of a split queue, a power of two
 * @param packed VIRTIO_F_RING_PACKED
 * @param eventIndex VIRTIO_F_EVENT_IDX
 * @param indirect the longest chain that has a table of its own, 0 without VIRTIO_F_INDIRECT_DESC;
 *     tables take size times that many descriptors
 * @param legacy without VIRTIO_F_VERSION_1, when devices often say the wrong length (2.7.8.3)
 */
public record QueueSettings(
        String device,
        int index,
        int size,
        boolean packed,
        boolean eventIndex,
        int indirect,
        boolean legacy) {
    /** The largest size (2.7, 2.8). */
    public static final int LARGEST = 1 << 15;

    public QueueSettings {
        if (!isSize(size, packed)) {
            throw new IllegalArgumentException(
                    device + " queue " + index + ": there is no queue of size " + size);
        }
        if (indirect < 0 || indirect > size) {
            // 2.7.5.3.1: no chain is longer than the queue, wherever its descriptors are.
            throw new IllegalArgumentException(
                    device + " queue " + index + ": tables of " + indirect + " descriptors");
        }
    }

    /** Whether there is a queue of that size: a split one's is a power of two (2.7). */
    public static boolean isSize(int size, boolean packed) {
        return size >= 1 && size <= LARGEST && (packed || (size & size - 1) == 0);
    }

    String name() {
        return device + " queue " + index;
    }
}
