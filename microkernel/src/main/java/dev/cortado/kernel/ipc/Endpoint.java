package dev.cortado.kernel.ipc;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * The side of a service that its users hold. Who has a reference to it may call; there is no other
 * way to find one than to be given it, for instance in a message. It lets nobody receive: that is
 * what the {@link Server} is for.
 *
 * <p>For any number of threads. A virtual thread keeps its carrier while it waits.
 *
 * @param <Q> what is asked; what its parts refer to is shared with the service, as is the reply's
 * @param <R> what is replied
 */
public interface Endpoint<Q, R> {
    /**
     * Sends a request and waits for the reply.
     *
     * @throws InterruptedException if the thread is interrupted before the reply has come; the
     *     service may have received the request, but its reply goes nowhere
     * @throws ServiceException if the service died of an exception, or replied with one
     * @throws EndpointClosedException if the service has ended
     */
    R call(Q request) throws InterruptedException;

    /**
     * As {@link #call(Object)}, but waits no longer than that.
     *
     * @throws TimeoutException if the reply has not come by then
     */
    R call(Q request, Duration timeout) throws InterruptedException, TimeoutException;
}
