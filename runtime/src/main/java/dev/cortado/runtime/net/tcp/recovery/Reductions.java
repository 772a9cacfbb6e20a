package dev.cortado.runtime.net.tcp.recovery;

/**
 * Congestion marks count once a window, and the other side is told of each reduction (RFC 3168,
 * 6.1.2).
 */
final class Reductions {
    /** Behind what was sent when the window was reduced last. */
    private long point;

    private boolean isToldOf = true;

    Reductions(long start) {
        point = start;
    }

    /**
     * For a loss or a mark.
     *
     * @param last position behind what was sent
     */
    void reduced(long last) {
        point = last;
        isToldOf = false;
    }

    /**
     * Whether a mark that comes now is of what was sent since.
     *
     * @param first position that is not acknowledged
     */
    boolean mayReduce(long first) {
        return first > point;
    }

    /** Whether the other side is still to be told; it is told now. */
    boolean tell() {
        boolean was = isToldOf;
        isToldOf = true;
        return !was;
    }
}
