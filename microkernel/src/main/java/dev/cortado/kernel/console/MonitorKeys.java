package dev.cortado.kernel.console;

import com.oracle.svm.core.Uninterruptible;

/**
 * Which of the bytes that are typed are the monitor's: a request for a thread dump at any time, and
 * everything from the key that opens it to the letter that closes it. All others are the program's.
 */
final class MonitorKeys {
    /** Ctrl-\, which a terminal makes SIGQUIT of. */
    static final byte DUMP = 0x1c;

    /** Ctrl-T. */
    static final byte OPEN = 0x14;

    static final byte CLOSE = 'q';

    /** Ctrl-D: the program's in any case, and the monitor is closed since nobody types any more. */
    static final byte END_OF_TRANSMISSION = 4;

    private boolean open;
    private boolean justClosed;

    /** Nothing is typed any more. */
    @Uninterruptible(reason = Console.REASON)
    void close() {
        open = false;
        justClosed = false;
    }

    /** Whether the next byte is for the monitor. */
    @Uninterruptible(reason = Console.REASON)
    boolean takes(byte value) {
        boolean afterClose = justClosed;
        justClosed = false;
        if (value == DUMP) {
            return true;
        }
        if (!open) {
            open = value == OPEN;
            // A terminal that sends whole lines sends the end of the line after the last letter.
            return open || afterClose && value == '\n';
        }
        if (value == END_OF_TRANSMISSION) {
            open = false;
            return false;
        }
        if (value == CLOSE) {
            open = false;
            justClosed = true;
        }
        return true;
    }
}
