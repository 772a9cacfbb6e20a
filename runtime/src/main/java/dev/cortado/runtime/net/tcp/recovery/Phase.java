package dev.cortado.runtime.net.tcp.recovery;

/** Where a sender is between a loss and its repair. */
public enum Phase {
    /** Nothing is taken for lost. */
    OPEN,

    /**
     * Fast recovery (RFC 6675, 5; RFC 6582, 3.2): the window goes down as what is lost is resent.
     */
    FAST,

    /** After the retransmission timer: slow start from one segment. */
    TIMEOUT
}
