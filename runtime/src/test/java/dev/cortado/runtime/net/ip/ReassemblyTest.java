package dev.cortado.runtime.net.ip;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.Packets;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.udp.UdpSocket;
import dev.cortado.runtime.net.wire.IpProtocol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 791, 3.2; RFC 8200, 4.5; RFC 5722. */
final class ReassemblyTest {
    private final TestNetwork network = new TestNetwork();
    private final TestHost host =
            network.host(1).address("10.0.0.1", 24).address("2001:db8::1", 64);
    private final UdpSocket socket = host.stack.udp().open();

    @BeforeEach
    void bind() {
        socket.bind(IpAddress.UNSPECIFIED, 7);
    }

    private static String from(boolean isIpv4) {
        return isIpv4 ? "10.0.0.2" : "2001:db8::2";
    }

    private static String to(boolean isIpv4) {
        return isIpv4 ? "10.0.0.1" : "2001:db8::1";
    }

    private static byte[] data(int length) {
        byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        return data;
    }

    private static byte[] datagram(boolean isIpv4, byte[] data) {
        return Packets.udp(from(isIpv4), to(isIpv4), 9, 7, data);
    }

    private void send(boolean isIpv4, int id, byte[] whole, int begin, int end) {
        byte[] part = Packets.part(whole, begin, end);
        boolean more = end < whole.length;
        byte[] frame =
                isIpv4
                        ? Packets.ipv4(from(true), to(true), IpProtocol.UDP, id, begin, more, part)
                        : Packets.ipv6Fragment(
                                from(false), to(false), IpProtocol.UDP, id, begin, more, part);
        assertTrue(host.device.receive(frame, network.now));
    }

    private byte[] received() {
        PacketBuffer packet = socket.receive();
        if (packet == null) {
            return null;
        }
        byte[] copy = new byte[packet.totalLength()];
        packet.copyOut(0, ByteBuffer.wrap(copy));
        packet.release();
        return copy;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void piecesInAnyOrderAreThePacket(boolean isIpv4) {
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] data = data(random.nextInt(100, 4000));
            byte[] whole = datagram(isIpv4, data);
            List<int[]> parts = new ArrayList<>();
            for (int at = 0; at < whole.length; ) {
                int end = Math.min(whole.length, at + 8 * random.nextInt(5, 170));
                parts.add(new int[] {at, end});
                at = end;
            }
            Collections.shuffle(parts, random);
            for (int[] part : parts) {
                assertNull(received());
                send(isIpv4, i, whole, part[0], part[1]);
            }
            assertArrayEquals(data, received());
        }
        assertTrue(host.isWhole());
        assertEquals(0, host.stack.ip().fragments());
    }

    /** RFC 5722, 3: the packet is given up, with the pieces that come later. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rfc5722OverlapsSpoilThePacket(boolean isIpv4) {
        byte[] whole = datagram(isIpv4, data(2000));
        int[][][] teardrops = {
            {{0, 800}, {792, 1600}, {1600, 2008}},
            {{800, 1600}, {0, 808}, {1600, 2008}},
            {{0, 1600}, {800, 1200}, {1600, 2008}},
            {{800, 1200}, {0, 1600}, {1600, 2008}},
            {{0, 800}, {0, 1600}, {1600, 2008}},
            {{0, 800}, {0, 400}, {800, 2008}},
            {{1600, 2008}, {0, 1608}, {0, 1600}},
        };
        int id = 0;
        for (int[][] parts : teardrops) {
            id++;
            long before = host.drops(DropReason.FRAGMENT_OVERLAP);
            for (int[] part : parts) {
                send(isIpv4, id, whole, part[0], part[1]);
            }
            assertNull(received());
            assertTrue(host.drops(DropReason.FRAGMENT_OVERLAP) > before);
            // What comes later is of the same packet, and does not help it.
            network.pass(61 * SECOND);
        }
        assertTrue(host.isWhole());
    }

    /** Two last pieces, a last one that is not behind all others, pieces behind the last. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEndThatMovesSpoilsThePacket(boolean isIpv4) {
        byte[] longer = datagram(isIpv4, data(2000));
        byte[] shorter = Packets.part(longer, 0, 1000);
        send(isIpv4, 1, shorter, 800, 1000);
        send(isIpv4, 1, longer, 1600, 2008);
        send(isIpv4, 2, longer, 800, 1600);
        send(isIpv4, 2, shorter, 400, 1000);
        send(isIpv4, 3, shorter, 960, 1000);
        send(isIpv4, 3, longer, 1600, 1800);
        assertEquals(3, host.drops(DropReason.FRAGMENT_OVERLAP));
        assertEquals(0, host.stack.ip().fragments());
        assertNull(received());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPieceThatIsThereAlreadyIsIgnored(boolean isIpv4) {
        byte[] data = data(2000);
        byte[] whole = datagram(isIpv4, data);
        send(isIpv4, 1, whole, 0, 800);
        send(isIpv4, 1, whole, 0, 800);
        send(isIpv4, 1, whole, 800, 2008);
        assertArrayEquals(data, received());
        assertEquals(1, host.drops(DropReason.FRAGMENT_DUPLICATE));
    }

    @Test
    void piecesLongerThanAnyPacket() {
        byte[] piece = new byte[1400];
        host.device.receive(
                Packets.ipv4(from(true), to(true), IpProtocol.UDP, 1, 65528, false, piece),
                network.now);
        host.device.receive(
                Packets.ipv6Fragment(
                        from(false), to(false), IpProtocol.UDP, 1, 65528, false, piece),
                network.now);
        host.device.receive(
                Packets.ipv4(from(true), to(true), IpProtocol.UDP, 1, 8, true, new byte[9]),
                network.now);
        host.device.receive(
                Packets.ipv4(from(true), to(true), IpProtocol.UDP, 1, 8, true, new byte[0]),
                network.now);
        assertEquals(4, host.drops(DropReason.FRAGMENT_MALFORMED));
        network.pass(61 * SECOND);
        assertTrue(host.isWhole());
    }

    /** RFC 6946: an atomic fragment has to do with no other. */
    @Test
    void rfc6946AtomicFragments() {
        byte[] data = data(500);
        byte[] whole = datagram(false, data);
        send(false, 5, datagram(false, data(2000)), 0, 800);
        send(false, 5, whole, 0, whole.length);
        assertArrayEquals(data, received());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoseOthersDoNotComeIsGivenUpAndTheSenderTold(boolean isIpv4) {
        byte[] whole = datagram(isIpv4, data(2000));
        send(isIpv4, 1, whole, 0, 800);
        send(isIpv4, 2, whole, 800, 1600);
        assertEquals(2, host.stack.ip().fragments());
        network.pass(61 * SECOND);
        assertEquals(2, host.drops(DropReason.FRAGMENT_TIMEOUT));
        assertEquals(0, host.stack.ip().fragments());
        network.pass(10 * SECOND);
        assertTrue(host.isWhole());
        if (isIpv4) {
            // One of them had its first piece; the error waits for who does not answer ARP.
            assertEquals(1, host.drops(DropReason.NEIGHBOUR_UNREACHABLE));
        }
    }

    @Test
    void whoSendsOnlyHalvesDoesNotKeepOutOthers() {
        byte[] whole = datagram(true, data(2000));
        for (int i = 0; i < 5000; i++) {
            send(true, i, whole, 800, 1600);
        }
        assertEquals(Reassembler.PACKETS_OF_SOURCE, host.stack.ip().fragments());
        byte[] data = data(1500);
        byte[] other = datagram(false, data);
        send(false, 1, other, 0, 800);
        send(false, 1, other, 800, other.length);
        assertArrayEquals(data, received());
        network.pass(61 * SECOND);
        assertTrue(host.isWhole());
    }

    @Test
    void aPacketOfTooManyPiecesIsGivenUp() {
        byte[] whole = datagram(true, data(3000));
        for (int i = 0; i < 200; i++) {
            send(true, 1, whole, 8 * i, 8 * i + 8);
        }
        assertTrue(host.drops(DropReason.FRAGMENT_LIMIT) > 0);
        assertTrue(host.stack.ip().fragments() <= 64);
        network.pass(61 * SECOND);
        assertTrue(host.isWhole());
    }

    /** What one host cuts the other joins. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWeFragmentIsJoined(boolean isIpv4) {
        TestHost other = network.host(2).address(from(isIpv4), isIpv4 ? 24 : 64);
        if (!isIpv4) {
            host.link.learn(0x20010db8L << 32, 2, TestHost.mac(2), network.now);
            other.link.learn(0x20010db8L << 32, 1, TestHost.mac(1), network.now);
        }
        UdpSocket sender = other.stack.udp().open();
        byte[] data = data(40_000);
        IpAddress receiver = IpAddress.parse(to(isIpv4));
        // More pieces than wait for a neighbour's address: it has to be known.
        sender.send(ByteBuffer.allocate(1), receiver, 9, network.now);
        network.settle();
        assertEquals(SendResult.SENT, sender.send(ByteBuffer.wrap(data), receiver, 7, network.now));
        network.settle();
        byte[] got = received();
        assertNotNull(got);
        assertArrayEquals(data, got);
        network.pass(61 * SECOND);
        assertTrue(host.isWhole());
        assertTrue(other.isWhole());
    }
}
