package dev.cortado.drivers.block.controller;

import dev.cortado.drivers.pci.PciAccess;
import java.io.IOException;

/** How every controller's driver begins its life, and ends it. */
public final class ControllerStart {
    /** Makes a life, which has begun nothing yet. */
    public interface Make<L> {
        L make() throws IOException, InterruptedException;
    }

    /** Resets the controller, and finds its disks. */
    public interface Begin<L> {
        void begin(L life) throws IOException, InterruptedException;
    }

    /** Resets a controller. */
    public interface Reset {
        void reset() throws IOException, InterruptedException;
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

    /**
     * What a controller has begun is over when it was reset; in any case it does not reach memory
     * any more.
     */
    public static void stop(Reset reset, PciAccess access) {
        boolean interrupted = false;
        try {
            reset.reset();
        } catch (InterruptedException e) {
            interrupted = true; // afterwards
        } catch (IOException e) {
            // It is kept from memory.
        }
        access.keepFromMemory();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
