package dev.cortado.runtime.net.ip;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.Hex;
import dev.cortado.runtime.net.lab.Packets;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.udp.UdpSocket;
import dev.cortado.runtime.net.wire.EthernetFrame;
import dev.cortado.runtime.net.wire.IpProtocol;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host takes (RFC 1122, 3.2; RFC 8200), and what it drops. */
final class IpInputTest {
    private final TestNetwork network = new TestNetwork();
    private final TestHost host =
            network.host(1).address("10.0.0.1", 24).address("2001:db8::1", 64);
    private final UdpSocket socket = host.stack.udp().open();

    @BeforeEach
    void bind() {
        socket.bind(IpAddress.UNSPECIFIED, 7);
    }

    @AfterEach
    void nothingIsLost() {
        socket.close(network.now);
        network.pass(61 * SECOND);
        assertTrue(host.isWhole());
    }

    private boolean arrives(byte[] frame) {
        host.device.receive(frame, network.now);
        network.settle();
        var packet = socket.receive();
        if (packet == null) {
            return false;
        }
        packet.release();
        return true;
    }

    private static byte[] ipv4(String from, String to) {
        return Packets.ipv4(from, to, IpProtocol.UDP, Packets.udp(from, to, 9, 7, new byte[5]));
    }

    private static byte[] ipv6(String from, String to, String extensions, int first) {
        byte[] udp = Packets.udp(from, to, 9, 7, new byte[5]);
        return Packets.ipv6(from, to, first, 64, Packets.join(Hex.bytes(extensions), udp));
    }

    @Test
    void ours() {
        assertTrue(arrives(ipv4("10.0.0.2", "10.0.0.1")));
        assertTrue(arrives(ipv4("192.0.2.1", "10.0.0.1")));
        assertTrue(arrives(ipv6("2001:db8::2", "2001:db8::1", "", IpProtocol.UDP)));
        assertEquals(0, host.stack.drops().total());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "127.0.0.1",
                "127.1.2.3",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "10.0.0.255",
                "10.0.0.0",
                "10.0.0.1"
            })
    void rfc1122SourcesThatNoPacketHas(String source) {
        assertEquals(false, arrives(ipv4(source, "10.0.0.1")));
        assertEquals(1, host.drops(DropReason.IP_SOURCE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.3", "127.0.0.1", "224.0.0.5", "0.0.0.0", "192.0.2.255"})
    void othersDestinations(String destination) {
        assertEquals(false, arrives(ipv4("10.0.0.2", destination)));
        assertEquals(1, host.drops(DropReason.IP_NOT_OURS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff02::1", "::1", "::ffff:10.0.0.2", "2001:db8::1"})
    void sourcesThatNoPacketOfIpv6Has(String source) {
        byte[] frame = ipv6("2001:db8::2", "2001:db8::1", "", IpProtocol.UDP);
        IpAddress from = IpAddress.parse(source);
        ByteBuffer.wrap(frame).putLong(14 + 8, from.high()).putLong(14 + 16, from.low());
        assertEquals(false, arrives(frame));
        assertEquals(1, host.drops(DropReason.IP_SOURCE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::3", "::1", "fe80::1", "ff02::99", "ff01::1", "ff00::1"})
    void othersDestinationsOfIpv6(String destination) {
        host.stack.loopback();
        assertEquals(false, arrives(ipv6("2001:db8::2", destination, "", IpProtocol.UDP)));
        assertEquals(1, host.drops(DropReason.IP_NOT_OURS));
    }

    /** RFC 1122, 3.3.6: one host's packet in everybody's frame. */
    @Test
    void rfc1122UnicastInABroadcastFrame() {
        byte[] frame = ipv4("10.0.0.2", "10.0.0.1");
        EthernetFrame.setAddress(ByteBuffer.wrap(frame), 0, EthernetFrame.BROADCAST);
        assertEquals(false, arrives(frame));
        assertEquals(1, host.drops(DropReason.IP_NOT_OURS));
    }

    @Test
    void broadcastsAndGroupsWeAreIn() {
        byte[] all = ipv4("10.0.0.2", "255.255.255.255");
        EthernetFrame.setAddress(ByteBuffer.wrap(all), 0, EthernetFrame.BROADCAST);
        assertTrue(arrives(all));
        assertTrue(arrives(ipv4("10.0.0.2", "10.0.0.255")));
        IpAddress group = IpAddress.parse("224.0.0.251");
        host.link.join(group.high(), group.low(), network.now);
        assertTrue(arrives(ipv4("10.0.0.2", "224.0.0.251")));
        assertTrue(host.link.leave(group.high(), group.low(), network.now));
        assertEquals(false, arrives(ipv4("10.0.0.2", "224.0.0.251")));
    }

    /** What Ethernet fills up behind a packet is none of it. */
    @Test
    void paddingIsCutOff() {
        byte[] frame = ipv4("10.0.0.2", "10.0.0.1");
        host.device.receive(Packets.join(frame, new byte[13]), network.now);
        var packet = socket.receive();
        assertEquals(5, packet.totalLength());
        packet.release();
    }

    @Test
    void truncatedAndDamaged() {
        byte[] frame = ipv4("10.0.0.2", "10.0.0.1");
        for (int length = 0; length < frame.length; length++) {
            assertEquals(false, arrives(Packets.part(frame, 0, length)));
        }
        assertEquals(14, host.drops(DropReason.FRAME_TRUNCATED));
        assertEquals(20, host.drops(DropReason.IP_MALFORMED));
        assertEquals(frame.length - 34, host.drops(DropReason.IP_TRUNCATED));
        for (int i = 14; i < 34; i++) {
            byte[] damaged = frame.clone();
            damaged[i] ^= 0x10;
            assertEquals(false, arrives(damaged), "byte " + i);
        }
    }

    /** RFC 8200, 4.1: headers in their order, each of them empty. */
    @Test
    void extensionHeadersAreWalkedOver() {
        String hop = "3c00 0104 00000000";
        String destination = "2b00 0104 00000000";
        String routing = "1100 0000 00000000";
        byte[] frame = ipv6("2001:db8::2", "2001:db8::1", hop + destination + routing, 0);
        assertTrue(arrives(frame));
    }

    @Test
    void extensionHeadersThatCannotBe() {
        String from = "2001:db8::2";
        String to = "2001:db8::1";
        // Longer than the packet; too many; hop-by-hop not first; segments left; a jumbogram.
        assertEquals(false, arrives(ipv6(from, to, "11ff 0104 00000000", 60)));
        String chain = "3c00 0104 00000000".repeat(8) + "1100 0104 00000000";
        assertEquals(false, arrives(ipv6(from, to, chain, 60)));
        assertEquals(false, arrives(ipv6(from, to, "0000 0104 00000000 1100 0104 00000000", 60)));
        assertEquals(false, arrives(ipv6(from, to, "1102 0002 00000000".repeat(3), 43)));
        assertEquals(false, arrives(ipv6(from, to, "1100 c204 00010000", 0)));
        assertEquals(5, host.drops(DropReason.IP_EXTENSION));
        // Fragments in fragments.
        byte[] nested = Hex.bytes("2c00 0000 00000001 1100 0001 00000002 0000000000000000");
        assertEquals(false, arrives(Packets.ipv6(from, to, IpProtocol.FRAGMENT, 64, nested)));
        assertEquals(6, host.drops(DropReason.IP_EXTENSION));
    }

    @Test
    void aHeaderAsLongAsTheLimitAndOneMore() {
        String from = "2001:db8::2";
        String to = "2001:db8::1";
        String most = "113f 01ff" + "00".repeat(255) + "01f7" + "00".repeat(247) + "0000";
        byte[] options = new byte[512];
        System.arraycopy(Hex.bytes(most), 0, options, 0, 508);
        byte[] udp = Packets.udp(from, to, 9, 7, new byte[5]);
        assertTrue(arrives(Packets.ipv6(from, to, 60, 64, Packets.join(options, udp))));
        byte[] one = Hex.bytes("3c00 0104 00000000");
        assertEquals(
                false, arrives(Packets.ipv6(from, to, 60, 64, Packets.join(one, options, udp))));
    }
}
