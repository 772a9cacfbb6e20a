package dev.cortado.runtime.net.link;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.tcp.ConnectionListener;
import dev.cortado.runtime.net.tcp.TcpConnection;
import dev.cortado.runtime.net.tcp.TcpException;
import dev.cortado.runtime.net.tcp.TcpListener;
import dev.cortado.runtime.net.tcp.TcpTransport;
import dev.cortado.runtime.net.wire.EthernetFrame;
import dev.cortado.runtime.net.wire.IpProtocol;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4861, 7.3.1: who gets on by TCP asks no neighbour whether it is there. */
final class NeighbourConfirmationTest {
    private static final int PORT = 80;
    private static final int BYTES = 1000;
    private static final long HOUR = 3600 * SECOND;
    private static final int NEIGHBOUR_SOLICITATION = 135;

    private final TestNetwork network = new TestNetwork();
    private final TestHost client = host(1, "10.0.0.1", "fd00::1");
    private final TestHost server = host(2, "10.0.0.2", "fd00::2");
    private final TcpTransport clientTcp = client.addTcp(1);
    private final TcpTransport serverTcp = server.addTcp(2);
    private TcpConnection from;
    private TcpConnection to;

    private TestHost host(int number, String ipv4, String ipv6) {
        return network.host(number).address(ipv4, 24).address(ipv6, 64);
    }

    private void connect(String address) throws TcpException {
        network.pass(10 * SECOND);
        TcpListener listener = serverTcp.listen(IpAddress.UNSPECIFIED, PORT, 1);
        from =
                clientTcp.connect(
                        IpAddress.UNSPECIFIED,
                        0,
                        IpAddress.parse(address),
                        PORT,
                        ConnectionListener.NONE,
                        network.now);
        network.pass(SECOND);
        to = listener.accept();
        client.device.sent.clear();
        server.device.sent.clear();
    }

    private void exchange() throws TcpException {
        assertEquals(BYTES, from.send(ByteBuffer.allocate(BYTES), network.now));
        network.pass(SECOND);
        assertEquals(BYTES, to.receive(ByteBuffer.allocate(2 * BYTES), network.now));
    }

    /** Requests of ARP and neighbour solicitations to one station. */
    private static long probes(TestHost host) {
        return host.device.sent.stream()
                .filter(frame -> (frame[0] & 1) == 0)
                .filter(frame -> isRequest(ByteBuffer.wrap(frame)))
                .count();
    }

    private static boolean isRequest(ByteBuffer frame) {
        return switch (EthernetFrame.type(frame, 0)) {
            case EthernetFrame.TYPE_ARP -> frame.getShort(20) == 1;
            case EthernetFrame.TYPE_IPV6 ->
                    frame.get(20) == IpProtocol.ICMPV6
                            && (frame.get(54) & 0xff) == NEIGHBOUR_SOLICITATION;
            default -> false;
        };
    }

    /** Also over pauses in which what is known of the neighbour grows old. */
    @ParameterizedTest
    @CsvSource({"10.0.0.2, 2", "10.0.0.2, 100", "fd00::2, 2", "fd00::2, 100"})
    void aConnectionWithTrafficNeedsNoProbeInAnHour(String address, long pause)
            throws TcpException {
        connect(address);
        for (long end = network.now + HOUR; network.now < end; network.pass(pause * SECOND)) {
            exchange();
        }
        assertEquals(0, probes(client), "who sends, and has acknowledgements");
        assertEquals(0, probes(server), "who acknowledges, and has data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.2", "fd00::2"})
    void anIdleOneConfirmsNothing(String address) throws TcpException {
        connect(address);
        exchange();
        network.pass(100 * SECOND);
        IpAddress peer = IpAddress.parse(address);
        client.stack.echo().send(peer.high(), peer.low(), 1, 1, 8, network.now);
        network.pass(4 * SECOND);
        assertEquals(0, probes(client));
        network.pass(2 * SECOND);
        assertEquals(1, probes(client), "five seconds after something was sent");
    }

    /** Nothing new has come of what was sent, whatever else there is on the wire. */
    @Test
    void whatIsNotAcknowledgedConfirmsNothing() throws TcpException {
        connect("10.0.0.2");
        network.pass(100 * SECOND);
        network.wire.fate = frame -> EthernetFrame.type(ByteBuffer.wrap(frame), 0) != 0x0800;
        from.send(ByteBuffer.allocate(BYTES), network.now);
        network.pass(10 * SECOND);
        assertEquals(1, probes(client));
    }
}
