package dev.cortado.runtime.net.dhcpv6;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.udp.UdpSocket;
import dev.cortado.runtime.net.wire.Dhcpv6Message;
import java.nio.ByteBuffer;
import java.util.List;

/** The messages that a client sends (RFC 8415, 18.2 and appendix B). */
final class Dhcpv6Sender {
    private final IpLayer ip;
    private final UdpSocket socket;
    private final DropCounters drops;
    private final Duid client;
    private final int association;

    Dhcpv6Sender(IpLayer ip, UdpSocket socket, DropCounters drops, Duid client, int association) {
        this.ip = ip;
        this.socket = socket;
        this.drops = drops;
        this.client = client;
        this.association = association;
    }

    /**
     * Sends a message to all servers.
     *
     * @param server whom it is for, or null
     * @param addresses those that it is about
     */
    void send(
            Exchange exchange,
            int transaction,
            int elapsed,
            Duid server,
            List<IpAddress> addresses,
            long now) {
        PacketBuffer packet = ip.take();
        if (packet == null) {
            drops.count(DropReason.NO_BUFFER);
            return;
        }
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        Dhcpv6Message.writeHeader(bytes, at, exchange.type, transaction);
        int option = at + Dhcpv6Message.HEADER_BYTES;
        option = identifier(bytes, option, Dhcpv6Message.CLIENT_IDENTIFIER, client);
        if (server != null) {
            option = identifier(bytes, option, Dhcpv6Message.SERVER_IDENTIFIER, server);
        }
        int time = Dhcpv6Message.writeOption(bytes, option, Dhcpv6Message.ELAPSED_TIME, 2);
        bytes.putShort(time, (short) elapsed);
        option = time + 2;
        if (exchange == Exchange.SOLICIT) {
            option = Dhcpv6Message.writeOption(bytes, option, Dhcpv6Message.RAPID_COMMIT, 0);
        }
        if (exchange != Exchange.INFORM) {
            option = association(bytes, option, addresses);
        }
        option = requested(bytes, option, exchange);
        packet.append(option - at);
        IpAddress to = Dhcpv6Message.SERVERS;
        socket.send(packet, to.high(), to.low(), Dhcpv6Message.SERVER_PORT, now);
    }

    private static int identifier(ByteBuffer bytes, int option, int code, Duid identifier) {
        int at = Dhcpv6Message.writeOption(bytes, option, code, identifier.length());
        identifier.write(bytes, at);
        return at + identifier.length();
    }

    /** 21.4: times and lifetimes that are 0 leave it to the server. */
    private int association(ByteBuffer bytes, int option, List<IpAddress> addresses) {
        int each = Dhcpv6Message.OPTION_BYTES + Dhcpv6Message.ADDRESS_BYTES;
        int length = Dhcpv6Message.ASSOCIATION_BYTES + addresses.size() * each;
        int at = Dhcpv6Message.writeOption(bytes, option, Dhcpv6Message.ASSOCIATION, length);
        bytes.putInt(at, association).putLong(at + 4, 0);
        at += Dhcpv6Message.ASSOCIATION_BYTES;
        for (IpAddress address : addresses) {
            at =
                    Dhcpv6Message.writeOption(
                            bytes, at, Dhcpv6Message.ADDRESS, Dhcpv6Message.ADDRESS_BYTES);
            bytes.putLong(at, address.high()).putLong(at + 8, address.low()).putLong(at + 16, 0);
            at += Dhcpv6Message.ADDRESS_BYTES;
        }
        return at;
    }

    /** 21.7, 21.23 to 21.25: which options servers are to answer with. */
    private static int requested(ByteBuffer bytes, int option, Exchange exchange) {
        int[] codes =
                switch (exchange) {
                    case SOLICIT, REQUEST, RENEW, REBIND ->
                            new int[] {
                                Dhcpv6Message.NAME_SERVERS,
                                Dhcpv6Message.DOMAIN_LIST,
                                Dhcpv6Message.SOLICIT_MAXIMUM
                            };
                    case INFORM ->
                            new int[] {
                                Dhcpv6Message.NAME_SERVERS,
                                Dhcpv6Message.DOMAIN_LIST,
                                Dhcpv6Message.INFORMATION_REFRESH_TIME,
                                Dhcpv6Message.INFORMATION_MAXIMUM
                            };
                    case CONFIRM, RELEASE, DECLINE -> new int[0];
                };
        if (codes.length == 0) {
            return option;
        }
        int at =
                Dhcpv6Message.writeOption(
                        bytes, option, Dhcpv6Message.OPTION_REQUEST, codes.length * 2);
        for (int code : codes) {
            bytes.putShort(at, (short) code);
            at += 2;
        }
        return at;
    }
}
