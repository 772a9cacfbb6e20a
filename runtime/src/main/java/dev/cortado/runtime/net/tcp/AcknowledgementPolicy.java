package dev.cortado.runtime.net.tcp;

/**
 * When to acknowledge data (RFC 9293, 3.8.6.3; RFC 5681, 4.2): every second full segment at once,
 * one alone after a delay, in which the program may answer. A program that does not answer gets no
 * delay at the end of what was pushed: the other side may be waiting for it, by Nagle's rule. It is
 * believed to answer when it has done so in time a few times in a row.
 */
final class AcknowledgementPolicy {
    private static final int PROMPT_ANSWERS = 4;

    private AcknowledgementPolicy() {}

    /**
     * Data has come in its turn.
     *
     * @param segmentBytes what each held of the segments that the packet was made of; 0 if it is
     *     one segment, or nobody knows
     */
    static void inOrder(
            TransmissionControlBlock tcb, long now, int length, int segmentBytes, boolean push) {
        // The largest seen is taken for full; a smaller one that is never passed is believed later.
        int one = segmentBytes > 0 ? Math.min(segmentBytes, length) : length;
        int most = tcb.ownSegmentBytes - SegmentWriter.dataOptionBytes(tcb);
        tcb.receiveSegmentBytes = Math.max(tcb.receiveSegmentBytes, Math.min(one, most));
        long waiting = tcb.receiveNext - tcb.lastAcknowledged;
        boolean small = length < tcb.receiveSegmentBytes;
        long due = now + tcb.settings.acknowledgementDelay;
        boolean isPiece = small && push && !tcb.interactive;
        if (isPiece) {
            boolean isFirst = tcb.answerUntil == TransmissionControlBlock.NEVER;
            tcb.promptAnswers = isFirst ? tcb.promptAnswers : 0;
            tcb.answerUntil = due;
        }
        if (isPiece || waiting >= 2L * tcb.receiveSegmentBytes) {
            tcb.acknowledgeNow = true;
        } else {
            tcb.acknowledgeAt = Math.min(tcb.acknowledgeAt, due);
        }
    }

    /** The program has sent something. */
    static void answered(TransmissionControlBlock tcb, long now) {
        if (tcb.acknowledgeAt != TransmissionControlBlock.NEVER) {
            tcb.interactive = true;
        } else if (tcb.answerUntil != TransmissionControlBlock.NEVER) {
            tcb.promptAnswers = now <= tcb.answerUntil ? tcb.promptAnswers + 1 : 0;
            tcb.interactive |= tcb.promptAnswers >= PROMPT_ANSWERS;
        }
        tcb.answerUntil = TransmissionControlBlock.NEVER;
    }

    /** The delay has passed without an answer. */
    static void expired(TransmissionControlBlock tcb) {
        tcb.interactive = false;
        tcb.promptAnswers = 0;
        tcb.acknowledgeNow = true;
        tcb.acknowledgeAt = TransmissionControlBlock.NEVER;
    }
}
