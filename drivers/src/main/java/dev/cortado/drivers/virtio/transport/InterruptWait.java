package dev.cortado.drivers.virtio.transport;

/** Waits for a device's interrupt. */
public interface InterruptWait {
    /**
     * Returns when one has come since this was called last, or the time is over; also for no
     * reason.
     */
    void await(long nanoseconds) throws InterruptedException;
}
