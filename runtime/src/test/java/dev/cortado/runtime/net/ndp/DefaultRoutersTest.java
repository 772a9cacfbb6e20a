package dev.cortado.runtime.net.ndp;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.net.lab.Hex;
import dev.cortado.runtime.net.lab.Packets;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.wire.IpProtocol;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Which of several routers is taken (RFC 4861, 6.3.6). */
final class DefaultRoutersTest {
    private static final long FAR = 0x2a00L << 48;

    private final TestNetwork network = new TestNetwork();
    private final TestHost host = network.host(1).address("2001:db8::1", 64);

    /** A router says where it is, and that it is one for half an hour. */
    private void advertise(String number) {
        byte[] message =
                Packets.icmpv6(
                        "fe80::" + number,
                        "ff02::1",
                        Hex.bytes("8600 0000 4000 0708 00000000 00000000 0101 02000000" + number));
        byte[] frame = Packets.ipv6("fe80::" + number, "ff02::1", IpProtocol.ICMPV6, 255, message);
        host.device.receive(frame, network.now);
    }

    /** The end of the MAC address that a packet to somewhere else goes to. */
    private String way() {
        host.stack.echo().send(FAR, 1, 1, 5, 8, network.now);
        return Hex.text(ByteBuffer.wrap(host.device.lastSent()), 4, 2);
    }

    /** One that does not answer is the last choice, until its time is over. */
    @Test
    void rfc4861Section636ARouterThatDoesNotAnswer() {
        advertise("1234");
        advertise("5678");
        assertEquals("1234", way());
        network.pass(10 * SECOND);
        assertEquals("5678", way());
        network.pass(10 * SECOND);
        advertise("1234");
        assertEquals("1234", way());
        assertEquals(3, host.stack.ip().routes().all().length);
    }
}
