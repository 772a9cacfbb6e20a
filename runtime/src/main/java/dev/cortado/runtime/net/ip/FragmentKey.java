package dev.cortado.runtime.net.ip;

/** To which packet a fragment belongs (RFC 791, 3.2; RFC 8200, 4.5). One object for many looks. */
final class FragmentKey {
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int identification;

    /** Of IPv4; in IPv6 it does not belong to the key, and is 0. */
    int protocol;

    void set(FragmentKey other) {
        sourceHigh = other.sourceHigh;
        sourceLow = other.sourceLow;
        destinationHigh = other.destinationHigh;
        destinationLow = other.destinationLow;
        identification = other.identification;
        protocol = other.protocol;
    }

    boolean is(FragmentKey other) {
        return identification == other.identification
                && protocol == other.protocol
                && sourceLow == other.sourceLow
                && sourceHigh == other.sourceHigh
                && destinationLow == other.destinationLow
                && destinationHigh == other.destinationHigh;
    }
}
