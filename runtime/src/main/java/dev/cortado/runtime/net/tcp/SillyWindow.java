package dev.cortado.runtime.net.tcp;

/**
 * When a segment that is not full may go (RFC 1122, 4.2.3.4), with Nagle's rule (RFC 9293, 3.7.4)
 * in Minshall's variant: one that is not full waits for one that was not full before, not for full
 * ones. And no longer than a round trip: the rule is there to have one small segment a round trip,
 * not to wait until the other side's delayed acknowledgement comes.
 */
final class SillyWindow {
    private static final long SHORTEST_HOLD = 1_000_000;
    private static final long LONGEST_HOLD = 100_000_000;

    private SillyWindow() {}

    /**
     * @param length bytes that could go
     * @param all whether that is all there is
     * @param fin whether the program will write no more
     */
    static boolean maySend(
            TransmissionControlBlock tcb, long now, int length, boolean all, boolean fin) {
        if (all) {
            if (tcb.noDelay || fin || tcb.smallEnd <= tcb.unacknowledged) {
                return true;
            }
            long until = tcb.smallSentAt + hold(tcb);
            if (now >= until) {
                return true;
            }
            tcb.sendAgainAt = until;
            return false;
        }
        return length * 2L >= tcb.largestWindow && length > 0;
    }

    private static long hold(TransmissionControlBlock tcb) {
        long roundTrip = tcb.roundTripTime.minimum();
        return Math.max(SHORTEST_HOLD, Math.min(LONGEST_HOLD, roundTrip + roundTrip / 4));
    }
}
