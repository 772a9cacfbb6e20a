package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.wire.TcpSegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments that nobody should send, in every state: nothing escapes and nothing is lost. */
final class FuzzTest {
    private static final int SEGMENTS = Integer.getInteger("cortado.fuzz.segments", 100_000);
    private static final IpAddress PEER = IpAddress.ofIpv4(10, 0, 0, 9);

    private final ByteBuffer scratch = ByteBuffer.allocate(4096);
    private int lastSequence;
    private int lastAcknowledgment;
    private int lastPort = 80;

    private void note(TestHost.Packet packet) {
        ByteBuffer bytes = ByteBuffer.wrap(packet.bytes());
        lastSequence = TcpSegment.sequence(bytes, 0);
        lastAcknowledgment = TcpSegment.acknowledgment(bytes, 0);
        lastPort = TcpSegment.sourcePort(bytes, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anySegmentInAnyStateIsTakenOrRefused(long seed) throws TcpException {
        Random random = new Random(seed);
        TcpSettings settings = new TcpSettings();
        settings.maximumConnections = 200;
        settings.maximumTimeWaits = 20;
        settings.maximumHalfOpen = 10;
        settings.ecn = random.nextBoolean();
        settings.selectiveAcknowledgement = seed != 3;
        VirtualTime time = new VirtualTime();
        TestHost host = new TestHost(time, IpAddress.ofIpv4(10, 0, 0, 1), settings, seed);
        host.wire = this::note;
        host.segmentationLimit = seed == 4 ? 20_000 : 0;
        TcpListener listener = host.tcp.listen(IpAddress.UNSPECIFIED, 80, 20);
        List<TcpConnection> connections = new ArrayList<>();
        for (int i = 0; i < SEGMENTS; i++) {
            deliver(host, random);
            if (random.nextInt(8) == 0) {
                use(host, listener, connections, random);
            }
            if (random.nextInt(50) == 0) {
                time.runFor(1L << random.nextInt(36));
            }
        }
        for (TcpConnection connection : connections) {
            connection.abort(time.now());
        }
        listener.close(time.now());
        time.runFor(VirtualTime.seconds(2000));
        BulkTransferTest.nothingIsLeft(host);
        assertTrue(host.drops.total() > 0);
    }

    /** A segment whose numbers are near what was sent last, so that some of them fit. */
    private void deliver(TestHost host, Random random) {
        PacketBuffer packet = host.pool.take();
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        int header = 20 + 4 * random.nextInt(11);
        int length = header + (random.nextInt(3) == 0 ? random.nextInt(1200) : 0);
        packet.append(length);
        for (int i = 20; i < length; i += 8) {
            bytes.putLong(at + i, random.nextLong());
        }
        if (random.nextBoolean()) {
            options(bytes, at + 20, at + header, random);
        }
        int sequence = lastAcknowledgment + near(random);
        int acknowledgment = lastSequence + near(random);
        int port = random.nextInt(3) == 0 ? 80 : lastPort;
        int flags = random.nextInt(4) == 0 ? random.nextInt(256) : usual(random);
        TcpSegment.write(
                bytes,
                at,
                7000 + random.nextInt(3),
                port,
                sequence,
                acknowledgment,
                header,
                flags,
                random.nextInt(3) == 0 ? 0 : random.nextInt(65536));
        bytes.putShort(at + 18, (short) random.nextInt());
        if (random.nextInt(100) == 0) {
            bytes.put(at + 12, (byte) random.nextInt());
        }
        if (random.nextInt(100) == 0) {
            packet.truncate(random.nextInt(length));
        }
        packet.info().sourceLow = PEER.low();
        packet.info().destinationLow = host.address.low();
        packet.info().trafficClass = random.nextInt(4);
        if (random.nextInt(50) != 0) {
            packet.setChecksumGood();
        }
        host.tcp.receive(packet, host.time.now());
    }

    private static int usual(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> TcpSegment.SYN;
            case 1 -> TcpSegment.SYN | TcpSegment.ACK;
            case 2 -> TcpSegment.FIN | TcpSegment.ACK;
            case 3 -> random.nextInt(10) == 0 ? TcpSegment.RST : TcpSegment.ACK;
            default -> TcpSegment.ACK;
        };
    }

    private static int near(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextInt(100_000) - 50_000;
            case 2 -> random.nextInt(2000) - 1000;
            case 3 -> 1;
            default -> 0;
        };
    }

    private void options(ByteBuffer bytes, int from, int to, Random random) {
        int at = from;
        while (at < to) {
            int kind = random.nextInt(10);
            int length = random.nextInt(20) == 0 ? random.nextInt(256) : usualLength(kind, random);
            bytes.put(at, (byte) kind);
            if (kind > 1 && at + 1 < to) {
                bytes.put(at + 1, (byte) length);
            }
            if (kind == 5 || kind == 8) {
                for (int i = at + 2; i + 4 <= Math.min(to, at + length); i += 4) {
                    bytes.putInt(i, (kind == 5 ? lastSequence : 0) + near(random));
                }
            }
            at += kind <= 1 ? 1 : Math.max(1, length);
        }
    }

    private static int usualLength(int kind, Random random) {
        return switch (kind) {
            case 2 -> 4;
            case 3 -> 3;
            case 4 -> 2;
            case 5 -> 2 + 8 * (1 + random.nextInt(4));
            case 8 -> 10;
            default -> 2 + random.nextInt(10);
        };
    }

    private void use(
            TestHost host, TcpListener listener, List<TcpConnection> connections, Random random) {
        long now = host.time.now();
        TcpConnection accepted = listener.accept();
        if (accepted != null) {
            connections.add(accepted);
        }
        if (connections.size() < 6) {
            try {
                connections.add(
                        host.tcp.connect(
                                IpAddress.UNSPECIFIED,
                                0,
                                PEER,
                                7000 + random.nextInt(3),
                                ConnectionListener.NONE,
                                now));
            } catch (TcpException e) {
                assertTrue(e.error() != null);
            }
        }
        if (connections.isEmpty()) {
            return;
        }
        int index = random.nextInt(connections.size());
        TcpConnection connection = connections.get(index);
        scratch.clear();
        try {
            switch (random.nextInt(12)) {
                case 0 -> connection.shutdownOutput(now);
                case 1 -> connection.options().setNoDelay(random.nextBoolean(), now);
                case 2 -> connection.sendUrgent((byte) 1, now);
                case 3 -> connection.options().setKeepAlive(random.nextBoolean(), now);
                case 4, 5, 6 -> connection.receive(scratch, now);
                case 7 -> error(host, connection, random);
                case 8 -> {
                    if (random.nextInt(4) == 0) {
                        connection.close(now);
                        connections.remove(index);
                    }
                }
                default -> connection.send(scratch.limit(random.nextInt(4000)), now);
            }
        } catch (TcpException e) {
            connection.close(now);
            connections.remove(index);
        }
        assertTrue(connection.unacknowledged() >= 0);
    }

    private void error(TestHost host, TcpConnection connection, Random random) {
        PacketBuffer quoted = host.pool.take();
        int at = quoted.append(8);
        quoted.bytes().putShort(at, (short) connection.localPort());
        quoted.bytes().putShort(at + 2, (short) connection.remotePort());
        quoted.bytes().putInt(at + 4, lastSequence + near(random));
        quoted.info().sourceLow = host.address.low();
        quoted.info().destinationLow = PEER.low();
        host.mtu = 600 + random.nextInt(900);
        PacketError[] errors = PacketError.values();
        host.tcp.error(errors[random.nextInt(errors.length)], quoted, 0, host.time.now());
        quoted.release();
    }

    /** RFC 9293, 3.9.2.3, and what is no TCP at all. */
    @Test
    void whatIsNotForOneHostIsDropped() throws TcpException {
        SegmentScript script = new SegmentScript().listening();
        IpAddress group = IpAddress.ofIpv4(224, 0, 0, 1);
        TestHost.Packet syn = script.packet("S 0+0");
        TestHost.fillChecksum(syn.bytes(), SegmentScript.PEER, group);
        script.host.deliver(new TestHost.Packet(syn.bytes(), SegmentScript.PEER, group, 0, false));
        TestHost.fillChecksum(syn.bytes(), group, script.host.address);
        script.host.deliver(new TestHost.Packet(syn.bytes(), group, script.host.address, 0, false));
        for (int length = 0; length < 20; length++) {
            script.host.deliver(
                    new TestHost.Packet(
                            new byte[length], SegmentScript.PEER, script.host.address, 0, false));
        }
        script.expectNothing();
        assertEquals(0, script.listener.halfOpen());
        assertEquals(script.host.pool.size(), script.host.pool.free());
        assertEquals(22, script.host.drops.total());
    }

    /** Ten thousand connections to nowhere: each fails, in the end, and leaves nothing. */
    @Test
    void tenThousandConnectionsToNowhereAllFail() throws TcpException {
        SegmentScript script = new SegmentScript();
        script.host.wire = packet -> {};
        int[] failed = new int[1];
        for (int i = 0; i < 10_000; i++) {
            script.host.tcp.connect(
                    IpAddress.UNSPECIFIED,
                    0,
                    SegmentScript.PEER,
                    1 + i % 100,
                    (connection, events) -> {
                        if (connection.error() == TcpError.TIMED_OUT) {
                            failed[0]++;
                        }
                    },
                    script.time.now());
        }
        assertEquals(10_000, script.host.tcp.connections());
        script.time.runFor(VirtualTime.seconds(181));
        assertEquals(10_000, failed[0]);
        BulkTransferTest.nothingIsLeft(script.host);
    }
}
