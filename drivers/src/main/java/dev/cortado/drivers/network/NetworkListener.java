package dev.cortado.drivers.network;

/**
 * Hears of what a device does, in its driver's thread: what takes long keeps the device waiting.
 */
public interface NetworkListener {
    /** Packets have come on a queue; take them with {@link NetworkQueue#receive}. */
    void received(int queue);

    /** A queue that had no room has some again, and packets that were sent. */
    void transmitted(int queue);

    /** The link has come or gone. */
    void linkChanged(boolean up);

    /** Others may have learnt that we are elsewhere: tell them where we are (RFC 5227, 3). */
    void announce();
}
