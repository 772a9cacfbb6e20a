package dev.cortado.drivers.network;

import java.io.IOException;

/** Where a device finds packets that it is to send. For one thread at a time. */
public interface TransmitRing {
    /** What {@link #take} returns when the device has sent nothing. */
    int NONE = -1;

    /** How many packets may be in the ring, or taken from it and not taken back, at once. */
    int slots();

    /** Bytes before a packet's data that the ring writes to. */
    int headroom();

    /** How many parts a packet may have. */
    int mostParts();

    /**
     * Checks what is this device's alone; the packet has passed {@link PacketCheck}.
     *
     * @throws IllegalArgumentException it cannot be sent
     */
    default void check(NetworkBuffer packet) {}

    /** Whether a packet of so many parts can be added now. */
    boolean hasRoom(NetworkBuffer packet, int parts);

    /**
     * Adds a packet for which there is room.
     *
     * @param slot what {@link #take} returns when it was sent
     */
    void add(NetworkBuffer packet, int slot) throws IOException;

    /** What was added is for the device now. */
    void publish();

    /** A packet that the device has sent, or NONE. */
    int take() throws IOException;

    /** Packets that the device has. */
    int outstanding();

    /**
     * Asks for an interrupt when the device has sent something.
     *
     * @return false if it has already, and may raise none: then take first
     */
    boolean enableInterrupts();

    /** Asks for no interrupts; one may still come. */
    void disableInterrupts();
}
