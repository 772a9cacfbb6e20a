package dev.cortado.runtime.net.tcp;

/**
 * When to acknowledge data (RFC 9293, 3.8.6.3; RFC 5681, 4.2): every second full segment at once,
 * one alone after a delay, in which the program may answer. A program that does not answer gets no
 * delay at the end of what was pushed: the other side may be waiting for it, by Nagle's rule.
 */
final class AcknowledgementPolicy {
    private AcknowledgementPolicy() {}

    /** Data has come in its turn. */
    static void inOrder(TransmissionControlBlock tcb, long now, int length, boolean push) {
        // The largest seen is taken for full; a smaller one that is never passed is believed later.
        if (length > tcb.receiveSegmentBytes) {
            tcb.receiveSegmentBytes = Math.min(length, tcb.ownSegmentBytes);
        }
        long waiting = tcb.receiveNext - tcb.lastAcknowledged;
        boolean small = length < tcb.receiveSegmentBytes;
        if (waiting >= 2L * tcb.receiveSegmentBytes || small && push && !tcb.interactive) {
            tcb.acknowledgeNow = true;
        } else {
            long due = now + tcb.settings.acknowledgementDelay;
            tcb.acknowledgeAt = Math.min(tcb.acknowledgeAt, due);
        }
    }

    /** The delay has passed without an answer. */
    static void expired(TransmissionControlBlock tcb) {
        tcb.interactive = false;
        tcb.acknowledgeNow = true;
        tcb.acknowledgeAt = TransmissionControlBlock.NEVER;
    }
}
