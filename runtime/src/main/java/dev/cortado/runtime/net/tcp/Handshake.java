package dev.cortado.runtime.net.tcp;

/** What both sides have said in their SYNs, where the other side's came first. */
final class Handshake {
    /** ISS and IRS. */
    int initialSend;

    int initialReceive;

    /** When our answer was sent; 0 if it was sent again, so that no round trip can be measured. */
    long answeredAt;

    /** The window in the SYN. */
    int window;

    /** The MSS option, what counts without one. */
    int peerSegmentBytes;

    /** Shift of the other side's windows, -1 if it did not say. */
    int sendScale = -1;

    boolean selective;
    boolean timestamps;
    boolean ecn;
    int recentTimestamp;
    int timestampOffset;
}
