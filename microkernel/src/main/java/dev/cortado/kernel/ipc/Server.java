package dev.cortado.kernel.ipc;

import dev.cortado.kernel.thread.Scheduler;
import java.time.Duration;

/**
 * The side of an endpoint that receives calls and replies to them. For any number of threads; each
 * call goes to one of them.
 */
public final class Server<Q, R> implements AutoCloseable {
    private final LocalEndpoint<Q, R> endpoint;
    private final int life;
    private volatile boolean dead;

    /** A new endpoint, and the only way to receive from it. */
    public Server(Contract contract) {
        this(new LocalEndpoint<>(contract));
    }

    private Server(LocalEndpoint<Q, R> endpoint) {
        this.endpoint = endpoint;
        life = endpoint.life();
    }

    /** For those who may call. */
    public Endpoint<Q, R> endpoint() {
        return endpoint;
    }

    /**
     * The next call, which is waited for.
     *
     * @throws EndpointClosedException if the endpoint is closed, or {@link #abandon} was called
     */
    public Message<Q, R> receive() throws InterruptedException {
        checkAlive();
        return endpoint.receive(life, Scheduler.FOREVER);
    }

    /** As {@link #receive()}; null if none has come in time. */
    public Message<Q, R> receive(Duration timeout) throws InterruptedException {
        checkAlive();
        return endpoint.receive(life, Deadline.in(timeout));
    }

    /**
     * Replies to a call, once.
     *
     * @return false if the caller waits no more
     */
    public boolean reply(Message<Q, R> message, R reply) {
        return endpoint.reply(message, reply, null);
    }

    /**
     * Replies to a call with an exception: the caller gets it inside a {@link ServiceException}.
     */
    public boolean refuse(Message<Q, R> message, Throwable failure) {
        return endpoint.reply(message, null, failure);
    }

    /**
     * Replies to a call, then receives the next one. Where no other call waits, the caller goes on
     * at once with this thread's CPU: the fast way to serve.
     */
    public Message<Q, R> replyAndReceive(Message<Q, R> message, R reply)
            throws InterruptedException {
        checkAlive();
        return endpoint.replyAndReceive(message, reply, life, Scheduler.FOREVER);
    }

    /**
     * Answers one call after another, until the endpoint is closed or the thread interrupted. A
     * checked exception of the handler is an answer. Any other is a mistake: it is thrown on, and
     * the service is {@linkplain #abandon abandoned}, as it is after an interrupt.
     */
    public void serve(Handler<Q, R> handler) throws InterruptedException {
        try {
            Message<Q, R> message = receive();
            while (true) {
                R reply;
                try {
                    reply = handler.handle(message.request());
                } catch (RuntimeException | InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    refuse(message, e);
                    message = receive();
                    continue;
                }
                message = replyAndReceive(message, reply);
            }
        } catch (EndpointClosedException e) {
            // Nobody calls any more.
            return;
        } catch (RuntimeException | InterruptedException | Error e) {
            abandon(e);
            throw e;
        }
    }

    /** Ends all calls, now and for ever, with an {@link EndpointClosedException}. */
    @Override
    public void close() {
        endpoint.close();
    }

    /**
     * The service has died: nothing is received here any more, and calls end or wait as the {@link
     * Contract} says.
     */
    public void abandon(Throwable cause) {
        if (!dead) {
            dead = true;
            endpoint.abandon(cause);
        }
    }

    /** After {@link #abandon}: a server for the same endpoint, whose users notice a delay. */
    public Server<Q, R> successor() {
        if (!dead) {
            throw new IllegalStateException("This server has not died");
        }
        Server<Q, R> next = new Server<>(endpoint);
        endpoint.open();
        return next;
    }

    private void checkAlive() {
        if (dead) {
            throw new EndpointClosedException("This server has died");
        }
    }
}
