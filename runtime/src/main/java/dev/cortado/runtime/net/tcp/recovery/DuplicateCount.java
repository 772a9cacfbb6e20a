package dev.cortado.runtime.net.tcp.recovery;

/**
 * Acknowledgements that acknowledge nothing new, of a peer without SACK (RFC 5681, 3.2; RFC 6582):
 * each tells that some segment has arrived, the third that the first one has not.
 */
final class DuplicateCount {
    private static final int THRESHOLD = 3;

    private int count;

    void clear() {
        count = 0;
    }

    /** Bytes that they tell of. */
    long bytes(int segmentBytes) {
        return (long) count * segmentBytes;
    }

    /**
     * One more has come.
     *
     * @param underWay segments that it may tell of
     * @return whether the first segment is taken for lost now
     */
    boolean another(int underWay) {
        count = Math.min(count + 1, underWay);
        return count == THRESHOLD;
    }

    /**
     * Something new was acknowledged.
     *
     * @return whether that is a partial acknowledgement (RFC 6582, 3.2, step 3), if it is not all
     *     that was under way when the recovery began: what is first now is missing as well
     */
    boolean progress(Phase phase, long bytes, int segmentBytes) {
        if (phase == Phase.OPEN) {
            count = 0;
            return false;
        }
        count = Math.max(0, count - (int) Math.min(count, bytes / segmentBytes));
        return phase == Phase.FAST;
    }
}
