package dev.cortado.runtime.network;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.dhcpv6.Dhcpv6Client;
import dev.cortado.runtime.net.ndp.Autoconfiguration;
import dev.cortado.runtime.net.wire.NeighbourMessage;
import java.util.ArrayList;
import java.util.List;

/** What routers say beside their own addresses: name servers, and whether to ask DHCPv6. */
final class RouterAdvice implements Autoconfiguration.RouterListener {
    /** RFC 8106, 5.1: where lifetime and addresses are. */
    private static final int DNS_LIFETIME = 4;

    private static final int DNS_ADDRESSES = 8;
    private static final int ADDRESS_BYTES = 16;
    private static final int MOST_NAME_SERVERS = 8;

    private final String interfaceName;
    private final NameServers nameServers;
    private final Dhcpv6Client dhcpv6;
    private final boolean asksForAddresses;

    /**
     * @param asksForAddresses whether a server may give addresses; else it is asked for the rest
     */
    RouterAdvice(
            String interfaceName,
            NameServers nameServers,
            Dhcpv6Client dhcpv6,
            boolean asksForAddresses) {
        this.interfaceName = interfaceName;
        this.nameServers = nameServers;
        this.dhcpv6 = dhcpv6;
        this.asksForAddresses = asksForAddresses;
    }

    @Override
    public void servers(
            Autoconfiguration source, boolean haveAddresses, boolean haveOther, long now) {
        // RFC 4861, 4.2: who has addresses has all else.
        if (haveAddresses || haveOther) {
            dhcpv6.start(haveAddresses && asksForAddresses, now);
        }
    }

    @Override
    public void nameServers(Autoconfiguration source, PacketBuffer packet, int option, long now) {
        List<IpAddress> servers = new ArrayList<>();
        int end = option + NeighbourMessage.optionLength(packet.bytes(), option);
        boolean isOver = packet.bytes().getInt(option + DNS_LIFETIME) == 0;
        for (int at = option + DNS_ADDRESSES;
                !isOver && at + ADDRESS_BYTES <= end && servers.size() < MOST_NAME_SERVERS;
                at += ADDRESS_BYTES) {
            long high = packet.bytes().getLong(at);
            long low = packet.bytes().getLong(at + Long.BYTES);
            if (!Ipv6.isMulticast(high) && !Ipv6.isUnspecified(high, low)) {
                servers.add(new IpAddress(high, low));
            }
        }
        nameServers.set(interfaceName + " router", servers, List.of());
    }
}
