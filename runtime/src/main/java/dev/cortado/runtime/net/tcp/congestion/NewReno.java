package dev.cortado.runtime.net.tcp.congestion;

/** RFC 5681: a segment more each round trip, half as many after a loss. */
public final class NewReno extends CongestionControl {
    private long counted;

    public NewReno(int segmentBytes) {
        super(segmentBytes);
    }

    @Override
    public String name() {
        return "newreno";
    }

    /** Section 3.1 with the byte counting that it recommends (RFC 3465). */
    @Override
    protected long grow(long now, long window, long acknowledged, long roundTrip) {
        counted += acknowledged;
        if (counted < window) {
            return window;
        }
        counted -= window;
        return window + segmentBytes();
    }

    /** Section 3.1, equation (4). */
    @Override
    protected long reduce(long now, long window, long flight) {
        counted = 0;
        return flight / 2;
    }

    @Override
    protected void restore() {}
}
