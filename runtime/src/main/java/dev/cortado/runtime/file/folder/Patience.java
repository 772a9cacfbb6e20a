package dev.cortado.runtime.file.folder;

import java.util.concurrent.TimeUnit;

/**
 * How long a server may take.
 *
 * @param forReply nanoseconds to the reply to a request, for which it may have to wake a disk, or
 *     to hear what has no reply
 * @param forFlush nanoseconds to let go of one that is taken back
 */
public record Patience(long forReply, long forFlush) {
    /** What people bear. */
    public static final Patience USUAL =
            new Patience(TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(10));
}
