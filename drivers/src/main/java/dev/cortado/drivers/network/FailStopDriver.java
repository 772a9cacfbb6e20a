package dev.cortado.drivers.network;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** A driver that ends with its first failure: it resets its device once, and says why since. */
public abstract class FailStopDriver implements NetworkDriver {
    /** Taken last of all. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile IOException failure;
    private volatile Runnable listener = () -> {};

    /**
     * Resets the device, also for a thread that is interrupted. Called once, by one thread.
     *
     * @param why the driver ends, to which it adds what goes wrong
     */
    protected abstract void reset(IOException why);

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
                reset(why);
                failure = why;
                listener.run();
            }
            return why;
        } finally {
            lock.unlock();
        }
    }
}
