package dev.cortado.drivers.virtio.queue;

import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;

/**
 * A split virtqueue (VIRTIO 1.2, 2.7): a table of descriptors, a ring of chains that the driver has
 * made available, and a ring of those that the device has used. Indices count modulo 2^16; modulo
 * the size they are places in a ring.
 */
final class SplitQueue extends VirtQueue {
    /** Of a descriptor, 2.7.5. */
    private static final int NEXT = 1;

    private static final int WRITE = 2;
    private static final int INDIRECT = 4;
    private static final int LENGTH_AND_FLAGS = 8;

    /** Of both rings, 2.7.6 and 2.7.8; behind its entries is an event. */
    private static final int FLAGS = 0;

    private static final int INDEX = 2;
    private static final int ENTRIES = 4;
    private static final int AVAILABLE_ENTRY_BYTES = 2;
    private static final int USED_ENTRY_BYTES = 8;
    private static final int USED_LENGTH = 4;

    /** Flag of the available ring: no interrupts. */
    private static final int NO_INTERRUPT = 1;

    /** Flag of the used ring: no notifications. */
    private static final int NO_NOTIFY = 1;

    private static final int INDEX_MASK = 0xffff;

    /** When an event that nobody waits for is so far behind, it is moved on. */
    private static final int FAR_BEHIND = 1 << 14;

    private final int size;
    private final long table;
    private final long available;
    private final long used;

    /**
     * Descriptors that follow each other: in a chain, or free. Ours, since the device may write.
     */
    private final int[] next;

    private int firstFree;
    private int free;
    private int availableIndex;
    private int usedIndex;
    private int usedEvent;
    private int unpublished;

    SplitQueue(RingMemory memory, QueueSettings settings, DeviceBlock block, Doorbell doorbell) {
        super(memory, settings, block, doorbell);
        size = settings.size();
        table = block.address();
        available = block.address() + layout.driver();
        used = block.address() + layout.device();
        next = new int[size];
        for (int i = 0; i < size; i++) {
            next[i] = i + 1;
        }
        free = size;
    }

    @Override
    int free() {
        return free;
    }

    @Override
    int nextId() {
        return firstFree;
    }

    @Override
    void put(BufferChain chain, int id, boolean indirect) {
        if (indirect) {
            long address = putTable(chain, id, WRITE, NEXT);
            int bytes = chain.count() * QueueLayout.DESCRIPTOR_BYTES;
            firstFree = next[id];
            free--;
            putDescriptor(id, address, bytes, INDIRECT, 0);
        } else {
            putChain(chain);
        }
        long entry = available + ENTRIES;
        int place = availableIndex & size - 1;
        memory.writeShortRelease(entry + (long) place * AVAILABLE_ENTRY_BYTES, id);
        availableIndex = availableIndex + 1 & INDEX_MASK;
        memory.writeShortRelease(available + INDEX, availableIndex);
        unpublished++;
    }

    private void putChain(BufferChain chain) {
        int descriptor = firstFree;
        for (int i = 0; i < chain.count(); i++) {
            boolean last = i == chain.count() - 1;
            int flags = (chain.isWritable(i) ? WRITE : 0) | (last ? 0 : NEXT);
            int following = next[descriptor];
            putDescriptor(
                    descriptor, chain.address(i), chain.length(i), flags, last ? 0 : following);
            descriptor = following;
        }
        firstFree = descriptor;
        free -= chain.count();
    }

    private void putDescriptor(int index, long address, int length, int flags, int following) {
        long place = table + (long) index * QueueLayout.DESCRIPTOR_BYTES;
        memory.writeLong(place, address);
        memory.writeLong(
                place + LENGTH_AND_FLAGS, length | (long) flags << 32 | (long) following << 48);
    }

    /** 2.7.7.2 and 2.7.10: the fence is between our index and what the device says it wants. */
    @Override
    boolean needsNotification() {
        int count = unpublished;
        unpublished = 0;
        if (count == 0) {
            return false;
        }
        memory.deviceFence();
        if (!settings.eventIndex()) {
            return (memory.readShortAcquire(used + FLAGS) & NO_NOTIFY) == 0;
        }
        int event = memory.readShortAcquire(used + ENTRIES + (long) size * USED_ENTRY_BYTES);
        // Whether the event is one of those that were added.
        return (availableIndex - event - 1 & INDEX_MASK) < count;
    }

    @Override
    int nextUsed() throws BrokenQueueException {
        int index = memory.readShortAcquire(used + INDEX);
        int waiting = index - usedIndex & INDEX_MASK;
        if (waiting == 0) {
            return NONE;
        }
        if (waiting > outstanding()) {
            throw fail(
                    "the device says that it has used "
                            + waiting
                            + " buffers where it has "
                            + outstanding());
        }
        long entry = used + ENTRIES + (long) (usedIndex & size - 1) * USED_ENTRY_BYTES;
        int id = memory.readIntAcquire(entry);
        int length = memory.readIntAcquire(entry + USED_LENGTH);
        checkUsed(id, Integer.toUnsignedLong(length));
        usedIndex = usedIndex + 1 & INDEX_MASK;
        return id;
    }

    @Override
    void recycle(int id, int count) {
        int last = id;
        for (int i = 1; i < count; i++) {
            last = next[last];
        }
        next[last] = firstFree;
        firstFree = id;
        free += count;
    }

    @Override
    public boolean enableInterrupts() {
        if (settings.eventIndex()) {
            setUsedEvent(usedIndex);
        } else {
            memory.writeShortRelease(available + FLAGS, 0);
        }
        memory.deviceFence(); // before we look; the device writes its index, then looks at this
        return memory.readShortAcquire(used + INDEX) == usedIndex;
    }

    /**
     * With events there is nothing to do: the device interrupts when it passes the one that was
     * asked for, once. But in a while its index comes by again.
     */
    @Override
    public void disableInterrupts() {
        if (!settings.eventIndex()) {
            memory.writeShortRelease(available + FLAGS, NO_INTERRUPT);
        } else if ((usedIndex - usedEvent & INDEX_MASK) > FAR_BEHIND) {
            setUsedEvent(usedIndex - 1 & INDEX_MASK);
        }
    }

    private void setUsedEvent(int event) {
        usedEvent = event;
        memory.writeShortRelease(available + ENTRIES + (long) size * AVAILABLE_ENTRY_BYTES, event);
    }
}
