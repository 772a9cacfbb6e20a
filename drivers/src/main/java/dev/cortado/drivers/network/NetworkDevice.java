package dev.cortado.drivers.network;

import java.io.IOException;

/** A device that sends and receives Ethernet frames, in one or more pairs of queues. */
public interface NetworkDevice {
    /** Its name, for messages. */
    String name();

    /** Its address, 48 bits; see {@link MacAddress}. */
    long macAddress();

    /** The longest packet behind an Ethernet header, in bytes. */
    int mtu();

    /** Of {@link Offloads}. */
    int offloads();

    /** How many parts a packet that is sent may have. */
    int mostParts();

    /** Whether packets get anywhere now. */
    boolean isLinkUp();

    /** Pairs of queues. */
    int queues();

    NetworkQueue queue(int index);

    /**
     * Takes another address.
     *
     * @return false if the device keeps its own
     */
    boolean setMacAddress(long address) throws IOException;

    /**
     * Which packets for others come as well; those for groups that nobody asked for may come
     * anyway.
     *
     * @return false if the device gives what it gives
     */
    boolean setReceiveMode(boolean promiscuous, boolean allGroups) throws IOException;

    /**
     * Which groups' packets are to come: addresses of 48 bits, those of before not any more.
     *
     * @return false if the device gives what it gives
     */
    boolean setGroups(long[] addresses) throws IOException;

    /** Packets that came and made no sense. */
    long badPackets();
}
