package dev.cortado.drivers.network.card;

import dev.cortado.drivers.network.TransmitRing;
import java.io.IOException;

/** A kind of network cards: how it is started, told and asked. It was reset when it was made. */
public interface NetworkCard {
    /** Waits. */
    interface Delay {
        void sleep(int milliseconds) throws InterruptedException;
    }

    /**
     * What does not change.
     *
     * @param name what it is and where, for messages
     * @param macAddress that it was made with; whatever is no station's, if it says none
     * @param mtu the longest packet behind an Ethernet header, in bytes
     * @param offloads of {@link dev.cortado.drivers.network.Offloads}
     */
    record Facts(
            String name,
            long macAddress,
            int mtu,
            int offloads,
            TransmitRing transmitRing,
            ReceiveRing receiveRing) {}

    Facts facts();

    /**
     * Lets it send, receive and interrupt.
     *
     * @throws IOException it does not
     */
    void start(ReceiveFilter filter) throws IOException, InterruptedException;

    /** Tells it which packets are to come, while nobody sends. */
    void setFilter(ReceiveFilter filter) throws IOException;

    /** Whether packets get anywhere now. */
    boolean isLinkUp() throws IOException;

    /**
     * Takes what it interrupted for, before its rings are looked at.
     *
     * @return whether the link may have changed
     * @throws IOException it says that it has failed
     */
    boolean takeCauses() throws IOException;

    /** Its rings have been looked at: it may interrupt again. Then they are looked at once more. */
    void rearm();

    /**
     * It forgets all that it was told, and leaves memory alone.
     *
     * @throws IOException it does not
     */
    void reset() throws IOException, InterruptedException;
}
