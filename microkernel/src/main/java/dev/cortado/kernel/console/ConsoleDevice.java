package dev.cortado.kernel.console;

import com.oracle.svm.core.Uninterruptible;

/** What a driver offers that can show and read characters. */
public interface ConsoleDevice {
    /** Makes the device ready for output, before there are memory management and interrupts. */
    @Uninterruptible(reason = Console.REASON)
    void initialize();

    /** Shows one byte; waits while the device is not ready, for a bounded time. */
    @Uninterruptible(reason = Console.REASON)
    void write(byte value);

    /** What was written is to be seen now, even though the line may not be complete. */
    @Uninterruptible(reason = Console.REASON)
    void flush();

    /** Waits, for a bounded time, until what was written has been seen: the machine ends. */
    @Uninterruptible(reason = Console.REASON)
    void drain();

    /** Interrupts work now: bytes that come in go to {@link Console#receive}. */
    @Uninterruptible(reason = Console.REASON)
    void enableInput();
}
