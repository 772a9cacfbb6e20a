package dev.cortado.runtime.net.dhcp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.wire.DhcpMessage;
import dev.cortado.runtime.net.wire.Ipv4Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server gives, or offers.
 *
 * @param address ours
 * @param server who gave it
 * @param router null if there is none that is in our network
 * @param nameServers eight at most
 * @param domain "" if the server says none, or none that can be
 * @param mtu 0 if the server says none
 * @param seconds how long, or {@link #FOR_EVER}
 * @param renewalSeconds when to ask for more (T1)
 * @param rebindingSeconds when to ask anybody (T2)
 */
public record DhcpLease(
        IpAddress address,
        int prefixLength,
        IpAddress server,
        IpAddress router,
        List<IpAddress> nameServers,
        String domain,
        int mtu,
        long seconds,
        long renewalSeconds,
        long rebindingSeconds) {
    public static final long FOR_EVER = 0xffff_ffffL;

    /** Shorter ones would make us ask all the time. */
    static final long MINIMUM_SECONDS = 60;

    private static final int MAXIMUM_NAME_SERVERS = 8;

    /** Reads an offer or an acknowledgment; null if it is none that a host could live with. */
    static DhcpLease of(ByteBuffer bytes, int at, int length) {
        int address = DhcpMessage.yourAddress(bytes, at);
        int server = DhcpMessage.number(bytes, at, length, DhcpMessage.SERVER_IDENTIFIER, 0);
        int mask = DhcpMessage.number(bytes, at, length, DhcpMessage.SUBNET_MASK, 0);
        int prefix = Integer.bitCount(mask);
        boolean isFine =
                isHost(address)
                        && isHost(server)
                        && prefix > 0
                        && mask == Ipv4.mask(prefix)
                        && !isEnd(address, prefix)
                        && address != server;
        if (!isFine) {
            return null;
        }
        int router = DhcpMessage.number(bytes, at, length, DhcpMessage.ROUTER, 0);
        boolean hasRouter = isHost(router) && router != address && ((router ^ address) & mask) == 0;
        long seconds = number(bytes, at, length, DhcpMessage.LEASE_TIME, 0);
        if (seconds == 0) {
            return null;
        }
        long time = Math.max(seconds, MINIMUM_SECONDS);
        long rebinding = number(bytes, at, length, DhcpMessage.REBINDING_TIME, time * 7 / 8);
        long renewal = number(bytes, at, length, DhcpMessage.RENEWAL_TIME, time / 2);
        if (renewal >= rebinding || rebinding >= time || renewal == 0) {
            // RFC 2131, 4.4.5: T1 < T2 < lease, by default 0.5 and 0.875 of it.
            renewal = time / 2;
            rebinding = time * 7 / 8;
        }
        return new DhcpLease(
                IpAddress.ofIpv4(address),
                prefix,
                IpAddress.ofIpv4(server),
                hasRouter ? IpAddress.ofIpv4(router) : null,
                nameServers(bytes, DhcpMessage.option(bytes, at, length, DhcpMessage.NAME_SERVER)),
                domain(bytes, DhcpMessage.option(bytes, at, length, DhcpMessage.DOMAIN_NAME)),
                mtu(bytes, DhcpMessage.option(bytes, at, length, DhcpMessage.INTERFACE_MTU)),
                time,
                renewal,
                rebinding);
    }

    private static boolean isHost(int address) {
        return Ipv4.isUnicast(address) && !Ipv4.isLoopback(address);
    }

    /** Whether it is its network's own address, or everybody's there. */
    private static boolean isEnd(int address, int prefix) {
        int host = address & ~Ipv4.mask(prefix);
        return prefix < 31 && (host == 0 || host == ~Ipv4.mask(prefix));
    }

    private static long number(ByteBuffer bytes, int at, int length, int code, long otherwise) {
        int option = DhcpMessage.option(bytes, at, length, code);
        return option < 0 || DhcpMessage.length(bytes, option) != 4
                ? otherwise
                : bytes.getInt(option + 2) & 0xffff_ffffL;
    }

    private static List<IpAddress> nameServers(ByteBuffer bytes, int option) {
        List<IpAddress> servers = new ArrayList<>();
        int count = option < 0 ? 0 : DhcpMessage.length(bytes, option) / 4;
        for (int i = 0; i < Math.min(count, MAXIMUM_NAME_SERVERS); i++) {
            int server = bytes.getInt(option + 2 + 4 * i);
            if (Ipv4.isUnicast(server)) {
                servers.add(IpAddress.ofIpv4(server));
            }
        }
        return List.copyOf(servers);
    }

    private static String domain(ByteBuffer bytes, int option) {
        int length = option < 0 ? 0 : DhcpMessage.length(bytes, option);
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < length; i++) {
            char letter = (char) (bytes.get(option + 2 + i) & 0xff);
            boolean isFine =
                    letter >= 'a' && letter <= 'z'
                            || letter >= 'A' && letter <= 'Z'
                            || letter >= '0' && letter <= '9'
                            || letter == '-'
                            || letter == '_'
                            || letter == '.';
            if (letter == 0 && i == length - 1) {
                break;
            }
            if (!isFine) {
                return "";
            }
            name.append(letter);
        }
        return name.toString();
    }

    private static int mtu(ByteBuffer bytes, int option) {
        int mtu =
                option < 0 || DhcpMessage.length(bytes, option) != 2
                        ? 0
                        : bytes.getShort(option + 2) & 0xffff;
        // RFC 2132, 5.1, says 68; less than what IPv4's hosts take is no use to anybody.
        return mtu < 576 || mtu > Ipv4Header.MAXIMUM_PACKET_BYTES ? 0 : mtu;
    }

    boolean isSameAddress(DhcpLease other) {
        return address.equals(other.address) && prefixLength == other.prefixLength;
    }
}
