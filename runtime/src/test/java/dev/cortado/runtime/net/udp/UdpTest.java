package dev.cortado.runtime.net.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.lab.Packets;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.link.DeviceFeatures;
import dev.cortado.runtime.net.random.EphemeralPorts;
import dev.cortado.runtime.net.wire.IpProtocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class UdpTest {
    private static final IpAddress A = IpAddress.parse("10.0.0.1");
    private static final IpAddress B = IpAddress.parse("10.0.0.2");
    private static final IpAddress ANY4 = IpAddress.parse("0.0.0.0");

    private final TestNetwork network = new TestNetwork();
    private final TestHost a = network.host(1).address("10.0.0.1", 24);
    private final TestHost b = network.host(2).address("10.0.0.2", 24);

    private UdpSocket bound(TestHost host, IpAddress address, int port) {
        UdpSocket socket = host.stack.udp().open();
        assertEquals(BindResult.BOUND, socket.bind(address, port));
        return socket;
    }

    private static ByteBuffer data(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(PacketBuffer packet) {
        byte[] bytes = new byte[packet.totalLength()];
        packet.copyOut(0, ByteBuffer.wrap(bytes));
        packet.release();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aDatagramAndItsAnswer() {
        UdpSocket server = bound(b, IpAddress.UNSPECIFIED, 7);
        UdpSocket client = a.stack.udp().open();
        int[] told = {0};
        server.setListener((socket, now) -> told[0]++);
        assertEquals(SendResult.SENT, client.send(data("hello"), B, 7, network.now));
        network.settle();
        assertEquals(1, told[0]);
        PacketBuffer got = server.receive();
        assertEquals(A.low(), got.info().sourceLow);
        assertEquals(client.localPort(), got.info().sourcePort);
        assertTrue(client.localPort() >= EphemeralPorts.FIRST);
        int port = got.info().sourcePort;
        assertEquals("hello", text(got));
        server.send(data("you"), A, port, network.now);
        network.settle();
        assertEquals("you", text(client.receive()));
        assertNull(client.receive());
        client.close(network.now);
        server.close(network.now);
        assertTrue(a.isWhole() && b.isWhole());
    }

    @Test
    void whoIsBoundToAGroupOrToAllSendsFromItsOwnAddress() {
        UdpSocket server = bound(b, IpAddress.UNSPECIFIED, 7);
        for (String shared : new String[] {"224.0.0.9", "255.255.255.255"}) {
            UdpSocket client = bound(a, IpAddress.parse(shared), 1000);
            assertEquals(SendResult.SENT, client.send(data(shared), B, 7, network.now));
            network.settle();
            PacketBuffer got = server.receive();
            assertEquals(A.low(), got.info().sourceLow);
            assertEquals(shared, text(got));
            client.close(network.now);
        }
    }

    @Test
    void theSocketThatFitsBestGetsIt() {
        UdpSocket any = bound(b, IpAddress.UNSPECIFIED, 7);
        any.close(0);
        UdpSocket ours = b.stack.udp().open();
        ours.options().setReuseAddress(true);
        ours.bind(B, 7);
        UdpSocket wide = b.stack.udp().open();
        wide.options().setReuseAddress(true);
        wide.bind(IpAddress.UNSPECIFIED, 7);
        UdpSocket peer = b.stack.udp().open();
        peer.options().setReuseAddress(true);
        peer.bind(ANY4, 7);
        UdpSocket client = bound(a, A, 1000);
        peer.connect(A, 1000);
        client.send(data("1"), B, 7, network.now);
        network.settle();
        assertEquals("1", text(peer.receive()));
        UdpSocket other = bound(a, A, 1001);
        other.send(data("2"), B, 7, network.now);
        network.settle();
        assertEquals("2", text(ours.receive()));
        ours.close(0);
        other.send(data("3"), B, 7, network.now);
        network.settle();
        assertEquals("3", text(wide.receive()));
    }

    @Test
    void portsAreHadOnce() {
        UdpSocket any = bound(a, IpAddress.UNSPECIFIED, 7);
        assertEquals(BindResult.BOUND_BEFORE, any.bind(A, 8));
        assertEquals(BindResult.ADDRESS_IN_USE, a.stack.udp().open().bind(A, 7));
        assertEquals(BindResult.ADDRESS_IN_USE, a.stack.udp().open().bind(ANY4, 7));
        assertEquals(BindResult.ADDRESS_NOT_OURS, a.stack.udp().open().bind(B, 9));
        bound(a, A, 9);
        assertEquals(BindResult.ADDRESS_IN_USE, a.stack.udp().open().bind(ANY4, 9));
        bound(a, IpAddress.parse("127.0.0.1"), 9);
        bound(a, IpAddress.parse("::1"), 9);
        any.close(0);
        bound(a, IpAddress.UNSPECIFIED, 7);
    }

    @Test
    void allPortsAndNoneMore() {
        for (int i = EphemeralPorts.FIRST; i <= EphemeralPorts.LAST; i++) {
            bound(a, A, 0);
        }
        assertEquals(BindResult.ADDRESS_IN_USE, a.stack.udp().open().bind(A, 0));
    }

    @Test
    void theQueueIsBounded() {
        UdpSocket server = bound(b, IpAddress.UNSPECIFIED, 7);
        server.inbox().account().setLimit(20 * 2048);
        UdpSocket client = a.stack.udp().open();
        for (int i = 0; i < 100; i++) {
            client.send(data("x"), B, 7, network.now);
            network.settle();
        }
        assertEquals(80, b.drops(DropReason.UDP_QUEUE_FULL));
        for (int i = 0; i < 20; i++) {
            text(server.receive());
        }
        assertNull(server.receive());
        assertEquals(0, server.inbox().account().held());
        assertTrue(b.isWhole());
    }

    @Test
    void aPortNobodyHasIsToldToWhoIsConnected() {
        UdpSocket client = a.stack.udp().open();
        client.connect(B, 7);
        client.send(data("x"), null, 0, network.now);
        network.settle();
        assertEquals(PacketError.PORT_UNREACHABLE, client.takeError());
        UdpSocket loose = a.stack.udp().open();
        loose.send(data("x"), B, 7, network.now);
        network.settle();
        assertNull(loose.takeError());
    }

    @Test
    void aHostThatIsNotThereIsTold() {
        UdpSocket client = a.stack.udp().open();
        client.connect(IpAddress.parse("10.0.0.9"), 7);
        client.send(data("x"), null, 0, network.now);
        network.pass(5 * TestNetwork.SECOND);
        assertEquals(PacketError.HOST_UNREACHABLE, client.takeError());
    }

    @Test
    void broadcastsGoToAllOfThem() {
        UdpSocket[] sockets = new UdpSocket[3];
        for (int i = 0; i < 3; i++) {
            sockets[i] = b.stack.udp().open();
            sockets[i].options().setReuseAddress(true);
            sockets[i].bind(IpAddress.UNSPECIFIED, 7);
        }
        UdpSocket own = bound(a, IpAddress.UNSPECIFIED, 7);
        UdpSocket client = a.stack.udp().open();
        client.send(data("all"), IpAddress.parse("10.0.0.255"), 7, network.now);
        network.settle();
        for (UdpSocket socket : sockets) {
            assertEquals("all", text(socket.receive()));
        }
        assertEquals("all", text(own.receive()), "us, too");
        client.send(data("far"), IpAddress.parse("255.255.255.255"), 7, network.now);
        network.settle();
        assertEquals("far", text(sockets[1].receive()));
        for (UdpSocket socket : sockets) {
            socket.close(0);
        }
        own.close(0);
        assertTrue(a.isWhole() && b.isWhole());
    }

    @Test
    void noRouteAndTooLong() {
        UdpSocket client = a.stack.udp().open();
        assertEquals(
                SendResult.NO_ROUTE,
                client.send(data("x"), IpAddress.parse("192.0.2.1"), 7, network.now));
        assertEquals(
                SendResult.NO_ROUTE,
                client.send(data("x"), IpAddress.parse("2001:db8::1"), 7, network.now));
        assertEquals(
                SendResult.TOO_BIG, client.send(ByteBuffer.allocate(65508), B, 7, network.now));
        client.options().setDontFragment(true);
        assertEquals(SendResult.TOO_BIG, client.send(ByteBuffer.allocate(1473), B, 7, network.now));
        assertEquals(SendResult.SENT, client.send(ByteBuffer.allocate(1472), B, 7, network.now));
        network.settle();
        assertTrue(a.isWhole());
    }

    @Test
    void checksums() {
        UdpSocket server = bound(b, IpAddress.UNSPECIFIED, 7);
        byte[] udp = Packets.udp("10.0.0.1", "10.0.0.2", 9, 7, new byte[] {1, 2, 3});
        byte[] damaged = udp.clone();
        damaged[9] ^= 1;
        byte[] without = udp.clone();
        without[6] = 0;
        without[7] = 0;
        byte[][] datagrams = {udp, damaged, without};
        for (byte[] datagram : datagrams) {
            byte[] frame = Packets.ipv4("10.0.0.1", "10.0.0.2", IpProtocol.UDP, datagram);
            frame[5] = 2;
            frame[11] = 1;
            b.device.receive(frame, network.now);
        }
        assertNotNull(server.receive());
        assertNotNull(server.receive(), "RFC 768: all zero is none");
        assertNull(server.receive());
        assertEquals(1, b.drops(DropReason.UDP_CHECKSUM));
    }

    /** A device that fills in checksums gets the pseudo-header's sum in the field. */
    @Test
    void theChecksumIsLeftToTheDevice() {
        a.device.features = DeviceFeatures.TRANSMIT_CHECKSUM;
        UdpSocket client = bound(a, A, 9);
        client.send(data("x"), B, 7, network.now);
        network.settle();
        byte[] frame = a.device.lastSent();
        // 10.0.0.1 + 10.0.0.2 + 17 + 9 = 0x0a00 + 1 + 0x0a00 + 2 + 0x11 + 9.
        assertEquals(0x141d, ByteBuffer.wrap(frame).getShort(40) & 0xffff);
    }

    @Test
    void whatASocketIsConnectedToIsAllThatItHears() {
        UdpSocket server = bound(b, IpAddress.UNSPECIFIED, 7);
        server.connect(A, 9);
        bound(a, A, 10).send(data("x"), B, 7, network.now);
        network.settle();
        assertNull(server.receive());
        server.disconnect();
        bound(a, A, 11).send(data("y"), B, 7, network.now);
        network.settle();
        assertEquals("y", text(server.receive()));
    }
}
