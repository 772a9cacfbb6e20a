package dev.cortado.kernel.ipc;

import dev.cortado.kernel.thread.Scheduler;
import java.time.Duration;

/**
 * The end of a {@link Channel} that messages come out of. For one thread at a time.
 *
 * <p>All that receive throw an {@link EndpointClosedException} if this end is closed, if the other
 * one is and nothing is left, or if the other side has broken the channel.
 */
public final class Receiver implements AutoCloseable {
    private final Transport.Incoming transport;
    private final OneThread user = new OneThread();
    private volatile boolean closed;

    /** Over any transport; {@link Channel} makes those within one image. */
    public Receiver(Transport.Incoming transport) {
        this.transport = transport;
    }

    /** The next message, or null if there is none now. */
    public byte[] poll() {
        user.enter();
        try {
            return tryReceive();
        } finally {
            user.leave();
        }
    }

    /** The next message, which is waited for. */
    public byte[] receive() throws InterruptedException {
        return receive(Scheduler.FOREVER);
    }

    /** As {@link #receive()}; null if none has come in time. */
    public byte[] receive(Duration timeout) throws InterruptedException {
        return receive(Deadline.in(timeout));
    }

    /**
     * Receives the next message, which is waited for, without making an array for it.
     *
     * @return its length
     * @throws IllegalArgumentException if the array is too short for it; the message stays
     */
    public int receive(byte[] target) throws InterruptedException {
        user.enter();
        try {
            int length = awaitNext(Scheduler.FOREVER);
            if (length > target.length) {
                throw new IllegalArgumentException(
                        "A message of " + length + " bytes for an array of " + target.length);
            }
            take(target);
            return length;
        } finally {
            user.leave();
        }
    }

    private byte[] receive(long deadline) throws InterruptedException {
        user.enter();
        try {
            int length = awaitNext(deadline);
            return length < 0 ? null : take(new byte[length]);
        } finally {
            user.leave();
        }
    }

    private byte[] tryReceive() {
        int length = next();
        return length < 0 ? null : take(new byte[length]);
    }

    private byte[] take(byte[] target) {
        transport.take(target, 0);
        transport.flush();
        return target;
    }

    /** The length of the next message, -1 if there was none in time. */
    private int awaitNext(long deadline) throws InterruptedException {
        int length = next();
        while (length < 0) {
            if (transport.wantMessage() == Transport.WAIT && !transport.await(deadline)) {
                return next();
            }
            length = next();
        }
        return length;
    }

    /** As above without waiting. */
    private int next() {
        // In this order: what was sent before the end was closed has come.
        boolean ended = transport.isClosed();
        int length = transport.next();
        if (length >= 0 && !closed) {
            return length;
        }
        if (closed || ended) {
            throw new EndpointClosedException("This channel has been closed");
        }
        if (length == Transport.CORRUPT) {
            throw new EndpointClosedException("The other side has broken this channel");
        }
        return -1;
    }

    /** Who sends, or waits for room, is told by an exception; so is who waits for a message. */
    @Override
    public void close() {
        closed = true;
        transport.close();
    }
}
