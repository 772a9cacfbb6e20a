package dev.cortado.drivers.virtio.queue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.RingMemory;
import java.util.ArrayList;
import java.util.List;

/** VIRTIO 1.2, 2.7. */
final class SplitDeviceSide extends DeviceSide {
    private final long table;
    private final long avail;
    private final long used;
    private int lastAvail;
    private int usedIndex;

    SplitDeviceSide(
            RingMemory memory,
            int size,
            boolean eventIndex,
            boolean indirect,
            long table,
            long avail,
            long used) {
        super(memory, size, eventIndex, indirect);
        this.table = table;
        this.avail = avail;
        this.used = used;
        // 2.7: alignments of the three parts.
        assertTrue(table % 16 == 0 && avail % 2 == 0 && used % 4 == 0);
    }

    private int availIndex() {
        return memory.readShortAcquire(avail + 2);
    }

    @Override
    public Chain next() {
        int waiting = availIndex() - lastAvail & 0xffff;
        assertTrue(waiting <= size, "more available than there are");
        if (waiting == 0) {
            return null;
        }
        int head = memory.readShortAcquire(avail + 4 + 2L * (lastAvail % size));
        lastAvail = lastAvail + 1 & 0xffff;
        List<Part> parts = new ArrayList<>();
        int index = head;
        int count = 0;
        while (true) {
            assertTrue(index < size && ++count <= size, "no such descriptor, or a loop");
            long place = table + 16L * index;
            long word = readLong(place + 8);
            int flags = (int) (word >>> 32) & 0xffff;
            if ((flags & DESC_F_INDIRECT) != 0) {
                assertTrue((flags & DESC_F_NEXT) == 0 && count == 1);
                parts = table(readLong(place), (int) word, true);
                break;
            }
            parts.add(part(readLong(place), (int) word, flags));
            if ((flags & DESC_F_NEXT) == 0) {
                break;
            }
            index = (int) (word >>> 48);
        }
        return checked(new Chain(head, parts, count));
    }

    @Override
    public boolean use(Chain chain, int written) {
        assertTrue(held.remove(chain.id()));
        int before = usedIndex;
        long entry = used + 4 + 8L * (usedIndex % size);
        memory.writeIntRelease(entry, chain.id());
        memory.writeIntRelease(entry + 4, written);
        usedIndex = usedIndex + 1 & 0xffff;
        memory.writeShortRelease(used + 2, usedIndex);
        memory.fullFence();
        if (eventIndex) {
            return memory.readShortAcquire(avail + 4 + 2L * size) == before;
        }
        return (memory.readShortAcquire(avail) & 1) == 0;
    }

    @Override
    public boolean sleep() {
        if (eventIndex) {
            memory.writeShortRelease(used + 4 + 8L * size, lastAvail);
        } else {
            memory.writeShortRelease(used, 0);
        }
        memory.fullFence();
        return availIndex() == lastAvail;
    }

    /** With events: none is asked for until the index comes by again. */
    @Override
    public void stayAwake() {
        if (!eventIndex) {
            memory.writeShortRelease(used, 1);
        }
    }
}
