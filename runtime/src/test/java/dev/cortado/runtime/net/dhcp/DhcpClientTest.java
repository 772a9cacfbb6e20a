package dev.cortado.runtime.net.dhcp;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static dev.cortado.runtime.net.wire.DhcpMessage.DECLINE;
import static dev.cortado.runtime.net.wire.DhcpMessage.DISCOVER;
import static dev.cortado.runtime.net.wire.DhcpMessage.RELEASE;
import static dev.cortado.runtime.net.wire.DhcpMessage.REQUEST_ADDRESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.TestDevice;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.wire.DhcpMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 2131, 4.4. */
final class DhcpClientTest {
    private final TestNetwork network = new TestNetwork();
    private final TestHost host = network.host(1);
    private final TestHost other = network.host(2).address("10.0.0.254", 24);
    private final TestDhcpServer server = new TestDhcpServer(other);
    private final List<String> told = new ArrayList<>();
    private final DhcpClient client =
            new DhcpClient(
                    host.link,
                    host.stack.ip(),
                    host.stack.udp(),
                    host.stack.timers(),
                    host.stack.drops(),
                    new Random(1),
                    new DhcpListener() {
                        @Override
                        public void leased(DhcpClient from, DhcpLease lease) {
                            told.add("leased " + lease.address());
                        }

                        @Override
                        public void lost(DhcpClient from, DhcpLease lease) {
                            told.add("lost " + lease.address());
                        }
                    });

    @AfterEach
    void nothingIsLost() {
        network.pass(10 * SECOND);
        assertTrue(host.isWhole());
    }

    /** Both have the port of clients, each for its own interface. */
    @Test
    void twoInterfacesAskAtOnce() {
        TestDevice device = network.wire.attach(new TestDevice(TestHost.mac(9)));
        DhcpClient second =
                new DhcpClient(
                        host.stack.addDevice("eth1", device),
                        host.stack.ip(),
                        host.stack.udp(),
                        host.stack.timers(),
                        host.stack.drops(),
                        new Random(2),
                        new DhcpListener() {
                            @Override
                            public void leased(DhcpClient from, DhcpLease lease) {}

                            @Override
                            public void lost(DhcpClient from, DhcpLease lease) {}
                        });
        client.start(network.now);
        second.start(network.now);
        network.settle();
        // What becomes of it if both are given the same address is another matter.
        assertEquals(2, Collections.frequency(server.heard, REQUEST_ADDRESS));
    }

    private boolean hasAddress() {
        return host.stack.ip().links().isOurs(0, Ipv6.mappedLow(Ipv4.of(10, 0, 0, 77)));
    }

    private int defaultMtu() {
        return host.stack.ip().pathMtu(0, Ipv6.mappedLow(Ipv4.of(192, 0, 2, 1)), network.now);
    }

    private void bound() {
        client.start(network.now);
        network.pass(SECOND);
        assertEquals(DhcpState.BOUND, client.state());
        server.heard.clear();
    }

    @Test
    void discoverOfferRequestAcknowledge() {
        client.start(network.now);
        network.settle();
        assertEquals(List.of(DISCOVER, REQUEST_ADDRESS), server.heard);
        assertEquals(0, server.lastSource);
        assertEquals(DhcpMessage.BROADCAST, server.lastFlags);
        assertEquals(DhcpState.PROBING, client.state());
        assertEquals(false, hasAddress());
        network.pass(SECOND);
        assertEquals(DhcpState.BOUND, client.state());
        assertEquals(List.of("leased 10.0.0.77"), told);
        assertTrue(hasAddress());
        assertEquals(1500, defaultMtu());
        DhcpLease lease = client.lease();
        assertEquals(24, lease.prefixLength());
        assertEquals("example.org", lease.domain());
        assertEquals(List.of(IpAddress.parse("10.0.0.254")), lease.nameServers());
        assertEquals(1800, lease.renewalSeconds());
        assertEquals(3150, lease.rebindingSeconds());
    }

    /** RFC 2131, 4.1. */
    @Test
    void rfc2131WaitsLongerEachTime() {
        server.isSilent = true;
        client.start(network.now);
        List<Long> times = new ArrayList<>();
        int seen = 0;
        for (int i = 0; i < 3000; i++) {
            network.pass(SECOND / 10);
            if (server.heard.size() > seen) {
                seen = server.heard.size();
                times.add(network.now / SECOND);
            }
        }
        int[] expected = {4, 8, 16, 32, 64, 64};
        for (int i = 0; i < expected.length; i++) {
            long waited = times.get(i + 1) - times.get(i);
            assertTrue(Math.abs(waited - expected[i]) <= 2, waited + " for " + expected[i]);
        }
        server.isSilent = false;
        network.pass(66 * SECOND);
        assertEquals(DhcpState.BOUND, client.state());
    }

    @Test
    void aLeaseIsRenewedWithTheServer() {
        bound();
        network.pass(1800 * SECOND);
        assertEquals(List.of(REQUEST_ADDRESS), server.heard);
        assertEquals(Ipv4.of(10, 0, 0, 77), server.lastSource);
        assertEquals(DhcpState.BOUND, client.state());
        network.pass(1798 * SECOND);
        assertEquals(1, server.heard.size());
        network.pass(4 * SECOND);
        assertEquals(2, server.heard.size());
    }

    /** RFC 2131, 3.2. */
    @Test
    void aLinkThatComesAgainKeepsItsAddressAndAsksForIt() {
        bound();
        told.clear();
        client.start(network.now);
        assertTrue(hasAddress());
        network.pass(SECOND);
        assertEquals(List.of(REQUEST_ADDRESS), server.heard);
        assertEquals(0, server.lastSource);
        assertEquals(DhcpState.BOUND, client.state());
        assertEquals(List.of("leased 10.0.0.77"), told);
    }

    @Test
    void aLinkThatComesAgainElsewhereLosesItsAddressWhenThatIsRefused() {
        bound();
        server.refuses = true;
        client.start(network.now);
        network.settle();
        assertEquals(false, hasAddress());
        assertEquals(DhcpState.INIT, client.state());
        server.refuses = false;
        network.pass(10 * SECOND);
        assertEquals(DhcpState.BOUND, client.state());
    }

    @Test
    void aLinkThatComesAgainWithoutAServerKeepsItsAddressForTheTimeThatIsLeft() {
        bound();
        server.isSilent = true;
        client.start(network.now);
        network.pass(100 * SECOND);
        assertEquals(List.of(REQUEST_ADDRESS), server.heard.stream().distinct().toList());
        assertEquals(4, server.heard.size());
        assertEquals(DhcpState.BOUND, client.state());
        network.pass(3400 * SECOND);
        assertTrue(hasAddress());
        network.pass(200 * SECOND);
        assertEquals(false, hasAddress());
    }

    @Test
    void aServerThatIsGoneIsAskedThenAnyThenTheAddressIsGivenUp() {
        bound();
        server.isSilent = true;
        network.pass(1801 * SECOND);
        assertEquals(DhcpState.RENEWING, client.state());
        network.pass(1350 * SECOND);
        assertEquals(DhcpState.REBINDING, client.state());
        assertTrue(hasAddress());
        network.pass(446 * SECOND);
        assertTrue(hasAddress());
        network.pass(4 * SECOND);
        assertEquals(false, hasAddress());
        assertEquals(0, defaultMtu());
        assertEquals(DhcpState.SELECTING, client.state());
        assertEquals(List.of("leased 10.0.0.77", "lost 10.0.0.77"), told);
        assertTrue(server.heard.size() < 20);
    }

    @Test
    void anotherServerMayRebind() {
        bound();
        server.isSilent = true;
        network.pass(3100 * SECOND);
        server.isSilent = false;
        server.server = Ipv4.of(10, 0, 0, 253);
        network.pass(100 * SECOND);
        assertEquals(DhcpState.BOUND, client.state());
        assertEquals(IpAddress.parse("10.0.0.253"), client.lease().server());
    }

    @Test
    void aRefusalBeginsAnew() {
        bound();
        server.refuses = true;
        network.pass(1801 * SECOND);
        assertEquals(false, hasAddress());
        server.refuses = false;
        network.pass(10 * SECOND);
        assertEquals(DhcpState.BOUND, client.state());
    }

    /** RFC 2131, 3.1, 5. */
    @Test
    void anAddressThatSomebodyHasIsDeclined() {
        network.host(3).address("10.0.0.77", 24);
        client.start(network.now);
        network.pass(SECOND);
        assertEquals(List.of(DISCOVER, REQUEST_ADDRESS, DECLINE), server.heard);
        assertEquals(DhcpState.INIT, client.state());
        assertNull(client.lease());
        server.address = Ipv4.of(10, 0, 0, 78);
        network.pass(11 * SECOND);
        assertEquals(DhcpState.BOUND, client.state());
        assertEquals(IpAddress.parse("10.0.0.78"), client.lease().address());
    }

    @Test
    void anAddressIsGivenBack() {
        bound();
        client.stop(network.now);
        network.settle();
        assertEquals(List.of(RELEASE), server.heard);
        assertEquals(false, hasAddress());
        network.pass(7200 * SECOND);
        assertEquals(1, server.heard.size());
        assertEquals(DhcpState.STOPPED, client.state());
    }

    @Test
    void aLeaseForEver() {
        server.seconds = -1;
        bound();
        network.pass(100_000_000 * SECOND);
        assertEquals(0, server.heard.size());
    }

    /** Offers that no host could live with are as none. */
    @Test
    void offersThatCannotBe() {
        int[][] lies = {
            // address, mask, server, seconds
            {0, 0xffff_ff00, server.server, 100},
            {Ipv4.of(127, 0, 0, 2), 0xffff_ff00, server.server, 100},
            {Ipv4.of(224, 0, 0, 2), 0xffff_ff00, server.server, 100},
            {-1, 0xffff_ff00, server.server, 100},
            {Ipv4.of(10, 0, 0, 255), 0xffff_ff00, server.server, 100},
            {Ipv4.of(10, 0, 0, 0), 0xffff_ff00, server.server, 100},
            {Ipv4.of(10, 0, 0, 77), 0xff00_ff00, server.server, 100},
            {Ipv4.of(10, 0, 0, 77), 0, server.server, 100},
            {Ipv4.of(10, 0, 0, 77), 0xffff_ff00, 0, 100},
            {Ipv4.of(10, 0, 0, 77), 0xffff_ff00, Ipv4.of(10, 0, 0, 77), 100},
            {Ipv4.of(10, 0, 0, 77), 0xffff_ff00, server.server, 0},
        };
        for (int[] lie : lies) {
            server.address = lie[0];
            server.mask = lie[1];
            server.server = lie[2];
            server.seconds = lie[3];
            long before = host.drops(DropReason.DHCP_IGNORED);
            client.start(network.now);
            network.settle();
            assertEquals(DhcpState.SELECTING, client.state());
            assertEquals(before + 1, host.drops(DropReason.DHCP_IGNORED));
        }
    }

    @Test
    void aRouterElsewhereAndTimesThatCannotBe() {
        server.router = Ipv4.of(10, 9, 9, 9);
        server.seconds = 1;
        bound();
        assertNull(client.lease().router());
        assertEquals(60, client.lease().seconds());
        assertEquals(30, client.lease().renewalSeconds());
    }

    @Test
    void answersToOthersAreIgnored() {
        int[] changed = {4, 7, 28, 33, 0};
        for (int at : changed) {
            server.lie =
                    answer -> {
                        answer[at] ^= 1;
                        return answer;
                    };
            client.start(network.now);
            network.settle();
            assertEquals(DhcpState.SELECTING, client.state(), "byte " + at);
        }
    }

    @Test
    void aHostileServer() {
        Random random = new Random(9);
        server.lie =
                answer -> {
                    int changes = random.nextInt(6);
                    for (int i = 0; i < changes; i++) {
                        int at = random.nextInt(3) == 0 ? random.nextInt(240) : 240;
                        at += at == 240 ? random.nextInt(answer.length - 240) : 0;
                        answer[at] = (byte) (random.nextBoolean() ? random.nextInt() : 255);
                    }
                    return random.nextInt(10) == 0
                            ? Arrays.copyOf(answer, random.nextInt(answer.length))
                            : answer;
                };
        for (int i = 0; i < 3000; i++) {
            if (random.nextInt(20) == 0 || client.state() == DhcpState.STOPPED) {
                client.start(network.now);
            }
            network.pass(random.nextLong(10 * SECOND));
            DhcpLease lease = client.lease();
            assertTrue(lease == null || lease.seconds() >= 60);
        }
        assertTrue(host.drops(DropReason.DHCP_MALFORMED) > 0);
        server.lie = answer -> answer;
        client.start(network.now);
        network.pass(15 * SECOND);
        assertNotNull(client.lease());
    }

    @Test
    void messagesThatCannotBe() {
        Random random = new Random(3);
        byte[] data = new byte[600];
        ByteBuffer bytes = ByteBuffer.wrap(data);
        int fine = 0;
        for (int i = 0; i < 200_000; i++) {
            DhcpMessage.write(bytes, 0, 1, 0, 0, 0, 2);
            for (int at = 240; at < 600; at++) {
                data[at] = (byte) random.nextInt(random.nextBoolean() ? 60 : 256);
            }
            data[240] = 52;
            data[241] = 1;
            data[242] = (byte) random.nextInt(4);
            int length = random.nextInt(601);
            if (DhcpMessage.check(bytes, 0, length)) {
                fine++;
                DhcpMessage.messageType(bytes, 0, length);
                DhcpLease.of(bytes, 0, length);
            }
        }
        assertTrue(fine > 100, () -> "only a few are worth reading");
    }
}
