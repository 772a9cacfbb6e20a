package dev.cortado.runtime.net.dhcpv6;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.wire.Dhcpv6Message;
import dev.cortado.runtime.net.wire.DnsName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An advertisement or a reply, read (RFC 8415, 16.3 and 16.10).
 *
 * @param server never null
 * @param preference 0 to 255
 * @param status of the message
 * @param associationStatus of our identity association
 * @param addresses those that a host could live with
 * @param renewalSeconds 0 if the server leaves it to us
 * @param rebindingSeconds 0 if the server leaves it to us
 * @param refreshSeconds when to ask again for information
 * @param solicitMaximum seconds, 0 if the server does not say
 * @param informationMaximum seconds, 0 if the server does not say
 */
record Dhcpv6Answer(
        int type,
        Duid server,
        int preference,
        int status,
        int associationStatus,
        boolean isRapid,
        List<LeasedAddress> addresses,
        long renewalSeconds,
        long rebindingSeconds,
        Dhcpv6Information information,
        long refreshSeconds,
        int solicitMaximum,
        int informationMaximum) {
    private static final int MOST_ADDRESSES = 4;
    private static final int MOST_NAME_SERVERS = 8;
    private static final int MOST_DOMAINS = 6;

    /** RFC 8415, 21.23: IRT_DEFAULT and IRT_MINIMUM. */
    private static final long REFRESH_DEFAULT = 86400;

    private static final long REFRESH_MINIMUM = 600;

    /** RFC 8415, 21.24 and 21.25. */
    private static final int MAXIMUM_LEAST = 60;

    private static final int MAXIMUM_MOST = 86400;

    /** What an identity association has for us. */
    private record Association(
            int status, List<LeasedAddress> addresses, long renewal, long rebinding) {
        static final Association NONE = new Association(Dhcpv6Message.SUCCESS, List.of(), 0, 0);
    }

    /**
     * Reads a message that was checked.
     *
     * @return null if it does not say from whom it is, or is not for this client
     */
    static Dhcpv6Answer read(ByteBuffer bytes, int at, int length, Duid client, int association) {
        int from = at + Dhcpv6Message.HEADER_BYTES;
        int end = at + length;
        int named = Dhcpv6Message.option(bytes, from, end, Dhcpv6Message.CLIENT_IDENTIFIER);
        int server = Dhcpv6Message.option(bytes, from, end, Dhcpv6Message.SERVER_IDENTIFIER);
        if (named < 0
                || server < 0
                || !client.is(
                        bytes, Dhcpv6Message.contents(named), Dhcpv6Message.length(bytes, named))) {
            return null;
        }
        Duid identifier =
                Duid.read(
                        bytes, Dhcpv6Message.contents(server), Dhcpv6Message.length(bytes, server));
        if (identifier == null) {
            return null;
        }
        Association ours = association(bytes, from, end, association);
        return new Dhcpv6Answer(
                Dhcpv6Message.type(bytes, at),
                identifier,
                preference(bytes, from, end),
                status(bytes, from, end),
                ours.status,
                Dhcpv6Message.option(bytes, from, end, Dhcpv6Message.RAPID_COMMIT) >= 0,
                ours.addresses,
                ours.renewal,
                ours.rebinding,
                new Dhcpv6Information(nameServers(bytes, from, end), search(bytes, from, end)),
                refresh(bytes, from, end),
                maximum(bytes, from, end, Dhcpv6Message.SOLICIT_MAXIMUM),
                maximum(bytes, from, end, Dhcpv6Message.INFORMATION_MAXIMUM));
    }

    boolean isFine() {
        return status == Dhcpv6Message.SUCCESS
                && associationStatus == Dhcpv6Message.SUCCESS
                && addresses.stream().anyMatch(address -> address.validSeconds() > 0);
    }

    /** The addresses alone. */
    List<IpAddress> values() {
        return addresses.stream().map(LeasedAddress::address).toList();
    }

    private static int preference(ByteBuffer bytes, int from, int end) {
        int option = sized(bytes, from, end, Dhcpv6Message.PREFERENCE, 1);
        return option < 0 ? 0 : bytes.get(Dhcpv6Message.contents(option)) & 0xff;
    }

    /** 21.13: without one all is well. */
    private static int status(ByteBuffer bytes, int from, int end) {
        int option = Dhcpv6Message.option(bytes, from, end, Dhcpv6Message.STATUS_CODE);
        return option < 0 || Dhcpv6Message.length(bytes, option) < 2
                ? Dhcpv6Message.SUCCESS
                : bytes.getShort(Dhcpv6Message.contents(option)) & 0xffff;
    }

    /** An option with contents of one length; -1 if there is none. */
    private static int sized(ByteBuffer bytes, int from, int end, int code, int length) {
        int option = Dhcpv6Message.option(bytes, from, end, code);
        return option >= 0 && Dhcpv6Message.length(bytes, option) == length ? option : -1;
    }

    private static long number(ByteBuffer bytes, int at) {
        return bytes.getInt(at) & 0xffff_ffffL;
    }

    /** 21.4. */
    private static Association association(ByteBuffer bytes, int from, int end, int wanted) {
        for (int option = from; option < end; option = Dhcpv6Message.next(bytes, option)) {
            int at = Dhcpv6Message.contents(option);
            int length = Dhcpv6Message.length(bytes, option);
            int options = length - Dhcpv6Message.ASSOCIATION_BYTES;
            int inner = at + Dhcpv6Message.ASSOCIATION_BYTES;
            if (Dhcpv6Message.code(bytes, option) == Dhcpv6Message.ASSOCIATION
                    && options >= 0
                    && bytes.getInt(at) == wanted
                    && Dhcpv6Message.checkOptions(bytes, inner, options)) {
                long renewal = number(bytes, at + 4);
                long rebinding = number(bytes, at + 8);
                boolean isFine = renewal == 0 || rebinding == 0 || renewal <= rebinding;
                return isFine
                        ? new Association(
                                status(bytes, inner, inner + options),
                                addresses(bytes, inner, inner + options),
                                renewal,
                                rebinding)
                        : Association.NONE;
            }
        }
        return Association.NONE;
    }

    /** 21.6: with lifetimes that can be, and no status that says otherwise. */
    private static List<LeasedAddress> addresses(ByteBuffer bytes, int from, int end) {
        List<LeasedAddress> addresses = new ArrayList<>();
        for (int option = from;
                option < end && addresses.size() < MOST_ADDRESSES;
                option = Dhcpv6Message.next(bytes, option)) {
            int at = Dhcpv6Message.contents(option);
            int options = Dhcpv6Message.length(bytes, option) - Dhcpv6Message.ADDRESS_BYTES;
            if (Dhcpv6Message.code(bytes, option) != Dhcpv6Message.ADDRESS || options < 0) {
                continue;
            }
            IpAddress address = new IpAddress(bytes.getLong(at), bytes.getLong(at + 8));
            long preferred = number(bytes, at + 16);
            long valid = number(bytes, at + 20);
            int inner = at + Dhcpv6Message.ADDRESS_BYTES;
            boolean isFine =
                    preferred <= valid
                            && Ipv6.isUnicast(address.high(), address.low())
                            && !Ipv6.isLinkLocal(address.high())
                            && addresses.stream().noneMatch(one -> one.address().equals(address))
                            && Dhcpv6Message.checkOptions(bytes, inner, options)
                            && status(bytes, inner, inner + options) == Dhcpv6Message.SUCCESS;
            if (isFine) {
                addresses.add(new LeasedAddress(address, preferred, valid));
            }
        }
        return List.copyOf(addresses);
    }

    private static List<IpAddress> nameServers(ByteBuffer bytes, int from, int end) {
        List<IpAddress> servers = new ArrayList<>();
        int option = Dhcpv6Message.option(bytes, from, end, Dhcpv6Message.NAME_SERVERS);
        int count = option < 0 ? 0 : Dhcpv6Message.length(bytes, option) / 16;
        for (int i = 0; i < count && servers.size() < MOST_NAME_SERVERS; i++) {
            int at = Dhcpv6Message.contents(option) + 16 * i;
            IpAddress server = new IpAddress(bytes.getLong(at), bytes.getLong(at + 8));
            if (Ipv6.isUnicast(server.high(), server.low())) {
                servers.add(server);
            }
        }
        return List.copyOf(servers);
    }

    /** RFC 8415, 10: names without compression; what cannot be read ends the list. */
    private static List<String> search(ByteBuffer bytes, int from, int end) {
        List<String> search = new ArrayList<>();
        int option = Dhcpv6Message.option(bytes, from, end, Dhcpv6Message.DOMAIN_LIST);
        int length = option < 0 ? 0 : Dhcpv6Message.length(bytes, option);
        for (int at = 0; at < length && search.size() < MOST_DOMAINS; ) {
            StringBuilder name = new StringBuilder();
            at = DnsName.read(bytes, Dhcpv6Message.contents(option), length, at, name);
            if (at < 0) {
                break;
            }
            if (!name.isEmpty()) {
                search.add(name.toString());
            }
        }
        return List.copyOf(search);
    }

    private static long refresh(ByteBuffer bytes, int from, int end) {
        int option = sized(bytes, from, end, Dhcpv6Message.INFORMATION_REFRESH_TIME, 4);
        return option < 0
                ? REFRESH_DEFAULT
                : Math.max(REFRESH_MINIMUM, number(bytes, Dhcpv6Message.contents(option)));
    }

    private static int maximum(ByteBuffer bytes, int from, int end, int code) {
        int option = sized(bytes, from, end, code, 4);
        int seconds = option < 0 ? 0 : bytes.getInt(Dhcpv6Message.contents(option));
        return seconds < MAXIMUM_LEAST || seconds > MAXIMUM_MOST ? 0 : seconds;
    }
}
