package dev.cortado.runtime.net.stack;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.lab.Hex;
import dev.cortado.runtime.net.lab.Packets;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.udp.UdpSocket;
import dev.cortado.runtime.net.wire.InternetChecksum;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.Ipv4Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that nobody should send: nothing escapes, no buffer is lost, the host still answers. */
final class StackFuzzTest {
    private static final int FRAMES = 250_000;
    private static final String FROM = "10.0.0.2";
    private static final String TO = "10.0.0.1";
    private static final String FROM6 = "2001:db8::2";
    private static final String TO6 = "2001:db8::1";

    private final List<byte[]> seeds = new ArrayList<>();

    StackFuzzTest() {
        byte[] udp = Packets.udp(FROM, TO, 9, 7, new byte[40]);
        byte[] udp6 = Packets.udp(FROM6, TO6, 9, 7, new byte[40]);
        byte[] echo = Packets.icmp(Hex.bytes("0800 0000 0001 0002 0011223344556677"));
        seeds.add(Packets.ipv4(FROM, TO, IpProtocol.UDP, udp));
        seeds.add(Packets.ipv4(FROM, TO, IpProtocol.ICMP, echo));
        seeds.add(Packets.ipv4(FROM, "10.0.0.255", IpProtocol.UDP, udp));
        seeds.add(Packets.ipv4(FROM, TO, 99, new byte[30]));
        seeds.add(Packets.ipv6(FROM6, TO6, IpProtocol.UDP, 64, udp6));
        seeds.add(Packets.ipv6(FROM6, TO6, 99, 64, new byte[30]));
        for (String type : List.of("0303", "0304", "0b01", "0c00")) {
            byte[] quoted = Packets.ipv4(TO, FROM, IpProtocol.UDP, udp);
            byte[] error =
                    Packets.join(
                            Hex.bytes(type + "0000 00000400"),
                            Packets.part(quoted, 14, quoted.length));
            seeds.add(Packets.ipv4(FROM, TO, IpProtocol.ICMP, Packets.icmp(error)));
        }
        for (String type : List.of("0104", "0200", "0301", "0401")) {
            byte[] quoted = Packets.ipv6(TO6, FROM6, IpProtocol.UDP, 64, udp6);
            byte[] error =
                    Packets.join(
                            Hex.bytes(type + "0000 00000500"),
                            Packets.part(quoted, 14, quoted.length));
            icmpv6(FROM6, TO6, 64, error);
        }
        icmpv6(FROM6, TO6, 64, Hex.bytes("8000 0000 0001 0002 0011223344556677"));
        String linkLocal = "fe80::2";
        String target = "20010db8000000000000000000000001";
        icmpv6(FROM6, TO6, 255, Hex.bytes("8700 0000 00000000" + target + "0101 020000000002"));
        icmpv6("::", "ff02::1:ff00:1", 255, Hex.bytes("8700 0000 00000000" + target));
        icmpv6(FROM6, TO6, 255, Hex.bytes("8800 0000 60000000" + target + "0201 020000000002"));
        icmpv6(
                linkLocal,
                "ff02::1",
                255,
                Hex.bytes(
                        "8600 0000 40c0 0708 00000000 00000000 0101 020000000002"
                                + "0501 0000 000005dc 0304 40c0 00015180 00003840 00000000"
                                + "20010db8000100000000000000000000"));
        icmpv6(linkLocal, "ff02::1", 1, Hex.bytes("8200 0000 2710 0000" + "00".repeat(20)));
        for (int i = 0; i < 4; i++) {
            byte[] part = Packets.part(udp, 0, 16);
            seeds.add(Packets.ipv4(FROM, TO, IpProtocol.UDP, 5, 8 * i, i < 3, part));
            part = Packets.part(udp6, 0, 16);
            seeds.add(Packets.ipv6Fragment(FROM6, TO6, IpProtocol.UDP, 5, 8 * i, i < 3, part));
        }
        String chain = "2b00 0104 00000000 3c00 0000 00000000 1100 1e04 00000000";
        seeds.add(Packets.ipv6(FROM6, TO6, 0, 64, Packets.join(Hex.bytes(chain), udp6)));
        for (int operation = 1; operation <= 2; operation++) {
            seeds.add(
                    Hex.bytes(
                            "020000000001 020000000002 0806 0001 0800 06 04 000"
                                    + operation
                                    + "020000000002 0a000002 000000000000 0a000001"));
        }
    }

    private void icmpv6(String from, String to, int hopLimit, byte[] message) {
        byte[] icmp = Packets.icmpv6(from, to, message);
        seeds.add(Packets.ipv6(from, to, IpProtocol.ICMPV6, hopLimit, icmp));
    }

    private byte[] mutate(Random random) {
        byte[] frame = seeds.get(random.nextInt(seeds.size())).clone();
        int changes = random.nextInt(5);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(4) == 0 ? random.nextInt(14) : random.nextInt(frame.length);
            switch (random.nextInt(4)) {
                case 0 -> frame[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> frame[at] = (byte) random.nextInt();
                case 2 -> frame[at] = 0;
                default -> frame[at] = -1;
            }
        }
        boolean isIpv4 = frame.length > 34 && frame[12] == 8 && frame[13] == 0;
        if (isIpv4 && random.nextInt(8) > 0) {
            // With a right checksum it gets further.
            ByteBuffer bytes = ByteBuffer.wrap(frame);
            if (Ipv4Header.check(bytes, 14, frame.length - 14)) {
                int length = Ipv4Header.headerLength(bytes, 14);
                bytes.putShort(24, (short) 0);
                bytes.putShort(24, (short) InternetChecksum.of(bytes, 14, length));
            }
        }
        return switch (random.nextInt(8)) {
            case 0 -> Packets.part(frame, 0, random.nextInt(frame.length + 1));
            case 1 -> Packets.join(frame, new byte[random.nextInt(300)]);
            default -> frame;
        };
    }

    private static long step(Random random) {
        return random.nextInt(50) == 0 ? random.nextLong(2 * SECOND) : random.nextLong(1000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingEscapesAndNoBufferIsLost(long seed) {
        Random random = new Random(seed);
        TestNetwork network = new TestNetwork();
        TestHost host = network.host(1).address(TO, 24).address(TO6, 64);
        UdpSocket socket = host.stack.udp().open();
        socket.bind(IpAddress.UNSPECIFIED, 7);
        UdpSocket connected = host.stack.udp().open();
        connected.bind(IpAddress.parse(TO), 9);
        connected.connect(IpAddress.parse(FROM), 7);
        for (int i = 0; i < FRAMES; i++) {
            assertTrue(host.device.receive(mutate(random), network.now), "no buffer left");
            host.device.sent.clear();
            host.device.toSend.clear();
            if ((i & 63) == 0) {
                network.now += step(random);
                host.stack.service(network.now);
                for (PacketBuffer got = socket.receive(); got != null; got = socket.receive()) {
                    got.release();
                }
            }
        }
        socket.close(network.now);
        for (int i = 0; i < 100; i++) {
            network.now += SECOND;
            host.stack.service(network.now);
        }
        assertEquals(host.stack.pool().size(), host.stack.pool().free());
        assertEquals(host.device.pool.size(), host.device.pool.free());
        assertTrue(host.stack.drops().total() > FRAMES / 10);
        answersStill(host, network);
    }

    private void answersStill(TestHost host, TestNetwork network) {
        host.device.sent.clear();
        host.device.receive(
                Hex.bytes(
                        "020000000001 020000000002 0806 0001 0800 06 04 0001"
                                + "020000000002 0a000002 000000000000 0a000001"),
                network.now);
        assertEquals(1, host.device.sent.size());
        // An ICMP error may have lowered the path's MTU, but not below what an echo needs.
        host.device.receive(seeds.get(1), network.now);
        assertEquals(2, host.device.sent.size());
    }
}
