package dev.cortado.kernel.message;

/** How a wait has ended. */
public final class WaitResult {
    public static final int DONE = 0;
    public static final int TIMED_OUT = 1;

    /** By {@link SlotWait#nudge}: a call is still on its way, any other wait is over. */
    public static final int NUDGED = 2;

    /** What it waited at is closed. */
    public static final int CLOSED = 3;

    /** Who was to reply has died, or has not been started again. */
    public static final int ABANDONED = 4;

    private WaitResult() {}
}
