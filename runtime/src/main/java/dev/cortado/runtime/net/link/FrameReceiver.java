package dev.cortado.runtime.net.link;

import dev.cortado.runtime.net.buffer.PacketBuffer;

/** Who gets a device's frames. */
public interface FrameReceiver {
    /**
     * A frame came in, from its Ethernet header to its last byte, without the frame check sequence.
     * Marks of the checksum are as the device set them; a segment size is that of segments which
     * the device has joined.
     *
     * @param frame the receiver's from now on
     * @param now nanoseconds of the stack's clock
     */
    void receive(PacketBuffer frame, long now);

    /** The link went up or down, or its MTU changed, or the guest came back from elsewhere. */
    void linkChanged(long now);
}
