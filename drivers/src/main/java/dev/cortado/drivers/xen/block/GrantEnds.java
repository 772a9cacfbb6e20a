package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.xen.frontend.BackendAccess;
import java.util.concurrent.TimeUnit;

/** Takes pages back from a backend, which may unmap them a moment after it has answered. */
final class GrantEnds {
    private static final int TRIES = 5000;

    /** Between two looks at a page that it keeps for longer. */
    private static final int MOST_PAUSE_MILLISECONDS = 1000;

    private final BackendAccess access;

    // Guarded by this.
    private boolean forgotten;
    private boolean held;

    GrantEnds(BackendAccess access) {
        this.access = access;
    }

    /** The domain was restored: nothing is granted any more. */
    synchronized void forget() {
        forgotten = true;
    }

    /**
     * @param on whether grants are left alone: while the domain is being saved, a reference may
     *     become another page's
     */
    synchronized void hold(boolean on) {
        held = on;
    }

    /**
     * Ends a grant if the backend does not use its page. Where memory lacks for that it is not, and
     * looked at again: nobody may use the page yet.
     *
     * @return false if it does; ask again, but not after this was true
     */
    synchronized boolean end(int reference) {
        try {
            return forgotten || !held && access.end(reference);
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    /**
     * As {@link #end}.
     *
     * @param patiently as long as a backend may take to unmap a page
     */
    boolean end(int reference, boolean patiently) {
        boolean interrupted = false;
        boolean ended = end(reference);
        for (int i = 0; !ended && patiently && i < TRIES; i++) {
            interrupted |= sleep(1);
            ended = end(reference);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }

    /** Only a restore ends the wait for a backend that never lets go. */
    void endAtLast(int reference) {
        boolean interrupted = false;
        for (long pause = 1; !end(reference); pause = longer(pause)) {
            interrupted |= sleep(pause);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The pause after a pause that was too short, in milliseconds. */
    static long longer(long pause) {
        return Math.min(2 * pause, MOST_PAUSE_MILLISECONDS);
    }

    /** Whether it was interrupted, which is for afterwards. */
    static boolean sleep(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
