package dev.cortado.runtime.net.icmp;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.Route;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.lab.Hex;
import dev.cortado.runtime.net.lab.Packets;
import dev.cortado.runtime.net.lab.TestDevice;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.udp.UdpSocket;
import dev.cortado.runtime.net.wire.IcmpMessage;
import dev.cortado.runtime.net.wire.InternetChecksum;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.Ipv4Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IcmpTest {
    private static final long HIGH = 0x20010db8L << 32;

    private final TestNetwork network = new TestNetwork();
    private final TestHost host =
            network.host(1).address("10.0.0.1", 24).address("2001:db8::1", 64);

    IcmpTest() {
        // The peer is known, so that answers go out at once.
        learn(2);
    }

    private void learn(int number) {
        byte[] arp =
                Hex.bytes(
                        "020000000001 02000000000%x 0806 0001 0800 06 04 0001".formatted(number)
                                + "02000000000%x 0a00000%x 000000000000 0a000001"
                                        .formatted(number, number));
        host.device.receive(arp, network.now);
        host.link.learn(HIGH, number, TestHost.mac(number), network.now);
        host.device.sent.clear();
    }

    @AfterEach
    void nothingIsLost() {
        network.pass(61 * SECOND);
        assertTrue(host.isWhole());
    }

    private void receive(byte[] frame) {
        assertTrue(host.device.receive(frame, network.now));
    }

    private static byte[] ipv4(byte[] icmp) {
        return Packets.ipv4("10.0.0.2", "10.0.0.1", IpProtocol.ICMP, Packets.icmp(icmp));
    }

    private static byte[] ipv6(byte[] icmp) {
        String from = "2001:db8::2";
        String to = "2001:db8::1";
        return Packets.ipv6(from, to, IpProtocol.ICMPV6, 64, Packets.icmpv6(from, to, icmp));
    }

    /** RFC 792: the data comes back, with identifier and sequence number. */
    @Test
    void echoesAreAnswered() {
        receive(ipv4(Hex.bytes("0800 0000 1234 0007 61626364 65")));
        ByteBuffer reply = ByteBuffer.wrap(host.device.lastSent());
        assertEquals(Ipv4.of(10, 0, 0, 1), Ipv4Header.source(reply, 14));
        assertEquals(Ipv4.of(10, 0, 0, 2), Ipv4Header.destination(reply, 14));
        assertEquals("1234000761626364" + "65", Hex.text(reply, 38, 9));
        assertEquals(0, reply.get(34));
        assertTrue(Ipv4Header.isChecksumRight(reply, 14));
        assertTrue(InternetChecksum.isRight(InternetChecksum.add(0, reply, 34, 13)));
        receive(ipv6(Hex.bytes("8000 0000 1234 0007 61626364 65")));
        ByteBuffer reply6 = ByteBuffer.wrap(host.device.lastSent());
        byte[] expected =
                Packets.icmpv6(
                        "2001:db8::1", "2001:db8::2", Hex.bytes("8100 0000 1234 0007 61626364 65"));
        assertEquals(Hex.text(ByteBuffer.wrap(expected), 0, 13), Hex.text(reply6, 54, 13));
    }

    @Test
    void anEchoOfSeveralPiecesIsAnswered() {
        byte[] echo = new byte[2000];
        echo[0] = 8;
        byte[] whole = Packets.icmp(echo);
        receive(Packets.ipv4("10.0.0.2", "10.0.0.1", 1, 5, 0, true, Packets.part(whole, 0, 1000)));
        receive(
                Packets.ipv4(
                        "10.0.0.2",
                        "10.0.0.1",
                        1,
                        5,
                        1000,
                        false,
                        Packets.part(whole, 1000, 2000)));
        assertEquals(2, host.device.sent.size());
    }

    /** The way back is where the routes lead, as it is for echoes, and not where it came from. */
    @Test
    void errorsTakeTheWayThatRoutesHave() {
        TestDevice device = network.wire.attach(new TestDevice(TestHost.mac(7)));
        EthernetLink second = host.stack.addDevice("eth1", device);
        host.stack.addAddress(
                second, InterfaceAddress.of(IpAddress.parse("10.0.7.1"), 24), network.now);
        IpAddress gateway = IpAddress.parse("10.0.0.2");
        host.stack.ip().routes().add(Route.toEverywhere(gateway, host.link, 1));
        byte[] udp = Packets.udp("10.9.9.9", "10.0.7.1", 40000, 33434, new byte[8]);
        byte[] probe = Packets.ipv4("10.9.9.9", "10.0.7.1", IpProtocol.UDP, udp);
        System.arraycopy(Hex.bytes("020000000007"), 0, probe, 0, 6);
        device.receive(probe, network.now);
        ByteBuffer sent = ByteBuffer.wrap(host.device.lastSent());
        assertEquals("0303", Hex.text(sent, 34, 2));
        assertEquals(Ipv4.of(10, 0, 7, 1), Ipv4Header.source(sent, 14));
        assertEquals(Ipv4.of(10, 9, 9, 9), Ipv4Header.destination(sent, 14));
    }

    @Test
    void nobodyIsAmplified() {
        receive(
                Packets.ipv4(
                        "10.0.0.2",
                        "10.0.0.255",
                        IpProtocol.ICMP,
                        Packets.icmp(Hex.bytes("0800 0000 1234 0007"))));
        assertEquals(0, host.device.sent.size());
    }

    @Test
    void hostsPingEachOther() {
        TestHost other = network.host(2).address("10.0.0.2", 24).address("2001:db8::2", 64);
        List<Integer> sequences = new ArrayList<>();
        other.stack.echo().setListener((reply, id, sequence, now) -> sequences.add(sequence));
        IpAddress to = IpAddress.parse("10.0.0.1");
        for (int i = 0; i < 5; i++) {
            other.stack.echo().send(to.high(), to.low(), 77, i, 56, network.now);
            network.settle();
        }
        // To ourselves, by loopback, under three addresses.
        for (String own : List.of("127.0.0.1", "10.0.0.2", "::1", "2001:db8::2")) {
            IpAddress self = IpAddress.parse(own);
            other.stack.echo().send(self.high(), self.low(), 77, 9, 56, network.now);
            network.settle();
        }
        assertEquals(List.of(0, 1, 2, 3, 4, 9, 9, 9, 9), sequences);
        assertTrue(other.isWhole());
    }

    /** RFC 1122, 3.2.2.1, and RFC 4443, 3.1: the begin of the packet is quoted. */
    @Test
    void aPortWithoutASocketIsUnreachable() {
        byte[] frame =
                Packets.ipv4(
                        "10.0.0.2",
                        "10.0.0.1",
                        IpProtocol.UDP,
                        Packets.udp("10.0.0.2", "10.0.0.1", 9, 7, new byte[3]));
        receive(frame);
        ByteBuffer error = ByteBuffer.wrap(host.device.lastSent());
        assertEquals(3, error.get(34));
        assertEquals(IcmpMessage.PORT, error.get(35));
        assertEquals(Hex.text(ByteBuffer.wrap(frame), 14, 31), Hex.text(error, 42, 31));
        assertTrue(InternetChecksum.isRight(InternetChecksum.add(0, error, 34, 39)));
        byte[] udp = Packets.udp("2001:db8::2", "2001:db8::1", 9, 7, new byte[1400]);
        receive(Packets.ipv6("2001:db8::2", "2001:db8::1", IpProtocol.UDP, 64, udp));
        byte[] error6 = host.device.lastSent();
        assertEquals(1, error6[54]);
        assertEquals(4, error6[55]);
        assertEquals(14 + 1280, error6.length);
    }

    @Test
    void noErrorsAboutErrorsGroupsAndNobody() {
        byte[] quoted = new byte[28];
        receive(Packets.ipv4("10.0.0.2", "10.0.0.1", 200, new byte[8]));
        assertEquals(1, host.device.sent.size());
        host.device.sent.clear();
        receive(Packets.ipv4("10.0.0.2", "10.0.0.255", 200, new byte[8]));
        receive(ipv4(Packets.join(Hex.bytes("0303 0000 00000000"), quoted)));
        receive(Packets.ipv4("10.0.0.2", "10.0.0.1", 200, 1, 8, true, new byte[8]));
        String from = "2001:db8::2";
        String to = "2001:db8::1";
        receive(Packets.ipv6(from, to, 200, 64, new byte[8]));
        assertEquals(1, host.device.sent.size());
        assertEquals(4, host.device.lastSent()[54]);
        assertEquals(6, host.device.lastSent()[61], "the next header field");
    }

    /** RFC 4443, 2.4, (f). */
    @Test
    void errorsAreLimitedInRate() {
        for (int i = 0; i < 1000; i++) {
            receive(Packets.ipv4("10.0.0.2", "10.0.0.1", 200, new byte[8]));
        }
        assertEquals(10, host.device.sent.size());
        assertEquals(990, host.drops(DropReason.ICMP_RATE));
        network.pass(SECOND / 2);
        for (int i = 0; i < 1000; i++) {
            receive(Packets.ipv4("10.0.0.2", "10.0.0.1", 200, new byte[8]));
        }
        assertEquals(15, host.device.sent.size());
        learn(3);
        receive(Packets.ipv4("10.0.0.3", "10.0.0.1", 200, new byte[8]));
        assertEquals(1, host.device.sent.size(), "another one still gets his");
    }

    private UdpSocket connected(String peer) {
        UdpSocket socket = host.stack.udp().open();
        assertEquals(SendResult.SENT, socket.connect(IpAddress.parse(peer), 53));
        assertEquals(SendResult.SENT, socket.send(ByteBuffer.allocate(100), null, 0, network.now));
        return socket;
    }

    private byte[] lastPacket() {
        byte[] frame = host.device.lastSent();
        return Packets.part(frame, 14, frame.length);
    }

    @ParameterizedTest
    @CsvSource({
        "0300, NETWORK_UNREACHABLE", "0301, HOST_UNREACHABLE", "0302, PROTOCOL_UNREACHABLE",
        "0303, PORT_UNREACHABLE", "030d, PROHIBITED", "0b00, TIME_EXCEEDED",
        "0c00, PARAMETER_PROBLEM"
    })
    void anErrorGetsToItsSocket(String typeAndCode, PacketError error) {
        UdpSocket socket = connected("10.0.0.2");
        byte[] head = Hex.bytes(typeAndCode + "0000 00000000");
        receive(ipv4(Packets.join(head, Packets.part(lastPacket(), 0, 28))));
        assertEquals(error, socket.takeError());
        assertNull(socket.takeError());
    }

    @Test
    void anErrorAboutWhatWasNotSentIsIgnored() {
        UdpSocket socket = connected("10.0.0.2");
        byte[] head = Hex.bytes("0303 0000 00000000");
        byte[] quoted = Packets.part(lastPacket(), 0, 28);
        for (int at : new int[] {12, 16, 20, 22}) {
            byte[] other = quoted.clone();
            other[at + 1] ^= 1;
            receive(ipv4(Packets.join(head, other)));
        }
        receive(ipv4(Packets.join(head, Packets.part(quoted, 0, 27))));
        receive(ipv4(Packets.join(head, Packets.part(quoted, 0, 19))));
        assertNull(socket.takeError());
    }

    /** RFC 1191, 4 and 7.1; RFC 8201, 4. */
    @Test
    void thePathMtuIsLearnt() {
        UdpSocket socket = connected("10.0.0.2");
        long low = Ipv6.mappedLow(Ipv4.of(10, 0, 0, 2));
        byte[] quoted = Packets.part(lastPacket(), 0, 28);
        assertEquals(1500, host.stack.ip().pathMtu(0, low, network.now));
        receive(ipv4(Packets.join(Hex.bytes("0304 0000 0000 0578"), quoted)));
        assertEquals(1400, host.stack.ip().pathMtu(0, low, network.now));
        assertEquals(PacketError.TOO_BIG, socket.takeError());
        receive(ipv4(Packets.join(Hex.bytes("0304 0000 0000 05dc"), quoted)));
        assertEquals(1400, host.stack.ip().pathMtu(0, low, network.now), "not a bigger one");
        receive(ipv4(Packets.join(Hex.bytes("0304 0000 0000 0044"), quoted)));
        assertEquals(552, host.stack.ip().pathMtu(0, low, network.now), "not less than 552");
        network.pass(601 * SECOND);
        assertEquals(1500, host.stack.ip().pathMtu(0, low, network.now), "after ten minutes");
    }

    @Test
    void rfc5927Section7APathMtuIsBelievedOnlyWithAQuoteOfWhatWasSent() {
        connected("10.0.0.2");
        byte[] quoted = Packets.part(lastPacket(), 0, 28);
        quoted[21] ^= 1;
        receive(ipv4(Packets.join(Hex.bytes("0304 0000 0000 0578"), quoted)));
        long low = Ipv6.mappedLow(Ipv4.of(10, 0, 0, 2));
        assertEquals(1500, host.stack.ip().pathMtu(0, low, network.now));
        connected("2001:db8::2");
        byte[] packet = lastPacket();
        packet[41] ^= 1;
        receive(ipv6(Packets.join(Hex.bytes("0200 0000 00000514"), packet)));
        assertEquals(1500, host.stack.ip().pathMtu(HIGH, 2, network.now));
    }

    @Test
    void rfc1191Section62WhoSentTooMuchIsToldThoughAnotherWasToldBefore() {
        byte[] head = Hex.bytes("0304 0000 0000 0578");
        for (int i = 0; i < 2; i++) {
            UdpSocket socket = connected("10.0.0.2");
            // As if 1450 bytes had been sent before the first was told.
            byte[] quoted = Packets.part(lastPacket(), 0, 28);
            quoted[2] = 1450 >> 8;
            quoted[3] = (byte) 1450;
            receive(ipv4(Packets.join(head, quoted)));
            assertEquals(PacketError.TOO_BIG, socket.takeError());
        }
    }

    @Test
    void thePathMtuOfIpv6IsLearnt() {
        UdpSocket socket = connected("2001:db8::2");
        byte[] packet = lastPacket();
        receive(ipv6(Packets.join(Hex.bytes("0200 0000 00000514"), packet)));
        assertEquals(1300, host.stack.ip().pathMtu(HIGH, 2, network.now));
        assertEquals(PacketError.TOO_BIG, socket.takeError());
        receive(ipv6(Packets.join(Hex.bytes("0200 0000 00000064"), packet)));
        assertEquals(1280, host.stack.ip().pathMtu(HIGH, 2, network.now));
        receive(ipv6(Packets.join(Hex.bytes("0200 0000 ffffffff"), packet)));
        assertEquals(1280, host.stack.ip().pathMtu(HIGH, 2, network.now));
    }
}
