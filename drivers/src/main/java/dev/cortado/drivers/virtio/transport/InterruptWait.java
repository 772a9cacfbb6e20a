package dev.cortado.drivers.virtio.transport;

/** Waits for a device's interrupt. */
public interface InterruptWait {
    /**
     * Returns when one has come since this was called last, or the time is over; also for no
     * reason.
     */
    void await(long nanoseconds) throws InterruptedException;

    /**
     * Whether the device's configuration has changed since this was called last; never where nobody
     * could tell.
     */
    default boolean takeConfigurationChange() {
        return false;
    }
}
