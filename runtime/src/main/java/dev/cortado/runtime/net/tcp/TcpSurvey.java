package dev.cortado.runtime.net.tcp;

/**
 * Goes through all listeners and connections, for somebody to look at. It takes no lock: nobody
 * waits for it, and it waits for nobody, not even for a thread that keeps a connection's lock for
 * ever. What it tells is of about now, and of things that come or go meanwhile some may be left
 * out. It makes no objects. For one thread.
 */
public final class TcpSurvey {
    private TcpListener[] listeners;
    private int nextListener;
    private ConnectionTable table;
    private int nextBucket;
    private TableEntry nextEntry;
    private TcpListener listener;
    private TcpConnection connection;
    private int timeWaits;
    private int halfOpen;

    /** Begins before the first listener and the first connection. */
    public void begin(TcpTransport tcp) {
        end();
        listeners = tcp.listeners();
        nextListener = 0;
        table = tcp.table();
        nextBucket = 0;
        timeWaits = 0;
        halfOpen = 0;
    }

    /** Forgets all of them, who may be gone before somebody looks again. */
    public void end() {
        listeners = null;
        table = null;
        nextEntry = null;
        listener = null;
        connection = null;
    }

    /** Goes to the next listener; false if there is none. */
    public boolean nextListener() {
        if (nextListener == listeners.length) {
            return false;
        }
        listener = listeners[nextListener++];
        return true;
    }

    public long listenerHigh() {
        return listener.address().high();
    }

    public long listenerLow() {
        return listener.address().low();
    }

    public int listenerPort() {
        return listener.port();
    }

    /** Connections of the listener that wait to be accepted. */
    public int listenerWaiting() {
        return listener.queue.size();
    }

    /** How many may wait. */
    public int listenerBacklog() {
        return listener.backlog;
    }

    public int listenerHalfOpen() {
        return listener.halfOpen.size();
    }

    /** Goes to the next connection, and counts what is none; false if there is none. */
    public boolean nextConnection() {
        while (true) {
            while (nextEntry == null) {
                if (nextBucket == table.buckets()) {
                    return false;
                }
                nextEntry = table.peek(nextBucket++);
            }
            TableEntry entry = nextEntry;
            nextEntry = entry.nextInBucket;
            if (entry instanceof TcpConnection found) {
                connection = found;
                return true;
            }
            timeWaits += entry instanceof TimeWait ? 1 : 0;
            halfOpen += entry instanceof HalfOpen ? 1 : 0;
        }
    }

    /** Of those that {@link #nextConnection} has passed. */
    public int timeWaits() {
        return timeWaits;
    }

    /** As {@link #timeWaits}: those whose handshake has only begun. */
    public int halfOpen() {
        return halfOpen;
    }

    public State state() {
        return connection.tcb.state;
    }

    public long localHigh() {
        return connection.localHigh;
    }

    public long localLow() {
        return connection.localLow;
    }

    public int localPort() {
        return connection.localPort;
    }

    public long remoteHigh() {
        return connection.remoteHigh;
    }

    public long remoteLow() {
        return connection.remoteLow;
    }

    public int remotePort() {
        return connection.remotePort;
    }

    /** Bytes that the program has written and the other side has not acknowledged. */
    public int toSend() {
        return Math.max(0, connection.tcb.send.size());
    }

    /** Bytes that have come and the program has not read. */
    public int toRead() {
        var received = connection.tcb.receive;
        return received == null ? 0 : Math.max(0, received.size());
    }

    /** Segments that were sent again. */
    public long resent() {
        return connection.tcb.resentSegments;
    }
}
