package dev.cortado.kernel.ipc;

import java.util.concurrent.atomic.AtomicBoolean;

/** Holds an end of a channel to one thread at a time: two would write over each other. */
final class OneThread {
    private final AtomicBoolean used = new AtomicBoolean();

    void enter() {
        if (!used.compareAndSet(false, true)) {
            throw new IllegalStateException("Another thread uses this end of the channel");
        }
    }

    void leave() {
        used.setRelease(false);
    }
}
