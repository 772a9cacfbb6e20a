package dev.cortado.drivers.virtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.RingMemory;
import java.util.ArrayList;
import java.util.List;

/** VIRTIO 1.2, 2.8. */
final class PackedDeviceSide extends DeviceSide {
    private static final int DESC_F_AVAIL = 1 << 7;
    private static final int DESC_F_USED = 1 << 15;

    private final long ring;
    private final long driverEvents;
    private final long deviceEvents;
    private int next;
    private boolean nextWrap = true;
    private int use;
    private boolean useWrap = true;

    PackedDeviceSide(
            RingMemory memory,
            int size,
            boolean eventIndex,
            boolean indirect,
            long ring,
            long driverEvents,
            long deviceEvents) {
        super(memory, size, eventIndex, indirect);
        this.ring = ring;
        this.driverEvents = driverEvents;
        this.deviceEvents = deviceEvents;
        assertTrue(ring % 16 == 0 && driverEvents % 4 == 0 && deviceEvents % 4 == 0);
    }

    private boolean isAvailable(long word, boolean wrap) {
        int flags = (int) (word >>> 48);
        return (flags & DESC_F_AVAIL) != 0 == wrap && (flags & DESC_F_USED) != 0 != wrap;
    }

    private long wordAt(int slot) {
        return memory.readLongAcquire(ring + 16L * slot + 8);
    }

    @Override
    public Chain next() {
        long word = wordAt(next);
        if (!isAvailable(word, nextWrap)) {
            return null;
        }
        List<Part> parts = new ArrayList<>();
        int count = 0;
        while (true) {
            assertTrue(isAvailable(word, nextWrap), "the first was available before the rest");
            assertTrue(++count <= size);
            long place = ring + 16L * next;
            int flags = (int) (word >>> 48);
            if (++next == size) {
                next = 0;
                nextWrap = !nextWrap;
            }
            if ((flags & DESC_F_INDIRECT) != 0) {
                assertTrue(count == 1 && (flags & DESC_F_NEXT) == 0);
                parts = table(readLong(place), (int) word, false);
                break;
            }
            parts.add(part(readLong(place), (int) word, flags));
            if ((flags & DESC_F_NEXT) == 0) {
                break;
            }
            word = wordAt(next);
        }
        int id = (int) (word >>> 32) & 0xffff; // of the last one
        return checked(new Chain(id, parts, count));
    }

    @Override
    public boolean use(Chain chain, int written) {
        assertTrue(held.remove(chain.id()));
        int slot = use;
        boolean wrap = useWrap;
        boolean writes = chain.writableBytes() > 0;
        // Without the flag the length means nothing.
        long length = writes ? written : 0xdead_beefL;
        // QEMU's devices do not set it.
        boolean says = writes && chain.id() % 2 == 0;
        int flags = (wrap ? DESC_F_AVAIL | DESC_F_USED : 0) | (says ? DESC_F_WRITE : 0);
        memory.writeLongRelease(
                ring + 16L * slot + 8, length | (long) chain.id() << 32 | (long) flags << 48);
        use += chain.descriptors();
        if (use >= size) {
            use -= size;
            useWrap = !useWrap;
        }
        memory.fullFence();
        int events = memory.readIntAcquire(driverEvents);
        switch (events >>> 16) {
            case 0:
                return true;
            case 1:
                return false;
            default:
                assertEquals(2, events >>> 16);
                assertTrue(eventIndex, "not negotiated");
                return (events & 0xffff) == (slot | (wrap ? 1 << 15 : 0));
        }
    }

    @Override
    public boolean sleep() {
        int events = eventIndex ? 2 << 16 | (nextWrap ? 1 << 15 : 0) | next : 0;
        memory.writeIntRelease(deviceEvents, events);
        memory.fullFence();
        return !isAvailable(wordAt(next), nextWrap);
    }

    @Override
    public void stayAwake() {
        memory.writeIntRelease(deviceEvents, 1 << 16);
    }
}
