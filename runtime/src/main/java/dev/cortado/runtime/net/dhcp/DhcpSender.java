package dev.cortado.runtime.net.dhcp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.udp.UdpSocket;
import dev.cortado.runtime.net.wire.DhcpMessage;
import java.nio.ByteBuffer;

/** The messages that a client sends (RFC 2131, 4.4.1, table 5). */
final class DhcpSender {
    private static final int MAXIMUM_SIZE = 1500;
    private static final byte[] PARAMETERS = {
        DhcpMessage.SUBNET_MASK,
        DhcpMessage.ROUTER,
        DhcpMessage.NAME_SERVER,
        DhcpMessage.DOMAIN_NAME,
        DhcpMessage.INTERFACE_MTU,
        DhcpMessage.RENEWAL_TIME,
        DhcpMessage.REBINDING_TIME,
    };

    private static final IpAddress EVERYBODY = IpAddress.ofIpv4(Ipv4.BROADCAST);

    private final EthernetLink link;
    private final IpLayer ip;
    private final UdpSocket socket;
    private final DropCounters drops;

    DhcpSender(EthernetLink link, IpLayer ip, UdpSocket socket, DropCounters drops) {
        this.link = link;
        this.ip = ip;
        this.socket = socket;
        this.drops = drops;
    }

    void discover(int transaction, int seconds, long now) {
        send(DhcpMessage.DISCOVER, transaction, seconds, 0, 0, 0, EVERYBODY, now);
    }

    void request(int transaction, int seconds, DhcpLease offer, long now) {
        send(
                DhcpMessage.REQUEST_ADDRESS,
                transaction,
                seconds,
                0,
                offer.address().ipv4(),
                offer.server().ipv4(),
                EVERYBODY,
                now);
    }

    /** RFC 2131, 4.3.2, INIT-REBOOT: of any server, which is not named. */
    void reboot(int transaction, int seconds, DhcpLease lease, long now) {
        int address = lease.address().ipv4();
        send(DhcpMessage.REQUEST_ADDRESS, transaction, seconds, 0, address, 0, EVERYBODY, now);
    }

    /** Of the server, or of any. */
    void renew(int transaction, int seconds, DhcpLease lease, boolean ofAny, long now) {
        send(
                DhcpMessage.REQUEST_ADDRESS,
                transaction,
                seconds,
                lease.address().ipv4(),
                0,
                0,
                ofAny ? EVERYBODY : lease.server(),
                now);
    }

    void decline(int transaction, DhcpLease offer, long now) {
        send(
                DhcpMessage.DECLINE,
                transaction,
                0,
                0,
                offer.address().ipv4(),
                offer.server().ipv4(),
                EVERYBODY,
                now);
    }

    void release(int transaction, DhcpLease lease, long now) {
        send(
                DhcpMessage.RELEASE,
                transaction,
                0,
                lease.address().ipv4(),
                0,
                lease.server().ipv4(),
                lease.server(),
                now);
    }

    private void send(
            int type,
            int transaction,
            int seconds,
            int clientAddress,
            int requested,
            int server,
            IpAddress to,
            long now) {
        PacketBuffer packet = ip.take();
        if (packet == null) {
            drops.count(DropReason.NO_BUFFER);
            return;
        }
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        int flags = clientAddress == 0 ? DhcpMessage.BROADCAST : 0;
        long mac = link.macAddress();
        DhcpMessage.write(bytes, at, transaction, seconds, flags, clientAddress, mac);
        int option = at + DhcpMessage.HEADER_BYTES;
        option = DhcpMessage.writeByte(bytes, option, DhcpMessage.MESSAGE_TYPE, type);
        if (requested != 0) {
            option =
                    DhcpMessage.writeNumber(
                            bytes, option, DhcpMessage.REQUESTED_ADDRESS, requested);
        }
        if (server != 0) {
            option = DhcpMessage.writeNumber(bytes, option, DhcpMessage.SERVER_IDENTIFIER, server);
        }
        if (type == DhcpMessage.DISCOVER || type == DhcpMessage.REQUEST_ADDRESS) {
            option = DhcpMessage.writeBytes(bytes, option, DhcpMessage.PARAMETER_LIST, PARAMETERS);
            option = DhcpMessage.writeShort(bytes, option, DhcpMessage.MAXIMUM_SIZE, MAXIMUM_SIZE);
        }
        packet.append(DhcpMessage.writeEnd(bytes, at, option) - at);
        // Without an address of ours, or before somebody else says that it is his.
        socket.options().setUnnumbered(clientAddress == 0);
        socket.send(packet, to.high(), to.low(), DhcpMessage.SERVER_PORT, now);
    }
}
