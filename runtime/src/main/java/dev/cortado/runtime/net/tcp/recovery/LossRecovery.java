package dev.cortado.runtime.net.tcp.recovery;

import static dev.cortado.runtime.net.tcp.recovery.SentSegments.EVER_RESENT;
import static dev.cortado.runtime.net.tcp.recovery.SentSegments.RESENT;
import static dev.cortado.runtime.net.tcp.recovery.SentSegments.SACKED;

import dev.cortado.runtime.net.tcp.congestion.CongestionControl;
import dev.cortado.runtime.net.tcp.congestion.ProportionalRateReduction;
import dev.cortado.runtime.net.tcp.timing.RoundTripTime;

/**
 * What becomes of what was sent: takes acknowledgements and the timer, and says what to send again
 * and how much may go out. Not synchronised: the connection's lock is held.
 */
public final class LossRecovery {
    public static final int NONE = -1;

    private final CongestionControl control;
    private final RoundTripTime roundTripTime;
    private final SentSegments segments;
    private final Arrivals arrivals;
    private final Rack rack = new Rack();
    private final TailLossProbe probe = new TailLossProbe();
    private final SpuriousRecovery spurious = new SpuriousRecovery();
    private final ProportionalRateReduction reduction = new ProportionalRateReduction();
    private final RetransmissionTimer timer = new RetransmissionTimer();
    private final Reductions reductions;

    private Phase phase = Phase.OPEN;
    private boolean selective;

    /** Behind what was sent when the recovery began. */
    private long recoveryPoint;

    private final DuplicateCount duplicates = new DuplicateCount();

    /** Losses before this are the path's, which takes less than it did, not congestion's. */
    private long pathPoint = Long.MIN_VALUE;

    private int segmentBytes;

    /** Before this segment, none waits to be sent again. */
    private int resendHint;

    /** Behind the SYN. */
    private final long firstData;

    /** Bytes that were under way before the latest acknowledgement. */
    private long flight;

    /**
     * @param start position of the first byte that will be sent
     */
    public LossRecovery(
            CongestionControl control, RoundTripTime roundTripTime, int segmentBytes, long start) {
        this.control = control;
        this.roundTripTime = roundTripTime;
        this.segmentBytes = segmentBytes;
        this.segments = new SentSegments(start);
        this.arrivals = new Arrivals(segments, rack, roundTripTime);
        this.recoveryPoint = start;
        this.reductions = new Reductions(start);
        this.firstData = start + 1;
    }

    /** Whether both sides have said that they do SACK (RFC 2018, 2). */
    public void setSelective(boolean value) {
        selective = value;
    }

    public void setSegmentBytes(int bytes) {
        segmentBytes = bytes;
        control.setSegmentBytes(bytes);
    }

    public Phase phase() {
        return phase;
    }

    /** Whether all that was sent is acknowledged. */
    public boolean isIdle() {
        return segments.count() == 0;
    }

    /** Whether nothing more can be noted as sent. */
    public boolean isFull() {
        return segments.isFull();
    }

    /** Bytes taken to be under way. */
    public long pipe() {
        long pipe = segments.pipe();
        return selective ? pipe : pipe - Math.min(pipe, duplicates.bytes(segmentBytes));
    }

    /** Bytes that may be sent now, as far as the path is concerned. */
    public long room() {
        return control.window() - pipe();
    }

    /** New bytes have been sent, up to a position. */
    public void sent(long now, long end) {
        boolean first = segments.count() == 0;
        long bytes = end - segments.last();
        segments.add(now, end);
        timer.sent(now, first);
        if (phase == Phase.FAST) {
            reduction.sent(bytes);
        }
    }

    /** Bytes were sent, who knows when or how often: no round trip of theirs counts (Karn). */
    public void sentBefore(long now, long end) {
        sent(now, end);
        segments.markAmbiguous();
    }

    /** The segment to send again next, {@link #NONE} if there is none. */
    public int nextLost() {
        if (segments.lostBytes() == 0 || spurious.prefersNewData()) {
            return NONE;
        }
        resendHint = segments.nextLost(resendHint);
        return resendHint < segments.count() ? resendHint : NONE;
    }

    /** There is nothing new for F-RTO to send (RFC 5682, 2.1, 2b): whether losses go instead. */
    public boolean hasNothingNew() {
        return segments.last() == recoveryPoint && spurious.giveUpNewData();
    }

    public long start(int segment) {
        return segments.start(segment);
    }

    public long end(int segment) {
        return segments.end(segment);
    }

    /** Cuts a segment that is longer than what can be sent now. */
    public void limit(int segment, int bytes) {
        segments.split(segment, segments.start(segment) + bytes);
    }

    /**
     * A segment has been sent again.
     *
     * @param stamp the timestamp in it
     */
    public void resent(long now, int segment, int stamp) {
        spurious.resent(stamp);
        segments.resend(now, segment);
        timer.resent(now);
        if (phase == Phase.FAST) {
            reduction.sent(segments.end(segment) - segments.start(segment));
        }
    }

    /** The last segment sent, for a probe when there is nothing new. */
    public int lastSegment() {
        return segments.count() - 1;
    }

    /** A probe has been sent. */
    public void probed(long now, boolean isResent) {
        probe.sent(segments.last(), isResent);
        timer.probed(now);
    }

    /** Takes an acknowledgement. */
    public void acknowledged(Acknowledgement acknowledgement) {
        long now = acknowledgement.now;
        flight = segments.last() - segments.first();
        long lostBefore = segments.lostBytes();
        int countBefore = segments.count();
        arrivals.originalBefore = recoveryPoint;
        arrivals.take(acknowledgement, selective, countBefore);
        boolean progress = arrivals.moved > 0;
        resendHint = Math.max(0, resendHint - (countBefore - segments.count()));
        long delivered = arrivals.cumulative + arrivals.selective;
        if (progress) {
            timer.progress(now);
        }
        if (!selective) {
            delivered += countDuplicates(acknowledgement, progress);
        }
        answerProbe(acknowledgement, delivered == 0 && acknowledgement.mayBeDuplicate);
        undoIfSpurious(acknowledgement, progress);
        leaveIfRepaired(acknowledgement);
        if (selective) {
            detect(now);
        }
        proceed(acknowledgement, delivered, segments.lostBytes() > lostBefore);
    }

    private void answerProbe(Acknowledgement acknowledgement, boolean plain) {
        boolean was = probe.isUnderWay();
        if (probe.acknowledged(acknowledgement.position, arrivals.duplicate, plain)) {
            congestionMark(acknowledgement.now);
        } else if (was && arrivals.duplicate && !acknowledgement.hasEcho && !probe.isUnderWay()) {
            // It came too early, and nobody knows by how much: none before that is measured.
            roundTripTime.backOff();
        }
    }

    private long countDuplicates(Acknowledgement acknowledgement, boolean progress) {
        boolean wasFirstLost = false;
        long assumed = 0;
        if (progress) {
            wasFirstLost =
                    duplicates.progress(phase, arrivals.moved, segmentBytes)
                            && acknowledgement.position < recoveryPoint;
        } else if (acknowledgement.mayBeDuplicate && segments.count() > 0) {
            boolean enough = duplicates.another(segments.count());
            wasFirstLost =
                    enough && phase == Phase.OPEN && acknowledgement.position >= recoveryPoint;
            assumed = segmentBytes;
        }
        if (wasFirstLost) {
            loseFirst();
        }
        return assumed;
    }

    private void loseFirst() {
        if (segments.count() > 0 && !segments.is(0, RESENT | SACKED)) {
            segments.lose(0);
            resendHint = 0;
        }
    }

    private void undoIfSpurious(Acknowledgement acknowledgement, boolean progress) {
        boolean complete = acknowledgement.position >= recoveryPoint;
        boolean original = arrivals.original;
        if (phase != Phase.OPEN
                && spurious.acknowledged(acknowledgement, phase, progress, complete, original)) {
            control.undo();
            segments.forgetLosses();
            rack.forget();
            leave();
        }
    }

    private void leaveIfRepaired(Acknowledgement acknowledgement) {
        if (phase != Phase.OPEN && acknowledgement.position >= recoveryPoint) {
            if (phase == Phase.FAST) {
                control.setWindow(control.threshold());
            }
            rack.recoveryEnded();
            leave();
        }
    }

    private void leave() {
        phase = Phase.OPEN;
        duplicates.clear();
        spurious.end();
    }

    private void detect(long now) {
        long lostBefore = segments.lostBytes();
        long resendable = segments.pipe();
        long again =
                rack.detect(
                        now,
                        segments,
                        phase != Phase.OPEN,
                        roundTripTime.minimum(),
                        roundTripTime.smoothed());
        timer.lookAgain(again);
        if (segments.lostBytes() != lostBefore || segments.pipe() != resendable) {
            resendHint = 0;
        }
    }

    private void proceed(Acknowledgement acknowledgement, long delivered, boolean newlyLost) {
        long now = acknowledgement.now;
        if (phase == Phase.OPEN && isCongested()) {
            beginFastRecovery(now);
        }
        if (phase == Phase.FAST) {
            reduce(delivered, arrivals.moved > 0 && !newlyLost);
        } else if (arrivals.moved > 0) {
            // What was sacked before a timeout says nothing of the path since.
            control.acknowledged(
                    now,
                    phase == Phase.OPEN ? arrivals.moved : delivered,
                    acknowledgement.limited || phase == Phase.TIMEOUT,
                    arrivals.roundTrip,
                    segments.first(),
                    segments.last());
        }
    }

    private void reduce(long delivered, boolean recovers) {
        long threshold = control.threshold();
        control.setWindow(
                reduction.acknowledged(delivered, pipe(), threshold, segmentBytes, recovers));
    }

    private boolean isCongested() {
        return segments.first() >= pathPoint && segments.lostBytes() > 0;
    }

    private void beginFastRecovery(long now) {
        phase = Phase.FAST;
        recoveryPoint = segments.last();
        reductions.reduced(recoveryPoint);
        control.congestion(now, flight);
        reduction.begin(flight);
        spurious.end();
        probe.forget();
    }

    /** RFC 3168, 6.1.2: the other side has seen a mark. Reacts once a window. */
    public void congestionMark(long now) {
        if (phase == Phase.OPEN && reductions.mayReduce(segments.first())) {
            reductions.reduced(segments.last());
            control.congestion(now, flight);
            control.setWindow(control.threshold());
        }
    }

    /** Whether the other side is to be told of a reduction, for any reason; it is told now. */
    public boolean tellReduced() {
        return reductions.tell();
    }

    /** When {@link #timerExpired} is due; {@link Long#MAX_VALUE} if nothing is under way. */
    public long deadline() {
        return segments.count() == 0
                ? Long.MAX_VALUE
                : timer.deadline(roundTripTime, mayProbe(), segments.count() == 1);
    }

    private boolean mayProbe() {
        return selective && phase == Phase.OPEN && probe.isAllowed(segments, roundTripTime);
    }

    public TimerAction timerExpired(long now) {
        if (now < deadline()) {
            return TimerAction.NONE;
        }
        if (timer.isLookDue(now)) {
            flight = segments.last() - segments.first();
            detect(now);
            if (phase == Phase.OPEN && isCongested()) {
                beginFastRecovery(now);
                reduce(0, false);
            }
            return TimerAction.RESEND;
        }
        // RFC 8985, 7.2: the timeout's own time is the latest for a probe, and begins anew then.
        if (mayProbe() || now < timer.timeoutDeadline(roundTripTime)) {
            return TimerAction.PROBE;
        }
        timeout(now);
        return TimerAction.TIMEOUT;
    }

    private void timeout(long now) {
        boolean another = phase == Phase.TIMEOUT;
        if (segments.is(0, SACKED)) {
            segments.forgetSacks();
            arrivals.forgetBlocks();
        }
        // Once a loss event, which a recovery has answered; and a SYN says nothing of the path.
        boolean reduces = phase == Phase.OPEN && segments.last() > firstData;
        if (reduces) {
            reductions.reduced(segments.last());
        }
        if (phase == Phase.FAST) {
            control.remember();
        }
        control.timeout(now, segments.last() - segments.first(), reduces);
        segments.loseLongerThan(0);
        roundTripTime.backOff();
        phase = Phase.TIMEOUT;
        recoveryPoint = segments.last();
        resendHint = 0;
        duplicates.clear();
        probe.forget();
        spurious.timeout(selective && !another && !segments.is(0, EVER_RESENT));
        timer.timedOut(now);
    }

    /** RFC 1191: what is longer than the path takes is lost, which is no sign of congestion. */
    public void pathShrank() {
        segments.loseLongerThan(segmentBytes);
        resendHint = 0;
        pathPoint = segments.last();
    }

    /** Forgets all that was sent. */
    public void clear() {
        segments.clear();
        phase = Phase.OPEN;
    }
}
