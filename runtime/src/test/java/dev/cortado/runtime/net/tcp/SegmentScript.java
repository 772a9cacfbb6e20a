package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.wire.TcpOptions;
import dev.cortado.runtime.net.wire.TcpSegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * One host, and a peer that a test plays segment by segment, after packetdrill. A segment is
 * written as {@code "PA 1+100 ack 1"}: flags (S F R P A U E C), sequence number relative to its
 * sender's first one, length of the payload, acknowledgment number relative to the other's first
 * one. To inject, {@code win 1000}, {@code mss 1460}, {@code ws 7}, {@code sackok}, {@code ts 5:0},
 * {@code sack 10:20}, {@code urg 3}, {@code ce} may follow.
 */
final class SegmentScript {
    static final IpAddress PEER = IpAddress.ofIpv4(10, 0, 0, 9);
    static final int PEER_PORT = 7777;
    static final int PEER_FIRST = 0xffff_ff00;

    final VirtualTime time = new VirtualTime();
    final TestHost host;
    final ArrayDeque<TestHost.Packet> sent = new ArrayDeque<>();
    TcpConnection connection;
    TcpListener listener;
    int events;
    int ownFirst;
    int ownPort = 80;
    int peerPort = PEER_PORT;
    final TcpOptions lastOptions = new TcpOptions();
    int lastWindow;
    int lastTrafficClass;
    boolean lastDontFragment;

    SegmentScript() {
        this(plain());
    }

    SegmentScript(TcpSettings settings) {
        host = new TestHost(time, IpAddress.ofIpv4(10, 0, 0, 1), settings, 42);
        host.wire = sent::add;
    }

    /** Without options, so that segments are as in RFC 9293. */
    static TcpSettings plain() {
        TcpSettings settings = new TcpSettings();
        settings.timestamps = false;
        settings.selectiveAcknowledgement = false;
        settings.windowScaling = false;
        return settings;
    }

    static TcpSettings withSack() {
        TcpSettings settings = plain();
        settings.selectiveAcknowledgement = true;
        return settings;
    }

    /** Begins to connect, and takes note of the first SYN. */
    SegmentScript connecting() throws TcpException {
        connection =
                host.tcp.connect(
                        IpAddress.UNSPECIFIED,
                        0,
                        PEER,
                        PEER_PORT,
                        (which, what) -> events |= what,
                        time.now());
        ownPort = connection.localPort();
        ownFirst = TcpSegment.sequence(ByteBuffer.wrap(sent.peek().bytes()), 0);
        return this;
    }

    static TcpSettings withSackAndTimestamps() {
        TcpSettings settings = withSack();
        settings.timestamps = true;
        return settings;
    }

    /**
     * With SACK and segments of 1000 bytes; the round trip, of the handshake and of one byte, takes
     * so long.
     */
    static SegmentScript measured(long milliseconds) throws TcpException {
        SegmentScript script = new SegmentScript(withSack());
        script.connecting();
        script.expect("S 0+0");
        script.pass(milliseconds);
        script.inject("SA 0+0 ack 1 win 65535 mss 1000 sackok");
        script.expect("A 1+0 ack 1");
        script.measure(milliseconds);
        return script;
    }

    /** One byte goes there, which is the first. */
    void measure(long milliseconds) throws TcpException {
        send(1);
        expect("PA 1+1 ack 1");
        pass(milliseconds);
        inject("A 1+0 ack 2");
    }

    /** A connection that this side began, in ESTABLISHED. */
    SegmentScript established(String options) throws TcpException {
        connecting();
        expect("S 0+0");
        inject("SA 0+0 ack 1 win 65535 " + options);
        expect("A 1+0 ack 1");
        assertEquals(State.ESTABLISHED, connection.state());
        return this;
    }

    SegmentScript established() throws TcpException {
        return established("mss 1460");
    }

    SegmentScript listening() throws TcpException {
        listener = host.tcp.listen(IpAddress.UNSPECIFIED, 80, 4);
        return this;
    }

    /** What the other side sends arrives. */
    void inject(String text) {
        host.deliver(packet(text));
    }

    TestHost.Packet packet(String text) {
        String[] words = text.trim().split("\\s+");
        String[] place = words[1].split("\\+");
        ByteBuffer bytes = ByteBuffer.allocate(2000);
        int flags = flags(words[0]);
        int acknowledgment = 0;
        int window = 65535;
        int urgent = 0;
        int trafficClass = 0;
        int at = TcpSegment.HEADER_BYTES;
        for (int i = 2; i < words.length; i++) {
            switch (words[i]) {
                case "ack" -> acknowledgment = ownFirst + (int) Long.parseLong(words[++i]);
                case "win" -> window = Integer.parseInt(words[++i]);
                case "urg" -> urgent = Integer.parseInt(words[++i]);
                case "ce" -> trafficClass = 3;
                case "mss" ->
                        at =
                                TcpOptions.writeMaximumSegmentSize(
                                        bytes, at, Integer.parseInt(words[++i]));
                case "ws" ->
                        at = TcpOptions.writeWindowScale(bytes, at, Integer.parseInt(words[++i]));
                case "sackok" -> at = TcpOptions.writeSackPermitted(bytes, at);
                case "ts" -> {
                    String[] parts = words[++i].split(":");
                    at =
                            TcpOptions.writeTimestamps(
                                    bytes,
                                    at,
                                    (int) Long.parseLong(parts[0]),
                                    (int) Long.parseLong(parts[1]));
                }
                case "sack" -> {
                    String[] blocks = words[++i].split(",");
                    at = TcpOptions.writeSackHead(bytes, at, blocks.length);
                    for (String block : blocks) {
                        for (String edge : block.split(":")) {
                            bytes.putInt(at, ownFirst + Integer.parseInt(edge));
                            at += 4;
                        }
                    }
                }
                default -> throw new IllegalArgumentException(words[i]);
            }
        }
        at = TcpOptions.writeEnd(bytes, 0, at);
        TcpSegment.write(
                bytes,
                0,
                peerPort,
                ownPort,
                PEER_FIRST + (int) Long.parseLong(place[0]),
                acknowledgment,
                at,
                flags,
                window);
        bytes.putShort(18, (short) urgent);
        int length = Integer.parseInt(place[1]);
        for (int i = 0; i < length; i++) {
            bytes.put(at + i, (byte) (Integer.parseInt(place[0]) + i));
        }
        byte[] segment = Arrays.copyOf(bytes.array(), at + length);
        TestHost.fillChecksum(segment, PEER, host.address);
        return new TestHost.Packet(segment, PEER, host.address, trafficClass, true);
    }

    private static int flags(String text) {
        int flags = 0;
        for (char letter : text.toCharArray()) {
            flags |= 1 << "FSRPAUEC".indexOf(letter);
        }
        return flags;
    }

    /** The next segment that this host has sent, as text; "nothing". */
    String next() {
        TestHost.Packet packet = sent.poll();
        if (packet == null) {
            return "nothing";
        }
        ByteBuffer bytes = ByteBuffer.wrap(packet.bytes());
        StringBuilder text = new StringBuilder();
        int flags = TcpSegment.flags(bytes, 0);
        for (char letter : "SFRPAUEC".toCharArray()) {
            if ((flags & 1 << "FSRPAUEC".indexOf(letter)) != 0) {
                text.append(letter);
            }
        }
        if ((flags & TcpSegment.SYN) != 0) {
            ownFirst = TcpSegment.sequence(bytes, 0);
        }
        lastOptions.read(bytes, 0);
        lastWindow = TcpSegment.window(bytes, 0);
        lastTrafficClass = packet.trafficClass();
        lastDontFragment = packet.dontFragment();
        int length = packet.bytes().length - TcpSegment.headerLength(bytes, 0);
        text.append(' ').append(TcpSegment.sequence(bytes, 0) - ownFirst);
        text.append('+').append(length);
        if ((flags & TcpSegment.ACK) != 0) {
            text.append(" ack ").append(TcpSegment.acknowledgment(bytes, 0) - PEER_FIRST);
        }
        return text.toString();
    }

    void expect(String... segments) {
        for (String segment : segments) {
            assertEquals(segment, next());
        }
    }

    void expectNothing() {
        assertEquals("nothing", next());
    }

    void send(int length) throws TcpException {
        assertEquals(length, connection.send(ByteBuffer.allocate(length), time.now()));
    }

    int receive(int most) throws TcpException {
        return connection.receive(ByteBuffer.allocate(most), time.now());
    }

    void pass(long milliseconds) {
        time.runFor(VirtualTime.milliseconds(milliseconds));
    }
}
