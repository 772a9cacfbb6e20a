package dev.cortado.runtime.net.tcp.recovery;

/**
 * Whether a recovery was for nothing: the timestamp of the answer is older than anything that was
 * sent again (Eifel, RFC 3522), or F-RTO says so.
 */
final class SpuriousRecovery {
    private final ForwardRecovery forward = new ForwardRecovery();

    /** The timestamp of the first segment that was sent again. */
    private int firstStamp;

    private boolean any;

    void resent(int stamp) {
        if (!any) {
            any = true;
            firstStamp = stamp;
        }
    }

    /** A recovery is over, or another begins. */
    void end() {
        any = false;
        forward.stop();
    }

    /**
     * The retransmission timer has expired.
     *
     * @param watched whether F-RTO can tell: there is SACK, and it is the first time
     */
    void timeout(boolean watched) {
        end();
        if (watched) {
            forward.timeout();
        }
    }

    /** Whether new data goes before what is taken for lost. */
    boolean prefersNewData() {
        return forward.prefersNewData();
    }

    /** Whether new data went first until now; from now on it does not. */
    boolean giveUpNewData() {
        boolean preferred = forward.prefersNewData();
        if (preferred) {
            forward.stop();
        }
        return preferred;
    }

    /** Parameters as {@link ForwardRecovery#acknowledged}'s. */
    boolean acknowledged(
            Acknowledgement acknowledgement,
            Phase phase,
            boolean progress,
            boolean complete,
            boolean original) {
        boolean byForward =
                phase == Phase.TIMEOUT && forward.acknowledged(progress, complete, original);
        boolean byStamp =
                progress && any && acknowledgement.hasEcho && acknowledgement.echo - firstStamp < 0;
        return byForward || byStamp;
    }
}
