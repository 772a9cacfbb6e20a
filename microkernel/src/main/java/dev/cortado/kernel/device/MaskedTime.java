package dev.cortado.kernel.device;

import java.util.concurrent.TimeUnit;

/**
 * How long something stays masked that has interrupted without a cause: a while, and then it is
 * tried; twice as long each time that it goes on. Changed by one thread at a time.
 */
final class MaskedTime {
    static final long FIRST = TimeUnit.SECONDS.toNanos(10);
    static final long LONGEST = TimeUnit.MINUTES.toNanos(10);

    private volatile boolean masked;
    private long since;
    private long length;

    /** For any thread. */
    boolean isMasked() {
        return masked;
    }

    /**
     * It is masked from now on.
     *
     * @param now nanoseconds
     * @return whether that is news: what has been tried, and is masked again after one more run of
     *     interrupts, is none
     */
    boolean begin(long now) {
        boolean isNews = length == 0 || now - since > length + CauselessRun.LONGEST;
        length = isNews ? FIRST : Math.min(2 * length, LONGEST);
        since = now;
        masked = true;
        return isNews;
    }

    /** Whether it is masked, and to be tried now. */
    boolean isOver(long now) {
        return masked && now - since >= length;
    }

    /** It is masked no more. */
    void end(long now) {
        masked = false;
        since = now;
    }
}
