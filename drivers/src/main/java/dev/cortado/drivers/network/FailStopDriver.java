package dev.cortado.drivers.network;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** A driver that ends with its first failure: it resets its device once, and says why since. */
public abstract class FailStopDriver implements NetworkDriver {
    private final String name;

    /** Made beforehand: that memory lacks does not keep a driver from its end. */
    private final IOException closure;

    /** Taken last of all. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile IOException failure;
    private volatile Runnable listener = () -> {};

    /**
     * @param name of the device, for messages
     */
    protected FailStopDriver(String name) {
        this.name = name;
        closure = new IOException(name + ": it was closed");
    }

    /**
     * Resets the device, also for a thread that is interrupted. Called once, by one thread.
     *
     * @throws IOException it does not reset itself; the driver ends in any case, whatever is thrown
     */
    protected abstract void reset() throws IOException;

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void setEndListener(Runnable whoIsTold) {
        listener = whoIsTold;
        if (failure != null) {
            whoIsTold.run();
        }
    }

    @Override
    public final boolean isUsable() {
        return failure == null;
    }

    @Override
    public final void checkUsable() throws IOException {
        IOException why = failure;
        if (why != null) {
            throw new IOException(why.getMessage(), why);
        }
    }

    @Override
    public final IOException abort(IOException why) {
        lock.lock();
        try {
            if (failure == null) {
                end(why);
            }
            return why;
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #abort}, for a driver that is at its end without a failure. */
    protected final void abort() {
        abort(closure);
    }

    private void end(IOException why) {
        try {
            reset();
        } catch (IOException | RuntimeException | Error e) {
            add(why, e); // whoever gave us the device has to take its memory from it
        } finally {
            failure = why;
            listener.run();
        }
    }

    private static void add(IOException why, Throwable other) {
        try {
            why.addSuppressed(other);
        } catch (OutOfMemoryError e) {
            // It is not known, then.
        }
    }
}
