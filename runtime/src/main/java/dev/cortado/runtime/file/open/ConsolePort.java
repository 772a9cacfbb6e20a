package dev.cortado.runtime.file.open;

import java.nio.ByteBuffer;

/** What the console's files stand on. Any thread may call it. */
public interface ConsolePort {
    /** Instead of a count: nothing has come, and it does not wait, or no longer. */
    int WOKEN = -3;

    /** Instead of what {@link #wakes} returns: {@link #read} does not wait. */
    long NOT_WAITING = -1;

    /**
     * Reads what has been typed; waits until there is something, but not once {@link #wake} has
     * been called.
     *
     * @param to has room
     * @param wakes {@link #wakes} of a time before the caller has looked whether he has to wait at
     *     all, or {@link #NOT_WAITING}
     * @return how many bytes, {@link OpenFile#END} at the end of input and ever after, or {@link
     *     #WOKEN}
     */
    int read(ByteBuffer to, long wakes);

    /** Whether {@link #read} would not wait: there are bytes, or the end of input. */
    boolean isReadable();

    /** How many bytes can be read now. */
    int available();

    /** Writes all bytes. */
    void write(ByteBuffer from);

    /** How often {@link #wake} has been called; 0 or more. */
    long wakes();

    /** Lets all return that wait in {@link #read} now. */
    void wake();
}
