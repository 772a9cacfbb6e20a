package dev.cortado.drivers.block.controller;

import dev.cortado.drivers.block.DeviceEnd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All requests of one life of a driver. They end together: first the device is stopped, then who
 * waits gets an error, since only then is a buffer its owner's again.
 */
public final class RequestGroup {
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
    private final DeviceEnd end;
    private final Runnable whenFailed;
    private final List<RequestTable> tables = new ArrayList<>();

    /** Why no request is made any more. */
    private volatile IOException ending;

    /** The same, as soon as the device was stopped. */
    private volatile IOException failure;

    /** Changed by the thread that takes answers. */
    private long answered;

    /** Null but while somebody sets up; only that thread looks at the turn. */
    private volatile Thread alone;

    private Turn turn;

    /**
     * @param name of the device, for messages
     * @param patience nanoseconds that it has for a request
     * @param whenFailed is told when no request can be made any more
     */
    public RequestGroup(String name, long patience, DeviceEnd.Stop stop, Runnable whenFailed) {
        this.name = name;
        this.patience = patience;
        this.whenFailed = whenFailed;
        end = new DeviceEnd(name, stop);
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

    /** How many requests the device has answered. For the thread that takes answers. */
    long answered() {
        return answered;
    }

    void countAnswer() {
        answered++;
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
            throw DeviceEnd.ofOne(why);
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
        failure = end.stop(reason);
        tables.forEach(RequestTable::look);
        whenFailed.run();
    }

    /** Ends all requests, of which one was not answered in its time. */
    void failSilent() {
        fail(end.silence());
    }

    /** Ends all requests. */
    public void close() {
        fail(end.closure());
    }
}
