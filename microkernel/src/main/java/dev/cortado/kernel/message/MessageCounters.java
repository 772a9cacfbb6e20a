package dev.cortado.kernel.message;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.thread.Parking;
import java.util.concurrent.atomic.AtomicLong;

/** What has been going on since boot. */
public final class MessageCounters {
    private static final AtomicLong MESSAGES = new AtomicLong();

    private static long calls;
    private static long signals;
    private static long spins;

    private MessageCounters() {}

    /** Calls of endpoints, those that failed included. */
    public static long calls() {
        return calls;
    }

    /** Times that a notification was signalled. */
    public static long signals() {
        return signals;
    }

    /** Messages that went into channels. */
    public static long messages() {
        return MESSAGES.get();
    }

    /** A message went into a channel. */
    public static void sent() {
        MESSAGES.incrementAndGet();
    }

    /** Times that a thread handed its CPU over to the one it called or replied to. */
    public static long handOvers() {
        return Parking.handOvers();
    }

    /** The kernel lock is held. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static void called() {
        calls++;
    }

    /** Times that a thread has looked whether its wait is over, before it would have blocked. */
    public static long spins() {
        return spins;
    }

    /** The kernel lock is held. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static void spun() {
        spins++;
    }

    /** The kernel lock is held. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static void signalled() {
        signals++;
    }
}
