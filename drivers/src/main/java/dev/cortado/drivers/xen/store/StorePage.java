package dev.cortado.drivers.xen.store;

import dev.cortado.drivers.xen.ring.RingPlace;
import dev.cortado.kernel.memory.RingMemory;

/**
 * The page that a domain shares with xenstored: {@code struct xenstore_domain_interface} of
 * public/io/xs_wire.h, described in docs/misc/xenstore-ring.txt.
 *
 * <pre>
 *      0  requests, 1024 bytes
 *   1024  replies and events, 1024 bytes
 *   2048  consumer, 2052 producer of requests
 *   2056  consumer, 2060 producer of replies
 *   2064  what the server can, a bit each
 *   2068  state of the connection
 *   2072  what the server found wrong
 * </pre>
 */
public record StorePage(RingMemory memory, long address) {
    public static final int RING_BYTES = 1024;

    private static final int REPLIES = 1024;
    private static final int REQUESTS_CONSUMER = 2048;
    private static final int REQUESTS_PRODUCER = 2052;
    private static final int REPLIES_CONSUMER = 2056;
    private static final int REPLIES_PRODUCER = 2060;
    private static final int SERVER_FEATURES = 2064;
    private static final int CONNECTION = 2068;
    private static final int ERROR = 2072;

    /** XENSTORE_SERVER_FEATURE_RECONNECTION. */
    private static final int FEATURE_RECONNECTION = 1;

    /** XENSTORE_SERVER_FEATURE_ERROR: the error field has a meaning. */
    private static final int FEATURE_ERROR = 2;

    private static final int CONNECTED = 0;
    private static final int RECONNECT = 1;

    public RingPlace requests() {
        return ring(0, REQUESTS_CONSUMER, REQUESTS_PRODUCER);
    }

    public RingPlace replies() {
        return ring(REPLIES, REPLIES_CONSUMER, REPLIES_PRODUCER);
    }

    private RingPlace ring(int data, int consumer, int producer) {
        return new RingPlace(
                memory, address + data, RING_BYTES, address + consumer, address + producer);
    }

    boolean canReconnect() {
        return hasFeature(FEATURE_RECONNECTION);
    }

    /** Asks for a new connection, with empty rings. */
    void requestReconnection() {
        memory.writeIntRelease(address + CONNECTION, RECONNECT);
    }

    /** Whether rings and indices are valid. */
    boolean isConnected() {
        return !canReconnect() || memory.readIntAcquire(address + CONNECTION) == CONNECTED;
    }

    /** Why the server has given up this connection; null if it has not. */
    String serverError() {
        int error = hasFeature(FEATURE_ERROR) ? memory.readIntAcquire(address + ERROR) : 0;
        return switch (error) {
            case 0 -> null;
            case 1 -> "xenstored cannot send events";
            case 2 -> "xenstored found a wrong index in the ring";
            case 3 -> "xenstored got a message that is too long";
            default -> "xenstored found error " + error;
        };
    }

    private boolean hasFeature(int feature) {
        return (memory.readIntAcquire(address + SERVER_FEATURES) & feature) != 0;
    }
}
