package dev.cortado.runtime.file.open;

import java.nio.ByteBuffer;

/** What the console's files stand on. Any thread may call it. */
public interface ConsolePort {
    /**
     * Reads what has been typed, without waiting.
     *
     * @return how many bytes; 0 if there are none now, {@link OpenFile#END} at the end of input
     */
    int read(ByteBuffer to);

    /** How many bytes can be read now, {@link OpenFile#END} at the end of input. */
    int available();

    /** Writes all bytes. */
    void write(ByteBuffer from);

    /**
     * Has somebody told whenever input, or its end, has come: by a thread that holds no lock which
     * the other methods take, and never in an interrupt.
     */
    void onInput(Runnable listener);
}
