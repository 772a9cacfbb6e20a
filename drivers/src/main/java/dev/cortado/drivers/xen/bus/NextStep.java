package dev.cortado.drivers.xen.bus;

/** What a frontend does next, from its own state and its backend's. */
enum NextStep {
    /** Wait for the backend. */
    NONE,

    /** The backend has come back: begin from the start. */
    BEGIN,

    /** The backend is ready for what we publish. */
    CONNECT,

    /** The backend has connected to what we published. */
    ESTABLISH,

    /** The backend is going, or gone. */
    DISCONNECT,

    /** The backend has begun anew without a word: what it had is no more, and it waits for us. */
    RESTART;

    /**
     * A backend that is further than we are is one of an earlier life of ours, and comes back to
     * INIT_WAIT when it sees that we have closed, and then begin. INITIALISED is for one that has
     * nothing to agree upon what INIT_WAIT is for others (public/io/blkif.h, "State Diagrams").
     *
     * @param met whether the backend has been connected to what we published last
     * @param reopens whether we have closed to begin anew, as soon as the backend has closed, too:
     *     one that sees us begin before that takes no notice of it
     */
    static NextStep of(BusState own, BusState backend, boolean met, boolean reopens) {
        return switch (backend) {
            case INITIALISING -> isDown(own) ? BEGIN : isUp(own) ? RESTART : NONE;
            case INIT_WAIT, INITIALISED -> withNew(own, met);
            case RECONFIGURING, RECONFIGURED -> NONE;
            case CONNECTED -> own == BusState.INITIALISED ? ESTABLISH : NONE;
            case CLOSED -> isDown(own) && reopens ? BEGIN : isUp(own) ? DISCONNECT : NONE;
            case CLOSING, UNKNOWN -> isUp(own) ? DISCONNECT : NONE;
        };
    }

    private static NextStep withNew(BusState own, boolean met) {
        if (own == BusState.INITIALISING) {
            return CONNECT;
        }
        if (isDown(own)) {
            return BEGIN;
        }
        return met ? RESTART : NONE; // NONE: it has not seen yet what we published
    }

    /** Whether there is something to disconnect. */
    private static boolean isUp(BusState own) {
        return own == BusState.INITIALISED || own == BusState.CONNECTED;
    }

    private static boolean isDown(BusState own) {
        return own == BusState.UNKNOWN || own == BusState.CLOSED;
    }
}
