package dev.cortado.runtime.network;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.dhcpv6.Dhcpv6Client;
import dev.cortado.runtime.net.ndp.Autoconfiguration;
import dev.cortado.runtime.net.wire.NeighbourMessage;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What routers say beside their own addresses: name servers, and whether to ask DHCPv6. */
final class RouterAdvice implements Autoconfiguration.RouterListener {
    /** RFC 8106, 5.1: where lifetime and addresses are. */
    private static final int DNS_LIFETIME = 4;

    private static final int DNS_ADDRESSES = 8;
    private static final int ADDRESS_BYTES = 16;
    private static final int MOST_NAME_SERVERS = 8;
    private static final long INFINITE = 0xffff_ffffL;
    private static final long SECOND = 1_000_000_000L;
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final String interfaceName;
    private final NameServers nameServers;
    private final Dhcpv6Client dhcpv6;
    private final boolean asksForAddresses;

    /** Until when each of them is one, in nanoseconds of the clock. */
    private final Map<IpAddress, Long> servers = new LinkedHashMap<>();

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

    /** RFC 8106, 6.2: what each option says is added to what is known. */
    @Override
    public synchronized void nameServers(
            Autoconfiguration source, PacketBuffer packet, int option, long now) {
        ByteBuffer bytes = packet.bytes();
        int end = option + NeighbourMessage.optionLength(bytes, option);
        long seconds = bytes.getInt(option + DNS_LIFETIME) & 0xffff_ffffL;
        servers.values().removeIf(until -> until != FOR_EVER && until - now <= 0);
        for (int at = option + DNS_ADDRESSES; at + ADDRESS_BYTES <= end; at += ADDRESS_BYTES) {
            long high = bytes.getLong(at);
            long low = bytes.getLong(at + Long.BYTES);
            if (!Ipv6.isMulticast(high) && !Ipv6.isUnspecified(high, low)) {
                take(new IpAddress(high, low), seconds, now);
            }
        }
        nameServers.set(interfaceName + " router", List.copyOf(servers.keySet()), List.of());
    }

    private void take(IpAddress server, long seconds, long now) {
        if (seconds == 0) {
            servers.remove(server);
        } else if (servers.size() < MOST_NAME_SERVERS || servers.containsKey(server)) {
            servers.put(server, seconds == INFINITE ? FOR_EVER : now + seconds * SECOND);
        }
    }
}
