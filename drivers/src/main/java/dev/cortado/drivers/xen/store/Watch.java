package dev.cortado.drivers.xen.store;

import java.io.IOException;

/**
 * The wish to hear of changes to a node and those beneath it. Its first event comes at once;
 * another one comes when the domain has been restored or the connection was lost meanwhile.
 */
public final class Watch implements AutoCloseable {
    private final WatchTable table;
    private final String path;
    private final String token;
    private final WatchQueue queue;

    /** Whether xenstored knows it. Guarded by the table. */
    boolean registered;

    Watch(WatchTable table, String path, String token, WatchQueue queue) {
        this.table = table;
        this.path = path;
        this.token = token;
        this.queue = queue;
    }

    public String path() {
        return path;
    }

    String token() {
        return token;
    }

    WatchQueue queue() {
        return queue;
    }

    /** An event for this; {@code changed} is not to be believed. */
    void fire(String changed) {
        boolean beneath =
                changed.startsWith(path)
                        && (changed.length() == path.length()
                                || path.equals("/")
                                || changed.charAt(path.length()) == '/');
        queue.add(new WatchEvent(this, beneath ? changed : path));
    }

    /** An event more, for something that is to be looked at and is not in xenstore. */
    public void repeat() {
        queue.add(new WatchEvent(this, path));
    }

    /** No more events, also none of those that wait in the queue. */
    @Override
    public void close() throws IOException {
        table.remove(this);
    }
}
