package dev.cortado.drivers.block.controller;

import java.io.IOException;

/**
 * A request that a device has. Who has begun it waits for its end, whatever comes: what it moves is
 * the device's until then.
 *
 * @param <T> what it gives
 */
public interface Request<T> {
    /**
     * Waits for its end. Called once.
     *
     * @throws IOException it was not carried out
     */
    T await() throws IOException;

    /** One that has ended already. */
    static <T> Request<T> ended(T result) {
        return () -> result;
    }
}
