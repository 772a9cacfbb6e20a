package dev.cortado.kernel.ipc;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.OrderedMemory;

/**
 * The end of a channel that messages go into. For one thread at a time.
 *
 * <p>To wait for room: {@link #wantRoom}, and if it answers {@link #WAIT}, wait for a notification,
 * then try again. After sending, and before waiting for anything, ask {@link #mustNotify}; several
 * messages can share one question.
 */
public final class ChannelSender {
    /** The message is in the channel, or: there is room for it. */
    public static final int READY = 1;

    /** No room now. */
    public static final int FULL = 0;

    /** There will be room when a notification comes. */
    public static final int WAIT = 0;

    /** Longer than the channel can ever take. */
    public static final int TOO_LONG = -3;

    /** The other side wrote what it must not; nothing is sent any more. */
    public static final int CORRUPT = -2;

    private final OrderedMemory memory;
    private final long address;
    private final int capacity;

    private long tail;
    private long lastHead;
    private long notifiedTail;
    private int claimed;
    private boolean corrupt;

    /**
     * Attaches to a channel where its last sender left it.
     *
     * @throws IllegalArgumentException if there can be no channel of this capacity or address
     */
    public ChannelSender(OrderedMemory memory, long address, int capacity) {
        ChannelLayout.check(address, capacity);
        this.memory = memory;
        this.address = address;
        this.capacity = capacity;
        tail = memory.readLongAcquire(address + ChannelLayout.TAIL);
        notifiedTail = tail;
        lastHead = memory.readLongAcquire(address + ChannelLayout.HEAD);
        corrupt = (tail & ChannelLayout.ALIGNMENT - 1) != 0 || !isPossible(lastHead);
    }

    /** Sends a message: {@link #READY}, {@link #FULL}, {@link #TOO_LONG} or {@link #CORRUPT}. */
    public int offer(byte[] source, int offset, int length) {
        long place = claim(length);
        if (place <= 0) {
            return (int) place;
        }
        memory.copyIn(source, offset, place, length);
        commit();
        return READY;
    }

    /**
     * Finds room for a message, which is sent by {@link #commit}. A claim that is not committed
     * goes with the next one.
     *
     * @return the address to write the message to, or FULL, TOO_LONG or CORRUPT
     */
    @Uninterruptible(reason = ChannelLayout.REASON)
    public long claim(int length) {
        claimed = 0;
        int room = findRoom(length);
        if (room != READY) {
            return room;
        }
        int record = ChannelLayout.recordBytes(length);
        int padding = bytesToClaim(length) - record;
        long start = tail + padding;
        if (padding != 0) {
            writeHeader(tail, ChannelLayout.KIND_PADDING, padding);
        }
        writeHeader(start, ChannelLayout.KIND_MESSAGE, length);
        claimed = padding + record;
        return addressOf(start) + ChannelLayout.HEADER_BYTES;
    }

    /** Sends what was claimed and written. Does nothing without a claim. */
    @Uninterruptible(reason = ChannelLayout.REASON)
    public void commit() {
        if (claimed != 0) {
            tail += claimed;
            claimed = 0;
            memory.writeLongRelease(address + ChannelLayout.TAIL, tail);
        }
    }

    /** Whether the receiver waits for something that was sent since this was last asked. */
    @Uninterruptible(reason = ChannelLayout.REASON)
    public boolean mustNotify() {
        if (tail == notifiedTail) {
            return false;
        }
        memory.fullFence();
        long wanted = memory.readLong(address + ChannelLayout.WANTED_TAIL);
        boolean reached = ChannelLayout.isReached(wanted, notifiedTail, tail);
        notifiedTail = tail;
        return reached;
    }

    /**
     * Asks for a notification when there is room for a message.
     *
     * @return READY if there is already, WAIT, TOO_LONG or CORRUPT
     */
    @Uninterruptible(reason = ChannelLayout.REASON)
    public int wantRoom(int length) {
        int room = findRoom(length);
        if (room != FULL) {
            return room;
        }
        long wanted = tail + bytesToClaim(length) - capacity;
        memory.writeLong(address + ChannelLayout.WANTED_HEAD, wanted);
        memory.fullFence();
        return findRoom(length);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public boolean isCorrupt() {
        return corrupt;
    }

    @Uninterruptible(reason = ChannelLayout.REASON)
    private int findRoom(int length) {
        if (corrupt) {
            return CORRUPT;
        }
        if (length < 0 || length > ChannelLayout.maximumMessageBytes(capacity)) {
            return TOO_LONG;
        }
        int needed = bytesToClaim(length);
        if (capacity - (tail - lastHead) < needed) {
            long head = memory.readLongAcquire(address + ChannelLayout.HEAD);
            if (head - lastHead < 0 || !isPossible(head)) {
                corrupt = true;
                return CORRUPT;
            }
            lastHead = head;
        }
        return capacity - (tail - lastHead) >= needed ? READY : FULL;
    }

    /** The record's bytes, and those up to the ring's end if the record does not fit there. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private int bytesToClaim(int length) {
        int record = ChannelLayout.recordBytes(length);
        int untilEnd = capacity - (int) (tail & capacity - 1);
        return record <= untilEnd ? record : untilEnd + record;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private boolean isPossible(long head) {
        return Long.compareUnsigned(tail - head, capacity) <= 0
                && (head & ChannelLayout.ALIGNMENT - 1) == 0;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private void writeHeader(long position, int kind, int length) {
        memory.writeLong(addressOf(position), ChannelLayout.header(kind, length));
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long addressOf(long position) {
        return address + ChannelLayout.RECORDS + (position & capacity - 1);
    }
}
