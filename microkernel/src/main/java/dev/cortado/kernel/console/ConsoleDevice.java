package dev.cortado.kernel.console;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;

/**
 * What a driver offers that can show and read characters. It never waits: {@link Console} does,
 * where there are threads, by their queues.
 */
public interface ConsoleDevice {
    /** Makes the device ready for output, before there are memory management and interrupts. */
    @Uninterruptible(reason = Console.REASON)
    void initialize();

    /**
     * Shows the first of some bytes: as many as there is room for now, and at most so many as take
     * microseconds.
     *
     * @return how many; 0 while there is no room
     */
    @Uninterruptible(reason = Console.REASON)
    int write(Pointer bytes, int count);

    /**
     * As {@link #write}, for somebody who has waited for room for long and cannot any more: before
     * what was written earlier, if the device has a way past that. Where there is none, all is
     * taken, and lost.
     */
    @Uninterruptible(reason = Console.REASON)
    default int overtake(Pointer bytes, int count) {
        return count;
    }

    /** Whether {@link #write} would take something. */
    @Uninterruptible(reason = Console.REASON)
    boolean hasRoom();

    /**
     * What was written is to be seen now, even though the line may not be complete. Called without
     * the scheduler's lock.
     */
    @Uninterruptible(reason = Console.REASON)
    void flush();

    /** Whether all that was written has left the machine. */
    @Uninterruptible(reason = Console.REASON)
    boolean isDrained();

    /**
     * No other CPU does anything any more, and no thread of the driver's: what such a thread was to
     * show is shown now, within a bounded time, and what follows without it.
     */
    @Uninterruptible(reason = Console.REASON)
    default void endThreads() {}

    /** Spends a moment of waiting for one of the two, where there are no threads. */
    @Uninterruptible(reason = Console.REASON)
    void relax();

    /** A second has gone by in which there was no room: the other side may be gone. */
    @Uninterruptible(reason = Console.REASON)
    void noRoomForLong();

    /**
     * Interrupts work now: the driver tells {@link Keyboard#inputArrived} of bytes that have come
     * in, those that are there already included.
     */
    @Uninterruptible(reason = Console.REASON)
    void enableInterrupts();

    /**
     * The next byte that has come in, or {@link Keyboard#END_OF_INPUT} if there is none now. Called
     * with the scheduler's lock.
     */
    @Uninterruptible(reason = Console.REASON)
    int read();

    /**
     * Whether more input is to interrupt: it is not while nobody has room for it. Called with the
     * scheduler's lock.
     */
    @Uninterruptible(reason = Console.REASON)
    void setInputWanted(boolean wanted);

    /**
     * As soon as there is room, the driver calls {@link Console#roomForOutput}. Called with the
     * scheduler's lock.
     *
     * @return false if there is room now
     */
    @Uninterruptible(reason = Console.REASON)
    boolean awaitsRoom();
}
