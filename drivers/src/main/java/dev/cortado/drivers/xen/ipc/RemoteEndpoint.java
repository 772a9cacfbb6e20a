package dev.cortado.drivers.xen.ipc;

import dev.cortado.drivers.xen.connection.CallMessage;
import dev.cortado.kernel.ipc.Endpoint;
import dev.cortado.kernel.ipc.EndpointClosedException;
import dev.cortado.kernel.ipc.ServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Calls to a service in another domain. When that domain is destroyed or ends the connection, calls
 * end with an {@link EndpointClosedException}; then close this, and connect again. A refusal comes
 * as {@link ServiceException} with the text of the cause.
 *
 * <p>One of the threads that wait for replies receives for all of them.
 */
public final class RemoteEndpoint<Q, R> implements Endpoint<Q, R>, AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long A_WHILE_NANOS = 20_000_000;

    private static final class Call {
        private final Condition changed;
        private CallMessage reply;

        Call(Condition changed) {
            this.changed = changed;
        }
    }

    private final DomainChannel channel;
    private final Codec<Q, R> codec;
    private final ReentrantLock sending = new ReentrantLock();

    /** Guards the calls. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Long, Call> calls = new HashMap<>();
    private long lastNumber;
    private boolean receiving;

    RemoteEndpoint(DomainChannel channel, Codec<Q, R> codec) {
        this.channel = channel;
        this.codec = codec;
    }

    @Override
    public R call(Q request) throws InterruptedException {
        try {
            return call(request, NEVER);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public R call(Q request, Duration timeout) throws InterruptedException, TimeoutException {
        long now = System.nanoTime();
        long deadline = now + Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
        return call(request, deadline < now ? NEVER : deadline);
    }

    private R call(Q request, long deadline) throws InterruptedException, TimeoutException {
        byte[] body = codec.encodeRequest(request);
        Call call;
        long number;
        lock.lockInterruptibly();
        try {
            number = ++lastNumber;
            call = new Call(lock.newCondition());
            calls.put(number, call);
        } finally {
            lock.unlock();
        }
        try {
            send(new CallMessage(number, CallMessage.REQUEST, body).encode(), deadline);
            awaitReply(call, deadline);
        } finally {
            forget(number);
        }
        return outcome(call.reply);
    }

    private void send(byte[] message, long deadline) throws InterruptedException, TimeoutException {
        sending.lockInterruptibly();
        try {
            while (!channel.sender().send(message, left(Math.min(deadline, inAWhile())))) {
                if (deadline - System.nanoTime() <= 0) {
                    throw new TimeoutException("The service takes no requests");
                }
                drain();
            }
        } finally {
            sending.unlock();
        }
    }

    private static long inAWhile() {
        return System.nanoTime() + A_WHILE_NANOS;
    }

    /** Replies that nobody waits for any more must not keep the service from our requests. */
    private void drain() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!receiving) {
                receive(System.nanoTime());
                leaveReceiving();
            }
        } finally {
            lock.unlock();
        }
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private void awaitReply(Call call, long deadline)
            throws InterruptedException, TimeoutException {
        lock.lockInterruptibly();
        try {
            while (call.reply == null) {
                if (deadline - System.nanoTime() <= 0) {
                    throw new TimeoutException("No reply in time");
                }
                if (!receiving) {
                    receive(deadline);
                } else {
                    call.changed.awaitNanos(deadline - System.nanoTime());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Receives one message, for whomever it is; the lock is held, but not meanwhile. */
    private void receive(long deadline) throws InterruptedException {
        receiving = true;
        byte[] message = null;
        lock.unlock();
        try {
            message =
                    deadline == NEVER
                            ? channel.receiver().receive()
                            : channel.receiver().receive(left(deadline));
        } finally {
            lock.lock();
            receiving = false;
            if (message != null) {
                dispatch(message);
            }
        }
    }

    private void dispatch(byte[] message) {
        try {
            CallMessage reply = CallMessage.decode(message);
            Call call = calls.get(reply.number());
            if (call != null) {
                call.reply = reply;
                call.changed.signal();
            }
        } catch (IOException | OutOfMemoryError e) {
            channel.close(); // whoever waits is told when it tries to receive
        }
    }

    private void forget(long number) {
        lock.lock();
        try {
            calls.remove(number);
            leaveReceiving();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever does not need to receive any more leaves it to one who has no reply yet. */
    private void leaveReceiving() {
        if (!receiving) {
            for (Call other : calls.values()) {
                if (other.reply == null) {
                    other.changed.signal();
                    return;
                }
            }
        }
    }

    private R outcome(CallMessage reply) {
        switch (reply.kind()) {
            case CallMessage.REPLY:
                try {
                    return codec.decodeReply(reply.body());
                } catch (IOException e) {
                    throw new ServiceException("The reply makes no sense", e);
                }
            case CallMessage.REFUSED:
                throw new ServiceException("The service refused: " + text(reply), null);
            default:
                throw new EndpointClosedException("The service has ended: " + text(reply));
        }
    }

    private static String text(CallMessage reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    /** Ends the connection; calls that wait end with an exception. */
    @Override
    public void close() {
        channel.close();
    }
}
