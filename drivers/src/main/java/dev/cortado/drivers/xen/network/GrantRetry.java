package dev.cortado.drivers.xen.network;

/** No grant was left: when others give one back, nobody tells us, so that it is tried again. */
final class GrantRetry {
    private static final long NANOSECONDS = 100_000_000;

    private volatile boolean isAwaited;
    private volatile long since;

    /** There was none; false if that is known. */
    boolean begin() {
        if (isAwaited) {
            return false;
        }
        since = System.nanoTime();
        isAwaited = true;
        return true;
    }

    /** When to look again. */
    long deadline(long otherwise) {
        return isAwaited ? since + NANOSECONDS : otherwise;
    }

    /** Whether it is time to try again; once. */
    boolean take() {
        if (!isAwaited || System.nanoTime() - since < NANOSECONDS) {
            return false;
        }
        isAwaited = false;
        return true;
    }
}
