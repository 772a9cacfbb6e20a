package dev.cortado.runtime.net.dns;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.udp.UdpSocket;
import dev.cortado.runtime.net.wire.DnsMessage;
import dev.cortado.runtime.net.wire.DnsName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A name server whose answers a test writes. */
final class TestDnsServer {
    final List<String> asked = new ArrayList<>();
    final List<Integer> ports = new ArrayList<>();
    final List<Integer> identifiers = new ArrayList<>();
    final UdpSocket socket;

    /** Makes an answer, or null for none. */
    interface Answering {
        byte[] answer(String name, int type, byte[] query);
    }

    Answering answering = (name, type, query) -> null;

    TestDnsServer(TestHost host, IpAddress address) {
        socket = host.stack.udp().open();
        socket.bind(address, DnsMessage.PORT);
        socket.setListener((from, now) -> received(now));
    }

    private void received(long now) {
        for (PacketBuffer packet = socket.receive(); packet != null; packet = socket.receive()) {
            byte[] query = new byte[packet.totalLength()];
            packet.copyOut(0, ByteBuffer.wrap(query));
            int port = packet.info().sourcePort;
            IpAddress to = new IpAddress(packet.info().sourceHigh, packet.info().sourceLow);
            packet.release();
            ByteBuffer bytes = ByteBuffer.wrap(query);
            StringBuilder name = new StringBuilder();
            int end = DnsName.read(bytes, 0, query.length, 12, name);
            int type = bytes.getShort(end);
            asked.add(name + " " + type);
            ports.add(port);
            identifiers.add(bytes.getShort(0) & 0xffff);
            byte[] answer = answering.answer(name.toString(), type, query);
            if (answer != null) {
                socket.send(ByteBuffer.wrap(answer), to, port, now);
            }
        }
    }

    /** An answer's begin: the query's number and question, and how many records follow. */
    static ByteBuffer begin(byte[] query, int code, int answers, int authorities) {
        ByteBuffer bytes = ByteBuffer.allocate(1200);
        int end = DnsName.skip(ByteBuffer.wrap(query), 0, query.length, 12) + 4;
        bytes.put(query, 0, end);
        bytes.putShort(2, (short) (0x8180 | code));
        bytes.putShort(6, (short) answers);
        bytes.putShort(8, (short) authorities);
        bytes.putShort(10, (short) 0);
        return bytes;
    }

    /** Adds a record; the name is written out. */
    static void record(ByteBuffer to, String name, int type, int seconds, byte[] data) {
        to.position(name.isEmpty() ? root(to) : DnsName.write(to, to.position(), name));
        to.putShort((short) type).putShort((short) 1).putInt(seconds);
        to.putShort((short) data.length).put(data);
    }

    private static int root(ByteBuffer to) {
        to.put((byte) 0);
        return to.position();
    }

    static byte[] name(String name) {
        ByteBuffer bytes = ByteBuffer.allocate(300);
        return end(bytes.position(DnsName.write(bytes, 0, name)));
    }

    static byte[] end(ByteBuffer bytes) {
        byte[] all = new byte[bytes.position()];
        bytes.get(0, all);
        return all;
    }

    static byte[] soa(int minimum) {
        ByteBuffer bytes = ByteBuffer.allocate(22);
        return bytes.putInt(18, minimum).array();
    }
}
