package dev.cortado.drivers.xen.store;

import dev.cortado.drivers.xen.event.EventPort;
import dev.cortado.drivers.xen.ring.CorruptRingException;
import dev.cortado.drivers.xen.ring.RingReader;
import dev.cortado.drivers.xen.ring.RingWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One life of a connection: the rings, the messages that are on their way through them, and the
 * requests that wait for a reply. A new life begins with empty rings after the domain was restored
 * or the connection was lost. Guarded by the connection's lock; never waits.
 */
final class StoreLink {
    /** So that a flood of events does not keep the lock for ever. */
    private static final int MOST_MESSAGES = 64;

    private final StorePage page;
    private final EventPort port;
    private final WatchTable watches;
    private final RingWriter requests;
    private final MessageAssembler replies;
    private final ArrayDeque<Request> unsent = new ArrayDeque<>();
    private final Map<Integer, Request> unanswered = new HashMap<>();
    private int lastId;

    /** The message that is in the ring in part, and how much of it. */
    private byte[] sending = new byte[0];

    private int sent;

    StoreLink(StorePage page, EventPort port, WatchTable watches) {
        this.page = page;
        this.port = port;
        this.watches = watches;
        requests = new RingWriter(page.requests());
        replies = new MessageAssembler(new RingReader(page.replies()));
    }

    StorePage page() {
        return page;
    }

    EventPort port() {
        return port;
    }

    void add(Request request) {
        unsent.add(request);
    }

    boolean isIdle() {
        return unsent.isEmpty() && unanswered.isEmpty() && sent == sending.length;
    }

    /** Nobody waits for the reply any more. */
    void forget(Request request) {
        unsent.remove(request);
        unanswered.remove(request.id, request);
    }

    /** All requests that have no reply, in their order. */
    List<Request> takeAll() {
        List<Request> all = new ArrayList<>(new TreeMap<>(unanswered).values());
        all.addAll(unsent);
        unanswered.clear();
        unsent.clear();
        return all;
    }

    /**
     * Sends and receives what can be now.
     *
     * @return whether anything could
     */
    boolean move() throws CorruptRingException {
        if (!page.isConnected()) {
            return false;
        }
        String error = page.serverError();
        if (error != null) {
            throw new CorruptRingException(error);
        }
        boolean moved = receive();
        moved |= send();
        if (moved) {
            port.send();
        }
        return moved;
    }

    private boolean send() throws CorruptRingException {
        boolean moved = false;
        while (true) {
            if (sent == sending.length) {
                Request next = unsent.poll();
                if (next == null) {
                    return moved;
                }
                next.id = nextId();
                unanswered.put(next.id, next);
                sending = next.encode();
                sent = 0;
            }
            int count = requests.write(sending, sent, sending.length - sent);
            if (count == 0) {
                return moved;
            }
            sent += count;
            moved = true;
        }
    }

    /** Not 0, which is a watch's event, and none that is in use. */
    private int nextId() {
        do {
            lastId++;
        } while (lastId == 0 || unanswered.containsKey(lastId));
        return lastId;
    }

    private boolean receive() throws CorruptRingException {
        long before = replies.bytes();
        for (int i = 0; i < MOST_MESSAGES; i++) {
            WireMessage message = replies.next();
            if (message == null) {
                break;
            }
            dispatch(message);
        }
        return replies.bytes() != before;
    }

    /** A reply to nobody is one that came too late. */
    private void dispatch(WireMessage message) {
        if (message.type() == MessageType.WATCH_EVENT) {
            watches.fire(message);
            return;
        }
        Request request = unanswered.remove(message.requestId());
        if (request != null) {
            request.answer(message);
        }
    }
}
