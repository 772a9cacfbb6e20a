package dev.cortado.drivers.virtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A queue as an honest device sees it, written from VIRTIO 1.2 alone. It fails the test when the
 * driver does what it must not.
 */
public abstract class DeviceSide {
    /** A buffer: where the device finds it. */
    public record Part(long address, int length, boolean writable) {
        /** Where the test finds it. */
        public long memoryAddress() {
            return address - HostFrames.DEVICE_OFFSET;
        }
    }

    /**
     * Buffers that belong together.
     *
     * @param id what the device gives back
     * @param descriptors how many of the queue it takes
     */
    public record Chain(int id, List<Part> parts, int descriptors) {
        public long writableBytes() {
            return parts.stream().filter(Part::writable).mapToLong(Part::length).sum();
        }
    }

    static final int DESC_F_NEXT = 1;
    static final int DESC_F_WRITE = 2;
    static final int DESC_F_INDIRECT = 4;

    final RingMemory memory;
    final int size;
    final boolean eventIndex;
    final boolean indirect;
    final Set<Integer> held = new HashSet<>();

    DeviceSide(RingMemory memory, int size, boolean eventIndex, boolean indirect) {
        this.memory = memory;
        this.size = size;
        this.eventIndex = eventIndex;
        this.indirect = indirect;
    }

    /** The device's side of a queue that a driver has made. */
    public static DeviceSide of(RingMemory memory, VirtQueue queue) {
        QueueSettings settings = queue.settings();
        return of(
                memory,
                settings,
                queue.descriptorAddress(),
                queue.driverAddress(),
                queue.deviceAddress());
    }

    /** As a transport tells the device of it. */
    public static DeviceSide of(
            RingMemory memory, QueueSettings settings, long table, long driver, long device) {
        boolean indirect = settings.indirect() > 0;
        long offset = HostFrames.DEVICE_OFFSET;
        return settings.packed()
                ? new PackedDeviceSide(
                        memory,
                        settings.size(),
                        settings.eventIndex(),
                        indirect,
                        table - offset,
                        driver - offset,
                        device - offset)
                : new SplitDeviceSide(
                        memory,
                        settings.size(),
                        settings.eventIndex(),
                        indirect,
                        table - offset,
                        driver - offset,
                        device - offset);
    }

    /** The next chain that is available; null if none is. */
    public abstract Chain next();

    /**
     * Gives a chain back; whether the driver wants an interrupt for it.
     *
     * @param written bytes, from the first writable on
     */
    public abstract boolean use(Chain chain, int written);

    /** Wants to be notified; whether there still is nothing, so that the device may sleep. */
    public abstract boolean sleep();

    /** Wants no notifications. */
    public abstract void stayAwake();

    /** Bytes at an address that the device was given. */
    final long readLong(long address) {
        return memory.readLong(address);
    }

    final List<Part> table(long address, int bytes, boolean chained) {
        assertTrue(indirect, "not negotiated");
        assertEquals(0, bytes % 16);
        assertTrue(bytes > 0 && bytes / 16 <= size, "a table of " + bytes + " bytes");
        List<Part> parts = new ArrayList<>();
        int index = 0;
        for (int i = 0; i < bytes / 16; i++) {
            long place = address - HostFrames.DEVICE_OFFSET + 16L * index;
            long word = readLong(place + 8);
            // struct virtq_desc (2.7.5): len, flags, next; pvirtq_desc (2.8.13): len, id, flags
            int flags = (int) (word >>> (chained ? 32 : 48)) & 0xffff;
            assertEquals(0, flags & DESC_F_INDIRECT, "a table in a table");
            parts.add(part(readLong(place), (int) word, flags));
            if (chained) {
                assertEquals(i < bytes / 16 - 1, (flags & DESC_F_NEXT) != 0);
                index = (int) (word >>> 48);
            } else {
                assertEquals(0, flags & ~DESC_F_WRITE);
                index++;
            }
        }
        return parts;
    }

    final Part part(long address, int length, int flags) {
        assertTrue(length > 0);
        return new Part(address, length, (flags & DESC_F_WRITE) != 0);
    }

    final Chain checked(Chain chain) {
        boolean writable = false;
        for (Part part : chain.parts()) {
            assertTrue(part.writable() || !writable, "readable behind writable");
            writable = part.writable();
        }
        assertTrue(chain.parts().size() <= size, "longer than the queue");
        assertTrue(held.add(chain.id()), "buffer " + chain.id() + " twice");
        return chain;
    }
}
