package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.xen.frontend.BackendAccess;
import java.util.concurrent.TimeUnit;

/** Takes pages back from a backend, which may unmap them a moment after it has answered. */
final class GrantEnds {
    private static final int TRIES = 5000;

    /** Between two looks at a page that it keeps for longer. */
    private static final int MOST_PAUSE_MILLISECONDS = 1000;

    private final BackendAccess access;
    private volatile boolean forgotten;
    private volatile boolean held;

    GrantEnds(BackendAccess access) {
        this.access = access;
    }

    /** The domain was restored: nothing is granted any more. */
    void forget() {
        forgotten = true;
    }

    /**
     * @param on whether pages that were kept are left alone: while the domain is being saved, a
     *     reference may become another page's
     */
    void hold(boolean on) {
        held = on;
    }

    /**
     * @param patiently as long as a backend may take to unmap a page
     */
    boolean end(int reference, boolean patiently) {
        boolean interrupted = false;
        boolean ended = isEnded(reference);
        for (int i = 0; !ended && patiently && i < TRIES; i++) {
            interrupted |= sleep(1);
            ended = isEnded(reference);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }

    /** Only a restore ends the wait for a backend that never lets go. */
    void endAtLast(int reference) {
        boolean interrupted = false;
        long pause = 1;
        while (!forgotten && (held || !isEnded(reference))) {
            interrupted |= sleep(pause);
            pause = Math.min(2 * pause, MOST_PAUSE_MILLISECONDS);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where memory lacks for that it is not, and looked at again: nobody may use the page yet. */
    private boolean isEnded(int reference) {
        try {
            return forgotten || access.end(reference);
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    /** Whether it was interrupted, which is for afterwards. */
    private static boolean sleep(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
