package dev.cortado.drivers.block.controller;

import dev.cortado.drivers.block.BufferInUseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All requests of one life of a driver. They end together: first the device is stopped, then who
 * waits gets an error, since only then is a buffer its owner's again.
 */
public final class RequestGroup {
    /** Keeps a device from memory. */
    public interface Stop {
        /**
         * Resets it, or keeps it from memory otherwise.
         *
         * @throws IOException neither can be done: it may still write to buffers
         */
        void stop() throws IOException;
    }

    /** Waits for an interrupt, and takes the answers that there are. */
    public interface Turn {
        void take(long nanoseconds) throws IOException, InterruptedException;
    }

    /** Makes requests before there is a thread for their answers. */
    public interface SetUp {
        void run() throws IOException, InterruptedException;
    }

    private final String name;
    private final long patience;
    private final Stop stop;
    private final Runnable whenFailed;
    private final List<RequestTable> tables = new ArrayList<>();

    // Made beforehand: without memory for them when they are due, requests would end before the
    // device has let go of their buffers, or never.
    private final IOException silence;
    private final IOException closure;
    private final IOException runaway;

    /** Why no request is made any more. */
    private volatile IOException ending;

    /** The same, as soon as the device was stopped. */
    private volatile IOException failure;

    /** Null but while somebody sets up; only that thread looks at the turn. */
    private volatile Thread alone;

    private Turn turn;

    /**
     * @param name of the device, for messages
     * @param patience nanoseconds that it has for a request
     * @param whenFailed is told when no request can be made any more
     */
    public RequestGroup(String name, long patience, Stop stop, Runnable whenFailed) {
        this.name = name;
        this.patience = patience;
        this.stop = stop;
        this.whenFailed = whenFailed;
        silence = new IOException(name + ": it does not answer");
        closure = new IOException(name + ": it was closed");
        runaway = new BufferInUseException(name + ": it may still write to buffers", null);
    }

    /** A table for so many requests at once. Before the first request. */
    public synchronized RequestTable table(int slots) {
        RequestTable table = new RequestTable(this, slots);
        tables.add(table);
        return table;
    }

    public String name() {
        return name;
    }

    long patience() {
        return patience;
    }

    public boolean isAlive() {
        return ending == null;
    }

    /**
     * Before a request is made.
     *
     * @throws IOException none is made any more
     */
    public void checkAlive() throws IOException {
        check(ending);
    }

    /**
     * While a request is under way.
     *
     * @throws IOException the device was stopped
     */
    void checkStopped() throws IOException {
        check(failure);
    }

    private static void check(IOException why) throws IOException {
        if (why != null) {
            throw new IOException(why.getMessage(), why);
        }
    }

    /** While the set-up runs, its thread takes the answers to its requests itself. */
    public void setUp(Turn takes, SetUp work) throws IOException, InterruptedException {
        turn = takes;
        alone = Thread.currentThread();
        try {
            work.run();
        } finally {
            alone = null;
        }
    }

    boolean isSetUpHere() {
        return alone == Thread.currentThread();
    }

    void takeTurn(long nanoseconds) throws IOException, InterruptedException {
        turn.take(nanoseconds);
    }

    /**
     * Ends all requests, the device being stopped; nothing if that was done before. Not called with
     * a table's lock.
     */
    public synchronized void fail(IOException reason) {
        if (ending != null) {
            return;
        }
        ending = reason;
        tables.forEach(RequestTable::look); // and none is being made
        failure = stopped(reason);
        tables.forEach(RequestTable::look);
        whenFailed.run();
    }

    /** Stops the device; how requests end then. */
    private IOException stopped(IOException reason) {
        try {
            stop.stop();
            return reason;
        } catch (IOException | RuntimeException | Error e) { // who waits has to hear of any
            return notStopped(reason, e);
        }
    }

    private IOException notStopped(IOException reason, Throwable failedStop) {
        try {
            return BufferInUseException.of(reason, failedStop);
        } catch (OutOfMemoryError e) {
            return runaway;
        }
    }

    /** Ends all requests, of which one was not answered in its time. */
    void failSilent() {
        fail(silence);
    }

    /** Ends all requests. */
    public void close() {
        fail(closure);
    }
}
