package dev.cortado.drivers.virtio.transport;

import dev.cortado.kernel.memory.Frames;

/** How legacy devices are told of a queue: by the number of its first page, of 32 bits. */
final class LegacyPages {
    private LegacyPages() {}

    static long pageNumber(String name, int queue, QueuePlace place) throws VirtioException {
        long page = place.descriptors() >>> Frames.SHIFT;
        if (!Frames.isAligned(place.descriptors(), Frames.SIZE) || page >>> Integer.SIZE != 0) {
            throw new VirtioException(
                    name,
                    "queue " + queue + " cannot be at 0x" + Long.toHexString(place.descriptors()));
        }
        return page;
    }
}
