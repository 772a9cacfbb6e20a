package dev.cortado.drivers.virtio.queue;

import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;

/**
 * A packed virtqueue (VIRTIO 1.2, 2.8): one ring of descriptors in which the driver makes chains
 * available and the device marks them used. Each side has a wrap counter, a bit that changes when
 * it comes to the ring's end, so that a descriptor of this turn is told from one of the turn
 * before.
 */
final class PackedQueue extends VirtQueue {
    /** Flags of a descriptor, 2.8.1 and 2.8.5; they are its last 2 bytes. */
    private static final int NEXT = 1;

    private static final int WRITE = 2;
    private static final int INDIRECT = 4;
    private static final int AVAILABLE = 1 << 7;
    private static final int USED = 1 << 15;

    /** Behind the address: 4 bytes of length, 2 of the buffer's number, 2 of flags. */
    private static final int LENGTH_AND_FLAGS = 8;

    private static final int ID_SHIFT = 32;
    private static final int FLAGS_SHIFT = 48;

    /** Where they are in a table's descriptor, from where a split queue's has them (2.8.7). */
    private static final int TABLE_FLAGS_SHIFT = 16;

    /** Event suppression, 2.8.10: a descriptor and a wrap counter, then how they are meant. */
    private static final int EVENT_OFFSET_MASK = 0x7fff;

    private static final int EVENT_WRAP = 1 << 15;
    private static final int EVENT_FLAGS_SHIFT = 16;
    private static final int EVENT_FLAGS_MASK = 0b11;
    private static final int EVENTS_ENABLED = 0;
    private static final int EVENTS_DISABLED = 1;
    private static final int EVENT_OF_DESCRIPTOR = 2;

    private final int size;
    private final long ring;
    private final long driverEvents;
    private final long deviceEvents;

    /** Numbers that no chain has, as a list. */
    private final int[] nextId;

    private int firstId;
    private int free;
    private int availableSlot;
    private boolean availableWrap = true;
    private int usedSlot;
    private boolean usedWrap = true;
    private int unpublished;

    PackedQueue(RingMemory memory, QueueSettings settings, DeviceBlock block, Doorbell doorbell) {
        super(memory, settings, block, doorbell);
        size = settings.size();
        ring = block.address();
        driverEvents = block.address() + layout.driver();
        deviceEvents = block.address() + layout.device();
        nextId = new int[size];
        for (int i = 0; i < size; i++) {
            nextId[i] = i + 1;
        }
        free = size;
    }

    @Override
    int free() {
        return free;
    }

    @Override
    int nextId() {
        return firstId;
    }

    @Override
    void put(BufferChain chain, int id, boolean indirect) {
        firstId = nextId[id];
        long first = place(availableSlot);
        long firstWord;
        if (indirect) {
            memory.writeLong(first, putTable(chain, id, WRITE << TABLE_FLAGS_SHIFT, 0));
            firstWord = word(chain.count() * QueueLayout.DESCRIPTOR_BYTES, id, INDIRECT);
            advance();
        } else {
            memory.writeLong(first, chain.address(0));
            firstWord = word(chain.length(0), id, flags(chain, 0));
            advance();
            for (int i = 1; i < chain.count(); i++) {
                long place = place(availableSlot);
                memory.writeLong(place, chain.address(i));
                memory.writeLong(
                        place + LENGTH_AND_FLAGS, word(chain.length(i), id, flags(chain, i)));
                advance();
            }
        }
        // The first one last: with it the device sees the whole chain (2.8.6).
        memory.writeLongRelease(first + LENGTH_AND_FLAGS, firstWord);
    }

    private static int flags(BufferChain chain, int index) {
        int last = chain.count() - 1;
        return (chain.isWritable(index) ? WRITE : 0) | (index < last ? NEXT : 0);
    }

    /** With the wrap counter of the slot that is next. */
    private long word(int length, int id, int flags) {
        int all = flags | (availableWrap ? AVAILABLE : USED);
        return length | (long) id << ID_SHIFT | (long) all << FLAGS_SHIFT;
    }

    private void advance() {
        free--;
        unpublished++;
        if (++availableSlot == size) {
            availableSlot = 0;
            availableWrap = !availableWrap;
        }
    }

    private long place(int slot) {
        return ring + (long) slot * QueueLayout.DESCRIPTOR_BYTES;
    }

    /** Slots of two turns, so that one of this turn is told from one of the turn before. */
    private int position(int slot, boolean wrap) {
        return wrap ? slot : slot + size;
    }

    @Override
    boolean needsNotification() {
        int count = unpublished;
        unpublished = 0;
        if (count == 0) {
            return false;
        }
        memory.deviceFence(); // between our descriptors and what the device says it wants
        int events = memory.readIntAcquire(deviceEvents);
        int kind = events >>> EVENT_FLAGS_SHIFT & EVENT_FLAGS_MASK;
        if (kind == EVENTS_ENABLED || kind == EVENTS_DISABLED) {
            return kind == EVENTS_ENABLED;
        }
        int slot = events & EVENT_OFFSET_MASK;
        if (kind != EVENT_OF_DESCRIPTOR || !settings.eventIndex() || slot >= size) {
            return true; // it asks for something that there is not: once too often does no harm
        }
        int event = position(slot, (events & EVENT_WRAP) != 0);
        int behind = position(availableSlot, availableWrap) - 1 - event;
        return Math.floorMod(behind, 2 * size) < count;
    }

    @Override
    int nextUsed() throws BrokenQueueException {
        long word = memory.readLongAcquire(place(usedSlot) + LENGTH_AND_FLAGS);
        if (!isUsed(word)) {
            return NONE;
        }
        int id = (int) (word >>> ID_SHIFT) & 0xffff;
        long length = word & 0xffff_ffffL;
        // Without the flag the length is no length (2.8.4), but QEMU's devices never set it.
        boolean wrote = (word >>> FLAGS_SHIFT & WRITE) != 0;
        return checkUsed(id, wrote ? length : Math.min(length, writableBytes(id)));
    }

    private boolean isUsed(long word) {
        int flags = (int) (word >>> FLAGS_SHIFT);
        return (flags & AVAILABLE) != 0 == usedWrap && (flags & USED) != 0 == usedWrap;
    }

    @Override
    void recycle(int id, int count) {
        nextId[id] = firstId;
        firstId = id;
        free += count;
        usedSlot += count;
        if (usedSlot >= size) {
            usedSlot -= size;
            usedWrap = !usedWrap;
        }
    }

    @Override
    public boolean enableInterrupts() {
        int events = EVENTS_ENABLED << EVENT_FLAGS_SHIFT;
        if (settings.eventIndex()) {
            events = usedSlot | (usedWrap ? EVENT_WRAP : 0);
            events |= EVENT_OF_DESCRIPTOR << EVENT_FLAGS_SHIFT;
        }
        memory.writeIntRelease(driverEvents, events);
        memory.deviceFence(); // before we look; the device marks, then looks at this
        return !isUsed(memory.readLongAcquire(place(usedSlot) + LENGTH_AND_FLAGS));
    }

    @Override
    public void disableInterrupts() {
        memory.writeIntRelease(driverEvents, EVENTS_DISABLED << EVENT_FLAGS_SHIFT);
    }
}
