package dev.cortado.runtime.net.tcp.recovery;

/**
 * F-RTO (RFC 5682, 3.1, the variant with SACK): after a timeout, new data is sent before what was
 * taken for lost. If what was sent only once is acknowledged then, nothing was lost: the timeout
 * was spurious.
 */
final class ForwardRecovery {
    private enum Step {
        OFF,
        /** The first segment is being sent again. */
        FIRST,
        /** Its acknowledgement has come; new data goes out. */
        SECOND
    }

    private Step step = Step.OFF;

    void timeout() {
        step = Step.FIRST;
    }

    void stop() {
        step = Step.OFF;
    }

    /** Whether new data goes before what is taken for lost. */
    boolean prefersNewData() {
        return step == Step.SECOND;
    }

    /**
     * @param progress whether the first unacknowledged byte moved
     * @param complete whether all that had been sent before the timeout is acknowledged
     * @param original whether a segment that was sent once has newly arrived
     * @return whether the timeout was spurious
     */
    boolean acknowledged(boolean progress, boolean complete, boolean original) {
        switch (step) {
            case FIRST -> step = progress && !complete ? Step.SECOND : Step.OFF;
            case SECOND -> {
                step = Step.OFF;
                return original;
            }
            case OFF -> {}
        }
        return false;
    }
}
