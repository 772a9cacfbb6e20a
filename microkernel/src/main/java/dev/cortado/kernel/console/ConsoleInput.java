package dev.cortado.kernel.console;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.ConsoleFrames;

/**
 * What becomes of each byte that comes in. At the other end is a terminal, whose keys a {@link
 * LineDiscipline} understands; or a program, whose bytes arrive as they are, in {@link
 * ConsoleFrames}. Where the monitor's keys are on, those are none of the program's.
 */
final class ConsoleInput {
    /** What {@link #accept} may say, a bit each: somebody may be able to read. */
    static final int READABLE = 1;

    /** The byte is a key for the monitor. */
    static final int FOR_MONITOR = 1 << 1;

    /** The one who types asks for the program's end. */
    static final int INTERRUPT = 1 << 2;

    private final InputQueue queue = new InputQueue();
    private final LineDiscipline terminal = new LineDiscipline(queue);
    private final MonitorKeys keys = new MonitorKeys();
    private boolean framed;
    private boolean monitorKeys;
    private boolean escaped;
    private int echoed;

    @Uninterruptible(reason = Console.REASON)
    void setFramed(boolean value) {
        framed = value;
    }

    @Uninterruptible(reason = Console.REASON)
    void setMonitorKeys(boolean value) {
        monitorKeys = value;
    }

    @Uninterruptible(reason = Console.REASON)
    boolean isFramed() {
        return framed;
    }

    /**
     * Whether a byte is to be taken now; otherwise it waits where it is. The monitor's keys come
     * through even when the program does not read: what else is typed is lost then.
     */
    @Uninterruptible(reason = Console.REASON)
    boolean hasRoom() {
        return monitorKeys || !queue.isFull();
    }

    /** Takes a byte. */
    @Uninterruptible(reason = Console.REASON)
    int accept(byte value) {
        echoed = 0;
        if (!framed) {
            return acceptKey(value);
        }
        if (!escaped) {
            if (value == ConsoleFrames.ESCAPE) {
                escaped = true;
                return 0;
            }
            return acceptByte(value);
        }
        escaped = false;
        if (value == ConsoleFrames.END_OF_INPUT) {
            keys.close();
            queue.end();
            return READABLE;
        }
        return acceptByte(value);
    }

    @Uninterruptible(reason = Console.REASON)
    private int acceptByte(byte value) {
        if (monitorKeys && keys.takes(value)) {
            return FOR_MONITOR;
        }
        queue.add(value);
        queue.commit();
        return READABLE;
    }

    @Uninterruptible(reason = Console.REASON)
    private int acceptKey(byte key) {
        if (monitorKeys && keys.takes(key == '\r' ? (byte) '\n' : key)) {
            return FOR_MONITOR;
        }
        if (terminal.accept(key)) {
            return INTERRUPT;
        }
        echoed = terminal.echoed();
        return READABLE;
    }

    /** How many bytes are to be shown to the one who has typed. */
    @Uninterruptible(reason = Console.REASON)
    int echoed() {
        return echoed;
    }

    @Uninterruptible(reason = Console.REASON)
    byte echo(int index) {
        return terminal.echo(index);
    }

    @Uninterruptible(reason = Console.REASON)
    InputQueue queue() {
        return queue;
    }
}
