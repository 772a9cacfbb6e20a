package dev.cortado.kernel.console;

import com.oracle.svm.core.Uninterruptible;

/**
 * What came in and was not yet read. Bytes behind the last {@link #commit} cannot be read yet and
 * may be taken back: they are the line that somebody edits.
 */
final class InputQueue {
    static final int CAPACITY = 4096;

    private final byte[] bytes = new byte[CAPACITY];
    private long received;
    private long committed;
    private long consumed;
    private boolean ended;

    @Uninterruptible(reason = Console.REASON)
    boolean isFull() {
        return received - consumed == CAPACITY;
    }

    /** Whether at least half of it is free. */
    @Uninterruptible(reason = Console.REASON)
    boolean isHalfFree() {
        return received - consumed <= CAPACITY / 2;
    }

    /** Adds a byte, which the full queue loses. */
    @Uninterruptible(reason = Console.REASON)
    void add(byte value) {
        if (!isFull()) {
            bytes[index(received++)] = value;
        }
    }

    /** What was added can be read now. */
    @Uninterruptible(reason = Console.REASON)
    void commit() {
        committed = received;
    }

    /** Takes the last byte back; false if it can be read already, or there is none. */
    @Uninterruptible(reason = Console.REASON)
    boolean takeBack() {
        if (received == committed) {
            return false;
        }
        received--;
        return true;
    }

    /** The byte that {@link #takeBack} would take, which is there. */
    @Uninterruptible(reason = Console.REASON)
    byte last() {
        return bytes[index(received - 1)];
    }

    @Uninterruptible(reason = Console.REASON)
    boolean hasUncommitted() {
        return received != committed;
    }

    /** Nothing comes any more. */
    @Uninterruptible(reason = Console.REASON)
    void end() {
        commit();
        ended = true;
    }

    @Uninterruptible(reason = Console.REASON)
    boolean hasEnded() {
        return ended;
    }

    /** How many bytes can be read. */
    @Uninterruptible(reason = Console.REASON)
    int available() {
        return (int) (committed - consumed);
    }

    /** The next byte; there is one. */
    @Uninterruptible(reason = Console.REASON)
    byte take() {
        return bytes[index(consumed++)];
    }

    @Uninterruptible(reason = Console.REASON)
    private static int index(long position) {
        return (int) (position % CAPACITY);
    }
}
