package dev.cortado.runtime.net.link;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.Traffic;

/** What the stack needs of a network device's driver. */
public interface FrameDevice {
    /** 48 bits, the first octet the highest. */
    long macAddress();

    /** Bytes of the longest packet in a frame, its Ethernet header not counted. */
    int mtu();

    /** Bits of {@link DeviceFeatures}. */
    int features();

    /** Bytes of the longest packet that it cuts into segments, its Ethernet header not counted. */
    default int segmentationLimit() {
        return Link.LONGEST_PACKET;
    }

    boolean isUp();

    /** How much has gone through it. Any thread may ask; waits for nothing. */
    long traffic(Traffic what);

    /**
     * Sends a frame. Any thread may call; waits for nothing.
     *
     * @param frame the device's, which gives it back to its pool when it is sent, if the result is
     *     true; else still the caller's
     * @return false if there is no room, or the device is down
     */
    boolean transmit(PacketBuffer frame);

    /** Says who gets the frames; once, before the first. */
    void setReceiver(FrameReceiver receiver);
}
