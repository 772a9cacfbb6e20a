package dev.cortado.drivers.network.card;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.kernel.memory.BuddyAllocator;
import java.io.IOException;

/** Where a card finds buffers for packets that come, one for each. For one thread at a time. */
public interface ReceiveRing {
    /** What {@link #take} returns when the card has filled nothing. */
    int NONE = -1;

    /** How many buffers may be in the ring at once. */
    int slots();

    /** Bytes of a buffer that the card may write to, from its beginning on. */
    int bufferBytes();

    /** Below which address each buffer has to be. */
    default long addressLimit() {
        return BuddyAllocator.NO_LIMIT;
    }

    boolean hasRoom();

    /**
     * Adds a buffer for which there is room.
     *
     * @param slot what {@link #take} returns when the card has filled it
     */
    void add(NetworkBuffer buffer, int slot);

    /** What was added is for the card now. */
    void publish();

    /**
     * A buffer that the card has filled, or NONE.
     *
     * @throws IOException what the card says cannot be
     */
    int take() throws IOException;

    /**
     * Says in the buffer that was taken last what the card says of it.
     *
     * @return false if it is no whole packet
     */
    boolean describe(NetworkBuffer buffer);

    /** Whether the card has filled one that was not taken. */
    boolean isReady();
}
