package dev.cortado.drivers.xen.bus;

/** How far one half of a device is: {@code XenbusState*} of public/io/xenbus.h, in its order. */
public enum BusState {
    /** There is no state, or none that makes sense. */
    UNKNOWN,
    INITIALISING,

    /** Done with itself, and waits for what the other half publishes. */
    INIT_WAIT,

    /** Has published what the other half needs, and waits for it to connect. */
    INITIALISED,
    CONNECTED,

    /** Is going away, or its other half has an error. */
    CLOSING,
    CLOSED,
    RECONFIGURING,
    RECONFIGURED;

    private static final BusState[] ALL = values();

    /** What a node has in it, which may be anything, or null. */
    static BusState decode(String text) {
        if (text == null || text.length() != 1) {
            return UNKNOWN;
        }
        int number = text.charAt(0) - '0';
        return number > 0 && number < ALL.length ? ALL[number] : UNKNOWN;
    }

    String encode() {
        return Integer.toString(ordinal());
    }
}
