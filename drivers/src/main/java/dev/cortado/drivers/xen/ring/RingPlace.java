package dev.cortado.drivers.xen.ring;

import dev.cortado.kernel.memory.RingMemory;

/**
 * Where a ring of bytes lies: its bytes, and two indices of 4 bytes. The indices count bytes modulo
 * 2^32; modulo the size they are places in the ring.
 *
 * @param data address of the first byte
 * @param size bytes, a power of two
 * @param consumer address of the index of the next byte to read; the reader's
 * @param producer address of the index of the next byte to write; the writer's
 */
public record RingPlace(RingMemory memory, long data, int size, long consumer, long producer) {
    public RingPlace {
        if (size <= 0 || (size & size - 1) != 0) {
            throw new IllegalArgumentException("not a power of two: " + size);
        }
    }

    int consumerIndex() {
        return memory.readIntAcquire(consumer);
    }

    int producerIndex() {
        return memory.readIntAcquire(producer);
    }

    /** How many of {@code length} bytes from an index on lie before the ring's end. */
    int untilEnd(int index, int length) {
        return Math.min(length, size - (index & size - 1));
    }

    long addressOf(int index) {
        return data + (index & size - 1);
    }
}
