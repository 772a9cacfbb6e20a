package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;

/**
 * What transports send through. Any thread may, with locks of its own held; the layers below take
 * theirs in the order that {@code dev.cortado.runtime.net}'s documentation gives, and wait for
 * nothing.
 */
public interface IpOutput {
    /** A buffer to write a packet into, or null if none is free. */
    PacketBuffer take();

    /**
     * Sends a packet that starts at the transport's header. Its info says from where, to where, the
     * protocol, and if it is not the default one the hop limit and the traffic class; an
     * unspecified source is selected. A blank checksum ({@link PacketBuffer#setChecksumBlank}) is
     * filled in by the device, or here if it cannot. A packet with a segment size is for a device
     * that segments ({@link #segmentationLimit}); with another one it is TOO_BIG.
     *
     * @param packet no longer the caller's, whatever the result is
     */
    SendResult send(PacketBuffer packet, long now);

    /**
     * Fills in the source address that a packet to the destination in there would get (RFC 6724, 5;
     * RFC 1122, 3.3.4.3).
     *
     * @return SENT if there is one, else NO_ROUTE or NO_SOURCE
     */
    SendResult selectSource(PacketInfo info);

    /**
     * Bytes of the longest packet, IP header included, that gets there in one piece; 0: no route.
     */
    int pathMtu(long destinationHigh, long destinationLow, long now);

    /**
     * Bytes of the longest transport header and payload that may be handed down as one packet with
     * a segment size; 0 if the device on the way does no segmentation.
     */
    int segmentationLimit(long destinationHigh, long destinationLow);

    /**
     * What was sent to a destination has got there: so the neighbour on the way is reachable, and
     * need not be asked (RFC 4861, 7.3.1). It looks for the route and takes locks: for now and then
     * rather than for each packet.
     */
    void confirm(long destinationHigh, long destinationLow, long now);
}
