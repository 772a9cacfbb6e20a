package dev.cortado.drivers.xen.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The watches of a connection by their tokens, through which events find them. */
final class WatchTable {
    private final StoreConnection connection;
    private final Map<String, Watch> watches = new HashMap<>();
    private long lastToken;

    WatchTable(StoreConnection connection) {
        this.connection = connection;
    }

    Watch add(String path, WatchQueue queue) throws IOException {
        Watch watch;
        synchronized (this) {
            // Before xenstored knows: the first event comes before the reply.
            String token = Long.toString(++lastToken);
            watch = new Watch(this, path, token, queue);
            watches.put(token, watch);
        }
        boolean added = false;
        try {
            connection.exchange(MessageType.WATCH, path, payload(watch));
            added = true;
        } finally {
            synchronized (this) {
                if (added) {
                    watch.registered = true;
                } else {
                    watches.remove(watch.token());
                }
            }
        }
        return watch;
    }

    void remove(Watch watch) throws IOException {
        synchronized (this) {
            if (watches.remove(watch.token()) == null) {
                return;
            }
        }
        watch.queue().remove(watch);
        try {
            connection.exchange(MessageType.UNWATCH, watch.path(), payload(watch));
        } catch (StoreException e) {
            if (!e.is(StoreException.ENOENT)) {
                throw e;
            }
        }
    }

    /** The requests that make a new connection know the watches of the last one. */
    synchronized List<Request> registrations() {
        List<Request> requests = new ArrayList<>();
        for (Watch watch : watches.values()) {
            if (watch.registered) {
                requests.add(
                        new Request(
                                MessageType.WATCH,
                                watch.path(),
                                payload(watch),
                                0,
                                Request.ANY_LIFE,
                                null));
            }
        }
        return requests;
    }

    /** A message of type WATCH_EVENT; one that makes no sense, or is for nobody, is dropped. */
    void fire(WireMessage event) {
        List<byte[]> texts = event.texts();
        if (texts == null || texts.size() < 2) {
            return;
        }
        Watch watch;
        synchronized (this) {
            watch = watches.get(new String(texts.get(1), StandardCharsets.US_ASCII));
        }
        if (watch != null) {
            watch.fire(new String(texts.get(0), StandardCharsets.US_ASCII));
        }
    }

    synchronized void lose(String reason) {
        for (Watch watch : watches.values()) {
            watch.queue().lose(reason);
        }
    }

    private static byte[] payload(Watch watch) {
        return StorePath.payload(watch.path(), watch.token());
    }
}
