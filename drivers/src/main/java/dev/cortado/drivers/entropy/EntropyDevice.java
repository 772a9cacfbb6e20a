package dev.cortado.drivers.entropy;

import java.io.IOException;

/** A device that has random bytes, for a pool: what a host gives is not to be trusted alone. */
public interface EntropyDevice {
    /** Its name, for messages. */
    String name();

    /**
     * Reads random bytes, and waits for the first.
     *
     * @return how many, at least 1 if {@code length} is
     * @throws IOException the device does not answer, or wrongly
     */
    int read(byte[] target, int offset, int length) throws IOException, InterruptedException;
}
