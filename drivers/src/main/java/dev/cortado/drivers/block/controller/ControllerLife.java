package dev.cortado.drivers.block.controller;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** One life of a controller's driver. Its disks can be used as soon as somebody serves. */
public interface ControllerLife extends AutoCloseable {
    /** Starts one, the controller being reset first; nothing is left behind if that fails. */
    interface Start {
        /**
         * @param log hears of disks that cannot be used
         */
        ControllerLife start(Consumer<String> log) throws IOException, InterruptedException;
    }

    /** Those that can be used, in their order at the controller. */
    List<ControllerDisk> disks();

    boolean isAlive();

    /**
     * As {@link #isAlive}.
     *
     * @throws IOException it is not, and why
     */
    void checkAlive() throws IOException;

    /** Waits for an interrupt, and takes the answers that there are. By one thread. */
    void serve(long nanoseconds) throws IOException, InterruptedException;

    /** Stops the controller, ends all requests with an error, and lets go of it. */
    @Override
    void close();
}
