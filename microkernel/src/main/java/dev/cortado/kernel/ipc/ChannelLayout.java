package dev.cortado.kernel.ipc;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.OrderedMemory;

/**
 * How a channel lies in memory: a ring of records for one sender and one receiver, after Agrona's
 * OneToOneRingBuffer. Offsets are in bytes from the channel's address, a multiple of 8 (of {@link
 * #LINE_BYTES} if it is to be fast).
 *
 * <pre>
 *     0  tail           position behind the last record; the sender's
 *     8  wanted head    what the sender waits for, see below; the sender's
 *   128  head           position of the first record; the receiver's
 *   136  wanted tail    what the receiver waits for; the receiver's
 *   256  the records, as many bytes as the capacity, a power of two
 * </pre>
 *
 * <p>Positions count bytes since the channel was made; modulo the capacity they are places in the
 * ring. A record is a header of 8 bytes (kind and length), then the message, filled up to a
 * multiple of 8. No record crosses the ring's end: one of kind padding takes what is left there,
 * and is sent together with the message behind it.
 *
 * <p>Who waits says for what: the sender the head, the receiver the tail that it wants to see. The
 * other side notifies when it moves past that position, and only then, so that there is one
 * notification for each wish and none without. Each of the four numbers has one writer. Both sides
 * write theirs, then look at the other's, with a full fence in between: one of them sees the other.
 *
 * <p>Neither side believes the other: a position that cannot be, or a record that does, ends the
 * channel for who sees it.
 */
public final class ChannelLayout {
    /** Bytes between what the two sides write: two cache lines, which the CPU fetches together. */
    public static final int LINE_BYTES = 128;

    public static final int HEADER_BYTES = 8;
    public static final int ALIGNMENT = 8;
    public static final int MINIMUM_CAPACITY = 64;
    public static final int MAXIMUM_CAPACITY = 1 << 30;

    static final String REASON = "Also used in interrupts and where the collector must not run.";

    static final long TAIL = 0;
    static final long WANTED_HEAD = 8;
    static final long HEAD = LINE_BYTES;
    static final long WANTED_TAIL = LINE_BYTES + 8;
    static final long RECORDS = 2 * LINE_BYTES;

    /** Kinds of records, in the upper half of the header; 0, as in fresh memory, is none. */
    static final int KIND_MESSAGE = 1;

    static final int KIND_PADDING = 2;

    private ChannelLayout() {}

    /** Bytes of memory that a channel takes. */
    @Uninterruptible(reason = REASON)
    public static long bytes(int capacity) {
        return RECORDS + capacity;
    }

    @Uninterruptible(reason = REASON)
    public static boolean isCapacity(int capacity) {
        return capacity >= MINIMUM_CAPACITY
                && capacity <= MAXIMUM_CAPACITY
                && (capacity & (capacity - 1)) == 0;
    }

    /** Bytes of the longest message: one that fits into an empty ring wherever its head is. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static int maximumMessageBytes(int capacity) {
        return capacity / 2 - HEADER_BYTES;
    }

    static void check(long address, int capacity) {
        if (!isCapacity(capacity)) {
            throw new IllegalArgumentException(
                    "A channel's capacity is a power of two from 64 to 2^30, not " + capacity);
        }
        if ((address & ALIGNMENT - 1) != 0) {
            throw new IllegalArgumentException(
                    "A channel's address is a multiple of 8, not 0x" + Long.toHexString(address));
        }
    }

    /** Makes an empty channel. Before either side uses it. */
    @Uninterruptible(reason = REASON)
    public static void initialize(OrderedMemory memory, long address) {
        memory.writeLong(address + TAIL, 0);
        memory.writeLong(address + WANTED_HEAD, 0);
        memory.writeLong(address + HEAD, 0);
        memory.writeLongRelease(address + WANTED_TAIL, 0);
    }

    /** Bytes of the record of a message, which is at most {@link #maximumMessageBytes} long. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static int recordBytes(int messageBytes) {
        return (HEADER_BYTES + messageBytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /**
     * @param length of the message; of a padding record, header included
     */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long header(int kind, int length) {
        return (long) kind << 32 | length;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static int kind(long header) {
        return (int) (header >>> 32);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static int length(long header) {
        return (int) header;
    }

    /** Whether a side that moved its position from {@code old} to {@code now} reached a wish. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean isReached(long wanted, long old, long now) {
        return wanted - old > 0 && now - wanted >= 0;
    }
}
