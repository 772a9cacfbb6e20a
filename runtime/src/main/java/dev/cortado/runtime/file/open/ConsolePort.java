package dev.cortado.runtime.file.open;

import java.nio.ByteBuffer;

/** What the console's files stand on. Any thread may call it. */
public interface ConsolePort {
    /** Instead of a count: {@link #wake} was called before anything came. */
    int WOKEN = -3;

    /**
     * Reads what has been typed; waits until there is something, or {@link #wake} is called.
     *
     * @param to has room
     * @return how many bytes, {@link OpenFile#END} at the end of input, or {@link #WOKEN}
     */
    int read(ByteBuffer to);

    /** How many bytes can be read now. */
    int available();

    /** Writes all bytes. */
    void write(ByteBuffer from);

    /** Lets all return that wait in {@link #read} now. */
    void wake();
}
