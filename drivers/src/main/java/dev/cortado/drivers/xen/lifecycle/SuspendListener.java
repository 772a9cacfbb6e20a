package dev.cortado.drivers.xen.lifecycle;

/** Hears of the suspension of the domain, in a thread of Java. */
public interface SuspendListener {
    /** It is about to be suspended: nothing may be on its way to other domains any more. */
    void suspend();

    /**
     * It goes on.
     *
     * @param cancelled it has never been away: ports, grants and pages are still the same;
     *     otherwise all of them are gone and the other sides are new ones
     */
    void resume(boolean cancelled);
}
