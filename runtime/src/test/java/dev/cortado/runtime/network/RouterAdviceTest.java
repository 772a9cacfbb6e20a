package dev.cortado.runtime.network;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.dns.Resolver;
import dev.cortado.runtime.net.lab.Hex;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Name servers that routers tell of (RFC 8106, 5.1 and 6). */
class RouterAdviceTest {
    private static final String FIRST = "20010db8000000000000000000000001";
    private static final String SECOND_ONE = "20010db8000000000000000000000002";

    private final TestNetwork network = new TestNetwork();
    private final TestHost host = network.host(1);
    private final Resolver resolver =
            new Resolver(host.stack.udp(), host.stack.timers(), host.stack.drops(), new Random(1));
    private final RouterAdvice advice =
            new RouterAdvice("eth0", new NameServers(resolver), null, false);

    /** A router has an option with those servers, for so many seconds. */
    private void tell(int seconds, String servers) {
        int units = 1 + servers.length() / 16;
        byte[] option = Hex.bytes("19%02x0000%08x".formatted(units, seconds) + servers);
        PacketBuffer packet = host.stack.pool().take();
        int at = packet.append(option.length);
        packet.bytes().put(at, option);
        advice.nameServers(null, packet, at, network.now);
        packet.release();
    }

    private List<String> servers() {
        return resolver.configuration().servers().stream().map(IpAddress::toString).toList();
    }

    /** 6.2: each option and each router adds to what is known. */
    @Test
    void rfc8106AllOptionsCount() {
        tell(100, FIRST);
        tell(100, SECOND_ONE);
        assertEquals(List.of("2001:db8::1", "2001:db8::2"), servers());
    }

    /** 5.1: a lifetime of 0 ends those that are named. */
    @Test
    void rfc8106ALifetimeOfZero() {
        tell(100, FIRST + SECOND_ONE);
        tell(0, FIRST);
        assertEquals(List.of("2001:db8::2"), servers());
    }

    /** 5.1: who is not told of again is none when his time is over. */
    @Test
    void rfc8106LifetimesEnd() {
        tell(100, FIRST);
        network.pass(99 * SECOND);
        tell(100, SECOND_ONE);
        assertEquals(List.of("2001:db8::1", "2001:db8::2"), servers());
        network.pass(2 * SECOND);
        tell(-1, SECOND_ONE);
        assertEquals(List.of("2001:db8::2"), servers());
        network.pass(1_000_000 * SECOND);
        tell(100, FIRST);
        assertEquals(List.of("2001:db8::2", "2001:db8::1"), servers());
    }

    @Test
    void serversAreBounded() {
        for (int i = 16; i < 100; i++) {
            tell(-1, FIRST.substring(0, 30) + i);
        }
        assertEquals(8, servers().size());
    }
}
