package dev.cortado.kernel.ipc;

import dev.cortado.kernel.thread.Scheduler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

/**
 * The end of a {@link Channel} that messages go into. For one thread at a time.
 *
 * <p>All that send throw an {@link IllegalArgumentException} if the message is longer than the
 * channel can take, and an {@link EndpointClosedException} if either end is closed or the other
 * side has broken the channel.
 */
public final class Sender implements AutoCloseable {
    private final Transport.Outgoing transport;
    private final OneThread user = new OneThread();
    private volatile boolean closed;

    /** Over any transport; {@link Channel} makes those within one image. */
    public Sender(Transport.Outgoing transport) {
        this.transport = transport;
    }

    /** Sends a message unless there is no room for it now: then the result is false. */
    public boolean offer(byte[] message) {
        return offer(message, 0, message.length);
    }

    /** As {@link #offer(byte[])}, with a part of an array. */
    public boolean offer(byte[] message, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, message.length);
        user.enter();
        try {
            return tryOffer(message, offset, length);
        } finally {
            user.leave();
        }
    }

    /** Sends a message, after waiting for room. */
    public void send(byte[] message) throws InterruptedException {
        send(message, 0, message.length, Scheduler.FOREVER);
    }

    /** As {@link #send(byte[])}; false if there was no room in time. */
    public boolean send(byte[] message, Duration timeout) throws InterruptedException {
        return send(message, 0, message.length, Deadline.in(timeout));
    }

    /** Sends what a buffer has between position and limit, and moves the position there. */
    public void send(ByteBuffer message) throws InterruptedException {
        int length = message.remaining();
        if (message.hasArray()) {
            int offset = message.arrayOffset() + message.position();
            send(message.array(), offset, length, Scheduler.FOREVER);
        } else {
            byte[] bytes = new byte[length];
            message.duplicate().get(bytes);
            send(bytes);
        }
        message.position(message.limit());
    }

    private boolean send(byte[] message, int offset, int length, long deadline)
            throws InterruptedException {
        user.enter();
        try {
            while (!tryOffer(message, offset, length)) {
                int room = transport.wantRoom(length);
                if (room == Transport.WAIT && !transport.await(deadline)) {
                    return tryOffer(message, offset, length);
                }
            }
            return true;
        } finally {
            user.leave();
        }
    }

    private boolean tryOffer(byte[] message, int offset, int length) {
        if (closed || transport.isClosed()) {
            throw new EndpointClosedException("This channel has been closed");
        }
        switch (transport.offer(message, offset, length)) {
            case Transport.READY:
                transport.flush();
                return true;
            case Transport.WAIT:
                return false;
            case Transport.TOO_LONG:
                throw new IllegalArgumentException(
                        length + " bytes are more than this channel can take");
            default:
                throw new EndpointClosedException("The other side has broken this channel");
        }
    }

    /** What was sent can still be received. Who waits for room is told by an exception. */
    @Override
    public void close() {
        closed = true;
        transport.close();
    }
}
