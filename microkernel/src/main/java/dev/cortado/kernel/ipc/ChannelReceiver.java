package dev.cortado.kernel.ipc;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.OrderedMemory;

/**
 * The end of a channel that messages come out of. For one thread at a time.
 *
 * <p>To wait for a message: {@link #wantMessage}, and if it answers {@link #WAIT}, wait for a
 * notification, then try again. After receiving, and before waiting for anything, ask {@link
 * #mustNotify}; several messages can share one question.
 */
public final class ChannelReceiver {
    /** There is a message. */
    public static final int READY = 1;

    /** A notification will come when there is a message. */
    public static final int WAIT = 0;

    /** No message now. */
    public static final int EMPTY = -1;

    /** The other side wrote what it must not; nothing is received any more. */
    public static final int CORRUPT = -2;

    /** The message does not fit where it was to go; it is still there. */
    public static final int TOO_LONG = -3;

    private final OrderedMemory memory;
    private final long address;
    private final int capacity;

    /** Where to read next; past {@code releasedHead} by the padding that was read over. */
    private long head;

    private long lastTail;
    private long releasedHead;
    private long notifiedHead;

    /** Bytes of the record at the head once {@link #next} has looked at it, else 0. */
    private int record;

    private int length;
    private boolean corrupt;

    /**
     * Attaches to a channel where its last receiver left it.
     *
     * @throws IllegalArgumentException if there can be no channel of this capacity or address
     */
    public ChannelReceiver(OrderedMemory memory, long address, int capacity) {
        ChannelLayout.check(address, capacity);
        this.memory = memory;
        this.address = address;
        this.capacity = capacity;
        head = memory.readLongAcquire(address + ChannelLayout.HEAD);
        releasedHead = head;
        notifiedHead = head;
        lastTail = head;
        corrupt = (head & ChannelLayout.ALIGNMENT - 1) != 0;
    }

    /**
     * Receives the next message.
     *
     * @param limit bytes that the message may have at the most
     * @return its length, or {@link #EMPTY}, {@link #TOO_LONG} or {@link #CORRUPT}
     */
    public int poll(byte[] target, int offset, int limit) {
        int bytes = next();
        if (bytes < 0) {
            return bytes;
        }
        if (bytes > limit) {
            return TOO_LONG;
        }
        memory.copyOut(messageAddress(), target, offset, bytes);
        release();
        return bytes;
    }

    /**
     * The length of the next message, which stays in the channel until {@link #release}; or {@link
     * #EMPTY} or {@link #CORRUPT}.
     */
    @Uninterruptible(reason = ChannelLayout.REASON)
    public int next() {
        if (corrupt) {
            return CORRUPT;
        }
        if (record != 0) {
            return length;
        }
        if (!hasRecord()) {
            return corrupt ? CORRUPT : EMPTY;
        }
        long header = readHeader();
        if (ChannelLayout.kind(header) == ChannelLayout.KIND_PADDING) {
            int padding = ChannelLayout.length(header);
            if (padding != bytesUntilEnd()) {
                return fail();
            }
            head += padding;
            if (head == lastTail) {
                return fail();
            }
            header = readHeader();
        }
        return accept(header);
    }

    /**
     * Where the message lies that {@link #next} told of. Its bytes may change under the reader's
     * eyes if the other side is hostile: copy before checking them.
     */
    @Uninterruptible(reason = ChannelLayout.REASON)
    public long messageAddress() {
        return addressOf(head) + ChannelLayout.HEADER_BYTES;
    }

    /** Gives back the room of the message that {@link #next} told of. */
    @Uninterruptible(reason = ChannelLayout.REASON)
    public void release() {
        if (record != 0) {
            head += record;
            record = 0;
            releasedHead = head;
            memory.writeLongRelease(address + ChannelLayout.HEAD, head);
        }
    }

    /** Whether the sender waits for room that was made since this was last asked. */
    @Uninterruptible(reason = ChannelLayout.REASON)
    public boolean mustNotify() {
        if (releasedHead == notifiedHead) {
            return false;
        }
        memory.fullFence();
        long wanted = memory.readLong(address + ChannelLayout.WANTED_HEAD);
        boolean reached = ChannelLayout.isReached(wanted, notifiedHead, releasedHead);
        notifiedHead = releasedHead;
        return reached;
    }

    /**
     * Asks for a notification when there is a message.
     *
     * @return READY if there is one already, WAIT or CORRUPT
     */
    @Uninterruptible(reason = ChannelLayout.REASON)
    public int wantMessage() {
        int bytes = next();
        if (bytes == EMPTY) {
            memory.writeLong(address + ChannelLayout.WANTED_TAIL, head + 1);
            memory.fullFence();
            bytes = next();
        }
        return bytes >= 0 ? READY : bytes == EMPTY ? WAIT : CORRUPT;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public boolean isCorrupt() {
        return corrupt;
    }

    /** Whether the sender's tail is past the head; it is read only if it was not before. */
    @Uninterruptible(reason = ChannelLayout.REASON)
    private boolean hasRecord() {
        if (head == lastTail) {
            long tail = memory.readLongAcquire(address + ChannelLayout.TAIL);
            if (Long.compareUnsigned(tail - head, capacity) > 0
                    || (tail & ChannelLayout.ALIGNMENT - 1) != 0) {
                corrupt = true;
                return false;
            }
            lastTail = tail;
        }
        return head != lastTail;
    }

    /** Takes the record at the head for the next message if its length can be. */
    @Uninterruptible(reason = ChannelLayout.REASON)
    private int accept(long header) {
        int bytes = ChannelLayout.length(header);
        if (ChannelLayout.kind(header) != ChannelLayout.KIND_MESSAGE
                || bytes < 0
                || bytes > ChannelLayout.maximumMessageBytes(capacity)) {
            return fail();
        }
        int recordBytes = ChannelLayout.recordBytes(bytes);
        if (recordBytes > lastTail - head || recordBytes > bytesUntilEnd()) {
            return fail();
        }
        record = recordBytes;
        length = bytes;
        return bytes;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private int fail() {
        corrupt = true;
        return CORRUPT;
    }

    /** Reads the header once: what it says is checked before it is used. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long readHeader() {
        return memory.readLong(addressOf(head));
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private int bytesUntilEnd() {
        return capacity - (int) (head & capacity - 1);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long addressOf(long position) {
        return address + ChannelLayout.RECORDS + (position & capacity - 1);
    }
}
