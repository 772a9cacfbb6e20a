package dev.cortado.runtime.file.open;

/** What an open file is ready for: sets of bits, as in poll (Linux, asm-generic/poll.h). */
public final class PollState {
    /** Reading does not wait: there are bytes, a connection, or the end. */
    public static final int READABLE = 0x01;

    /** Writing does not wait. */
    public static final int WRITABLE = 0x04;

    /** Nobody reads what is written, or an error is pending. Told to who did not ask, too. */
    public static final int ERROR = 0x08;

    /** Nobody writes any more. Told to who did not ask, too. */
    public static final int HANG_UP = 0x10;

    /** The file is closed. Told to who did not ask, too. */
    public static final int INVALID = 0x20;

    /** What is told to who did not ask. */
    public static final int ALWAYS = ERROR | HANG_UP | INVALID;

    private PollState() {}
}
