package dev.cortado.drivers.xen.store;

import dev.cortado.drivers.xen.event.EventPort;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** A connection to xenstore. For any number of threads. */
public final class XenStore extends StoreAccess implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MOST_ATTEMPTS = 1000;

    private final StoreConnection connection;

    /** What is done in a transaction; more than once if others come in between. */
    public interface Work<T> {
        T run(Transaction transaction) throws IOException;
    }

    private XenStore(StoreConnection connection) {
        this.connection = connection;
    }

    /** Connects through the page and the event channel that Xen gave this domain for it. */
    public static XenStore connect(StorePage page, EventPort port) {
        return connect(page, port, TIMEOUT, System.err::println);
    }

    /**
     * @param timeout how long a request may take
     * @param log hears of a connection that is lost
     */
    public static XenStore connect(
            StorePage page, EventPort port, Duration timeout, Consumer<String> log) {
        return new XenStore(new StoreConnection(page, port, timeout, log));
    }

    @Override
    byte[] exchange(MessageType type, String path, byte[] payload) throws IOException {
        return connection.exchange(type, path, payload);
    }

    /** Puts an event into a queue now and whenever the node or one beneath it changes. */
    public Watch watch(String path, WatchQueue queue) throws IOException {
        return connection.watches().add(StorePath.check(path), queue);
    }

    /** Does something in a transaction, again and again until nobody came in between. */
    public <T> T inTransaction(Work<T> work) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Transaction transaction = Transaction.start(connection);
                T result = run(transaction, work);
                transaction.commit();
                return result;
            } catch (StoreException e) {
                if (!e.is(StoreException.EAGAIN) || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static <T> T run(Transaction transaction, Work<T> work) throws IOException {
        try {
            return work.run(transaction);
        } catch (IOException | RuntimeException | Error e) {
            try {
                transaction.abort();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /**
     * Before the domain is suspended: lets no request begin, and waits for those on their way, but
     * no longer than that. Those that are left are sent again after {@link #resume}.
     */
    public void suspend(Duration timeout) throws InterruptedException {
        connection.keeper().suspend(timeout);
    }

    /** After the domain was restored, with the page and the port that it has now. */
    public void resume(StorePage page, EventPort port) {
        connection.keeper().resume(page, port);
    }

    /** After {@link #suspend}, when the domain goes on as if nothing had been. */
    public void cancelSuspend() {
        connection.keeper().cancelSuspend();
    }

    /** Ends this connection; who waits for something gets an exception. */
    @Override
    public void close() {
        connection.keeper().close();
    }
}
