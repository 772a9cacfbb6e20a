package dev.cortado.drivers.block.controller;

import java.io.IOException;

/** How every controller's driver begins its life. */
public final class ControllerStart {
    /** Makes a life, which has begun nothing yet. */
    public interface Make<L> {
        L make() throws IOException, InterruptedException;
    }

    /** Resets the controller, and finds its disks. */
    public interface Begin<L> {
        void begin(L life) throws IOException, InterruptedException;
    }

    private ControllerStart() {}

    /**
     * Begins a life; if that fails, nothing of it is left.
     *
     * @param end lets go of the controller, if there is not even a life that could be closed
     */
    public static <L extends ControllerLife> L start(Runnable end, Make<L> make, Begin<L> begin)
            throws IOException, InterruptedException {
        L life = null;
        boolean done = false;
        try {
            life = make.make();
            begin.begin(life);
            done = true;
            return life;
        } finally {
            if (!done && life != null) {
                life.close();
            } else if (!done) {
                end.run();
            }
        }
    }
}
