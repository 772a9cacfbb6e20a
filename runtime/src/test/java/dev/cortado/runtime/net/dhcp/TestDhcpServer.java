package dev.cortado.runtime.net.dhcp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.udp.UdpSocket;
import dev.cortado.runtime.net.wire.DhcpMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A server that gives out one address, and answers as a test would like it to. */
final class TestDhcpServer {
    final List<Integer> heard = new ArrayList<>();
    final UdpSocket socket;
    int address = Ipv4.of(10, 0, 0, 77);
    int mask = 0xffff_ff00;
    int router = Ipv4.of(10, 0, 0, 254);
    int server = Ipv4.of(10, 0, 0, 254);
    int seconds = 3600;
    boolean isSilent;
    boolean refuses;
    int lastSource;
    int lastFlags;

    /** What a liar changes in an answer; null for nothing at all. */
    interface Lie {
        byte[] change(byte[] answer);
    }

    Lie lie = answer -> answer;

    TestDhcpServer(TestHost host) {
        socket = host.stack.udp().open();
        socket.options().setInterface(host.link.index());
        socket.bind(IpAddress.parse("0.0.0.0"), DhcpMessage.SERVER_PORT);
        socket.setListener((from, now) -> received(now));
    }

    private void received(long now) {
        for (PacketBuffer packet = socket.receive(); packet != null; packet = socket.receive()) {
            byte[] request = new byte[packet.totalLength()];
            packet.copyOut(0, ByteBuffer.wrap(request));
            lastSource = (int) packet.info().sourceLow;
            packet.release();
            answer(ByteBuffer.wrap(request), now);
        }
    }

    private void answer(ByteBuffer request, long now) {
        int type = DhcpMessage.messageType(request, 0, request.capacity());
        heard.add(type);
        lastFlags = DhcpMessage.flags(request, 0);
        if (isSilent || type != DhcpMessage.DISCOVER && type != DhcpMessage.REQUEST_ADDRESS) {
            return;
        }
        ByteBuffer answer = ByteBuffer.allocate(400);
        DhcpMessage.write(
                answer,
                0,
                DhcpMessage.transaction(request, 0),
                0,
                0,
                DhcpMessage.clientAddress(request, 0),
                DhcpMessage.clientHardware(request, 0));
        answer.put(0, (byte) DhcpMessage.REPLY);
        answer.putInt(16, address);
        int kind =
                type == DhcpMessage.DISCOVER
                        ? DhcpMessage.OFFER
                        : refuses ? DhcpMessage.REFUSE : DhcpMessage.ACKNOWLEDGE;
        int option = DhcpMessage.writeByte(answer, 240, DhcpMessage.MESSAGE_TYPE, kind);
        option = DhcpMessage.writeNumber(answer, option, DhcpMessage.SERVER_IDENTIFIER, server);
        option = DhcpMessage.writeNumber(answer, option, DhcpMessage.SUBNET_MASK, mask);
        option = DhcpMessage.writeNumber(answer, option, DhcpMessage.ROUTER, router);
        option = DhcpMessage.writeNumber(answer, option, DhcpMessage.LEASE_TIME, seconds);
        option = DhcpMessage.writeNumber(answer, option, DhcpMessage.NAME_SERVER, server);
        option =
                DhcpMessage.writeBytes(
                        answer, option, DhcpMessage.DOMAIN_NAME, "example.org".getBytes());
        int end = DhcpMessage.writeEnd(answer, 0, option);
        byte[] bytes = new byte[end];
        answer.get(0, bytes);
        byte[] changed = lie.change(bytes);
        if (changed != null) {
            int client = DhcpMessage.clientAddress(request, 0);
            IpAddress to = client == 0 ? IpAddress.ofIpv4(-1) : IpAddress.ofIpv4(client);
            socket.send(ByteBuffer.wrap(changed), to, DhcpMessage.CLIENT_PORT, now);
        }
    }
}
