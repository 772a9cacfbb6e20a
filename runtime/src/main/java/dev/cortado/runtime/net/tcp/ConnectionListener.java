package dev.cortado.runtime.net.tcp;

/** Whom a connection wakes. */
@FunctionalInterface
public interface ConnectionListener {
    /** Does nothing. */
    ConnectionListener NONE = (connection, events) -> {};

    /**
     * Something has changed. Called by the thread that changed it, without any lock of the stack:
     * by the time it is called more may have changed, so that state is asked for, not remembered.
     *
     * @param events of {@link ConnectionEvents}
     */
    void changed(TcpConnection connection, int events);
}
