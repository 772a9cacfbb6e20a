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
    DISCONNECT;

    /**
     * A backend that is further than we are is one of an earlier life of ours, and comes back to
     * INIT_WAIT when it sees that we begin.
     */
    static NextStep of(BusState own, BusState backend) {
        return switch (backend) {
            case INITIALISING, INIT_WAIT -> withNew(own, backend);
            case INITIALISED, RECONFIGURING, RECONFIGURED -> NONE;
            case CONNECTED -> own == BusState.INITIALISED ? ESTABLISH : NONE;
            case CLOSING, CLOSED, UNKNOWN -> isDown(own) ? NONE : DISCONNECT;
        };
    }

    private static NextStep withNew(BusState own, BusState backend) {
        if (own == BusState.INITIALISING) {
            return backend == BusState.INIT_WAIT ? CONNECT : NONE;
        }
        if (isDown(own)) {
            return BEGIN;
        }
        // INIT_WAIT with INITIALISED: it has not seen yet what we published.
        return backend == BusState.INIT_WAIT ? NONE : DISCONNECT;
    }

    /** Whether there is nothing to disconnect. */
    private static boolean isDown(BusState own) {
        return own == BusState.UNKNOWN || own == BusState.INITIALISING || own == BusState.CLOSED;
    }
}
