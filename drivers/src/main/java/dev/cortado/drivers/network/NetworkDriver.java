package dev.cortado.drivers.network;

import java.io.IOException;

/**
 * A device's driver in one of its lives. Its thread calls {@link #service} at each interrupt; when
 * something throws, the driver is at its end, and is to be closed.
 */
public interface NetworkDriver extends NetworkDevice, AutoCloseable {
    /** Whether it is not at its end. */
    boolean isUsable();

    /**
     * @throws IOException it is at its end
     */
    void checkUsable() throws IOException;

    /**
     * Ends it: its device is reset, and has no buffer any more.
     *
     * @return the reason
     */
    IOException abort(IOException why);

    /** Says who is told, by any thread, when the driver has come to its end by itself. */
    void setEndListener(Runnable listener);

    /**
     * Looks what a pair of queues has, and tells the listener. By one thread.
     *
     * @return whether there may be more already, for which no interrupt comes
     */
    boolean service(int queue) throws IOException;

    /**
     * Ends a driver whose device has stopped sending. Called now and then.
     *
     * @param now nanoseconds, as {@link System#nanoTime}
     * @param patience nanoseconds that a device has to send anything
     */
    void watch(long now, long patience) throws IOException;

    /**
     * Resets the device; all buffers are the pool's, or the user's to take back. Who waits for room
     * is told. May be called twice.
     */
    @Override
    void close();
}
