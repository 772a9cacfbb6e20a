package dev.cortado.runtime.net.group;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.link.EthernetLink;

/** What is different between IGMP and multicast listener discovery. */
interface GroupProtocol {
    /** The type of a report of the newest version. */
    int reportType();

    int addressBytes();

    /** Bytes of the IP header and what stands between it and a message. */
    int headerBytes();

    /** Whether a query of one group tells how old the querier is, or a general one alone. */
    boolean isAgeToldByGroupQueries();

    /** Whether others are told of a group at all. */
    boolean isReported(long high, long low);

    /**
     * Sends a report of the newest version.
     *
     * @param report its checksum is missing; no longer the caller's
     */
    void send(PacketBuffer report, EthernetLink link, long now);

    /**
     * Tells a querier of an older version that we are in a group, or leave it.
     *
     * @param age the querier's, as {@link QuerierAge} counts
     */
    void sendOlder(EthernetLink link, int age, long high, long low, boolean isLeaving, long now);
}
