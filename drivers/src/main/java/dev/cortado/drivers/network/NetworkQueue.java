package dev.cortado.drivers.network;

import java.io.IOException;

/**
 * One of a device's pairs of queues, to send and to receive. Many threads may send at once. All
 * exceptions of kind {@link IOException} say that the driver is at its end; what its device had is
 * given back when it was closed.
 */
public interface NetworkQueue {
    /**
     * Hands packets to the device, in their order, all their parts with them. Only those that were
     * taken are the device's; the others stay the user's. Who takes back what was sent, and tries
     * again if there was anything, then hears from {@link NetworkListener#transmitted} when there
     * is room.
     *
     * @param packets first parts, each with at least {@link NetworkBuffer#HEADROOM} bytes before
     *     its data, unless it lies where a packet of such a device has come
     * @return how many were taken; with any exception, none
     * @throws IllegalArgumentException the first packet is empty, too long, in too many parts, or
     *     wants what the device cannot
     * @throws IllegalStateException a buffer of the first packet is not the user's
     */
    int transmit(NetworkBuffer[] packets, int from, int count) throws IOException;

    /**
     * Takes back packets that the device has sent, or never will. They are the user's again.
     *
     * @return how many
     */
    int takeTransmitted(NetworkBuffer[] into);

    /**
     * Takes packets that have come. They are the user's from now on. Only in {@link
     * NetworkListener#received}, or while that does not run.
     *
     * @return how many, 0 if there are none
     */
    int receive(NetworkBuffer[] into) throws IOException;
}
