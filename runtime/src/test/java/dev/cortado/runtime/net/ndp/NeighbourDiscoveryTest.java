package dev.cortado.runtime.net.ndp;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.Hex;
import dev.cortado.runtime.net.lab.Packets;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.InterfaceAddress.State;
import dev.cortado.runtime.net.random.SipHash;
import dev.cortado.runtime.net.wire.IpProtocol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 4861, RFC 4862, RFC 7217. */
final class NeighbourDiscoveryTest {
    private static final String ROUTER = "fe80::1234";
    private static final long PREFIX = 0x20010db8_0001_0000L;

    private final TestNetwork network = new TestNetwork();
    private final TestHost host = network.host(1);

    @AfterEach
    void nothingIsLost() {
        network.pass(10 * SECOND);
        assertTrue(host.isWhole());
    }

    private void icmpv6(String from, String to, int hops, String message) {
        byte[] icmp = Packets.icmpv6(from, to, Hex.bytes(message));
        host.device.receive(Packets.ipv6(from, to, IpProtocol.ICMPV6, hops, icmp), network.now);
        network.settle();
    }

    private static String prefix(int flags, long valid, long preferred, long high) {
        return "0340%02x%08x%08x00000000%016x0000000000000000"
                .formatted(flags, valid, preferred, high)
                .replaceFirst("^0340", "030440");
    }

    /** A router advertisement; the prefix option's length of 64 is 0x40. */
    private void advertise(int lifetime, String options) {
        icmpv6(
                ROUTER,
                "ff02::1",
                255,
                "8600 0000 40 00 %04x 00000000 00000000".formatted(lifetime) + options);
    }

    /** RFC 4861, 6.3.7: a link that comes again may lead to other routers. */
    @Test
    void rfc4861ALinkThatComesAgainAsksForRouters() {
        start();
        network.pass(2 * SECOND);
        advertise(1800, prefix(0xc0, 3600, 1800, PREFIX));
        network.pass(60 * SECOND);
        host.device.sent.clear();
        host.link.linkChanged(network.now);
        assertEquals(1, host.device.sent.stream().filter(frame -> frame[54] == (byte) 133).count());
    }

    /** RFC 4861, 6.3.7: nor is one question enough there, until a router has answered it. */
    @Test
    void rfc4861ALinkThatComesAgainAsksUntilThereIsAnAnswer() {
        start();
        network.pass(2 * SECOND);
        advertise(1800, prefix(0xc0, 3600, 1800, PREFIX));
        network.pass(60 * SECOND);
        host.device.sent.clear();
        host.link.linkChanged(network.now);
        network.pass(5 * SECOND);
        advertise(1800, prefix(0xc0, 3600, 1800, PREFIX));
        network.pass(60 * SECOND);
        host.link.linkChanged(network.now);
        network.pass(60 * SECOND);
        assertEquals(5, host.device.sent.stream().filter(frame -> frame[54] == (byte) 133).count());
    }

    /** RFC 4861, 4.2, and RFC 8106: what a router says beside itself. */
    @Test
    void rfc4861WhatServersHave() {
        start();
        network.pass(2 * SECOND);
        List<String> told = new ArrayList<>();
        host.stack
                .autoconfiguration(host.link)
                .setListener(
                        new Autoconfiguration.RouterListener() {
                            @Override
                            public void servers(
                                    Autoconfiguration source,
                                    boolean haveAddresses,
                                    boolean haveOther,
                                    long now) {
                                told.add(haveAddresses + " " + haveOther);
                            }

                            @Override
                            public void nameServers(
                                    Autoconfiguration source,
                                    PacketBuffer packet,
                                    int option,
                                    long now) {
                                told.add("names");
                            }
                        });
        String names = "1903 0000 00000e10 20010db8000000000000000000000053";
        for (String flags : List.of("00", "40", "80", "c0")) {
            icmpv6(
                    ROUTER,
                    "ff02::1",
                    255,
                    "8600 0000 40" + flags + "0708 00000000 00000000" + names);
        }
        assertEquals(
                List.of(
                        "false false",
                        "names",
                        "false true",
                        "names",
                        "true false",
                        "names",
                        "true true",
                        "names"),
                told);
    }

    private InterfaceAddress inPrefix(long high) {
        for (InterfaceAddress address : host.link.addresses()) {
            if (address.high() == high) {
                return address;
            }
        }
        return null;
    }

    private void start() {
        host.stack.autoconfiguration(host.link).start(network.now);
        network.settle();
    }

    @Test
    void hostsFindEachOther() {
        host.address("2001:db8::1", 64);
        TestHost other = network.host(2).address("2001:db8::2", 64);
        List<Integer> replies = new ArrayList<>();
        host.stack.echo().setListener((reply, id, sequence, now) -> replies.add(sequence));
        IpAddress to = IpAddress.parse("2001:db8::2");
        host.stack.echo().send(to.high(), to.low(), 1, 5, 100, network.now);
        network.settle();
        assertEquals(List.of(5), replies);
        ByteBuffer solicitation = ByteBuffer.wrap(host.device.sent.get(0));
        // To 33:33:ff:00:00:02, from our address, hop limit 255, with our MAC address.
        assertEquals("3333ff000002", Hex.text(solicitation, 0, 6));
        assertEquals(255, solicitation.get(21) & 0xff);
        assertEquals("87", Hex.text(solicitation, 54, 1));
        assertEquals(
                "20010db8000000000000000000000002" + "0101020000000001",
                Hex.text(solicitation, 62, 24));
        assertTrue(other.isWhole());
    }

    @Test
    void aNeighbourThatDoesNotAnswer() {
        host.address("2001:db8::1", 64);
        IpAddress to = IpAddress.parse("2001:db8::2");
        host.stack.echo().send(to.high(), to.low(), 1, 5, 100, network.now);
        network.pass(5 * SECOND);
        assertEquals(3, host.device.sent.size());
        assertEquals(1, host.drops(DropReason.NEIGHBOUR_UNREACHABLE));
    }

    /** RFC 4862, 5.4: asked from nowhere, a second, then ours; then routers are asked for. */
    @Test
    void rfc4862LinkLocalAddress() {
        start();
        InterfaceAddress address = inPrefix(Ipv6.LINK_LOCAL_HIGH);
        assertEquals(State.TENTATIVE, address.state());
        ByteBuffer probe = ByteBuffer.wrap(host.device.lastSent());
        assertEquals("0".repeat(32), Hex.text(probe, 22, 16));
        assertEquals(24, probe.capacity() - 54, "no option");
        network.pass(SECOND);
        assertEquals(State.PREFERRED, inPrefix(Ipv6.LINK_LOCAL_HIGH).state());
        assertEquals("85", Hex.text(ByteBuffer.wrap(host.device.lastSent()), 54, 1));
        network.pass(20 * SECOND);
        assertEquals(4, host.device.sent.size(), "a probe and three router solicitations");
    }

    @Test
    void rfc4861Section721ANewNeighbourFindsPlaceThoughAllOthersAreInUse() {
        host.address("2001:db8::1", 64);
        long high = IpAddress.parse("2001:db8::2").high();
        for (int i = 100; i < 612; i++) {
            host.link.learn(high, i, TestHost.mac(2), network.now);
            host.stack.echo().send(high, i, 1, 5, 8, network.now);
        }
        assertEquals(0, host.drops(DropReason.NEIGHBOUR_TABLE_FULL));
        host.stack.echo().send(high, 9, 1, 5, 8, network.now);
        assertEquals(0, host.drops(DropReason.NEIGHBOUR_TABLE_FULL));
        assertEquals("87", Hex.text(ByteBuffer.wrap(host.device.lastSent()), 54, 1));
    }

    /** A bridge that gives back what it gets: nobody else has our address. */
    @Test
    void rfc4862Section543OurOwnProbeThatComesBackIsNoConflict() {
        start();
        long low = inPrefix(Ipv6.LINK_LOCAL_HIGH).low();
        host.device.receive(host.device.lastSent(), network.now);
        assertEquals(1, host.drops(DropReason.FRAME_SOURCE));
        network.pass(SECOND);
        assertEquals(State.PREFERRED, inPrefix(Ipv6.LINK_LOCAL_HIGH).state());
        assertEquals(low, inPrefix(Ipv6.LINK_LOCAL_HIGH).low());
    }

    @Test
    void rfc7217AnotherIdentifierAfterAConflictAndNoFourth() {
        start();
        long[] seen = new long[4];
        for (int i = 0; i < 3; i++) {
            InterfaceAddress address = inPrefix(Ipv6.LINK_LOCAL_HIGH);
            assertEquals(State.TENTATIVE, address.state());
            seen[i] = address.low();
            String target = "%016x%016x".formatted(address.high(), address.low());
            if (i == 1) {
                icmpv6("fe80::99", "ff02::1", 255, "8800 0000 20000000" + target);
            } else {
                String group =
                        new IpAddress(0xff02L << 48, Ipv6.solicitedNodeLow(seen[i])).toString();
                icmpv6("::", group, 255, "8700 0000 00000000" + target);
            }
        }
        assertNotEquals(seen[0], seen[1]);
        assertNotEquals(seen[1], seen[2]);
        assertNull(inPrefix(Ipv6.LINK_LOCAL_HIGH));
        assertEquals(3, host.drops(DropReason.ARP_CONFLICT));
    }

    @Test
    void aProbeForOurAddressIsAnsweredToEverybody() {
        host.address("2001:db8::1", 64);
        icmpv6("::", "ff02::1:ff00:1", 255, "8700 0000 00000000 20010db8000000000000000000000001");
        ByteBuffer answer = ByteBuffer.wrap(host.device.lastSent());
        assertEquals("333300000001", Hex.text(answer, 0, 6));
        assertEquals("88", Hex.text(answer, 54, 1));
        assertEquals("20000000", Hex.text(answer, 58, 4), "override, not solicited");
    }

    @Test
    void rfc4861FromBehindARouterNothingIsTaken() {
        host.address("2001:db8::1", 64);
        String target = "20010db8000000000000000000000001";
        icmpv6(
                "2001:db8::2",
                "2001:db8::1",
                254,
                "8700 0000 00000000" + target + "0101 020000000002");
        assertEquals(1, host.drops(DropReason.NDP_MALFORMED));
        // An option of length zero, and one that is longer than the message.
        icmpv6(
                "2001:db8::2",
                "2001:db8::1",
                255,
                "8700 0000 00000000" + target + "0100 020000000002");
        icmpv6(
                "2001:db8::2",
                "2001:db8::1",
                255,
                "8700 0000 00000000" + target + "0102 020000000002");
        assertEquals(3, host.drops(DropReason.NDP_MALFORMED));
        assertEquals(0, host.device.sent.size());
    }

    /** RFC 4861, 6.3.4, and RFC 4862, 5.5.3. */
    @Test
    void aRouterGivesAPrefixAndARoute() {
        start();
        network.pass(2 * SECOND);
        advertise(1800, "0101 020000001234 0501 0000 00000578" + prefix(0xc0, 3600, 1800, PREFIX));
        assertEquals(State.TENTATIVE, inPrefix(PREFIX).state());
        network.pass(SECOND);
        InterfaceAddress address = inPrefix(PREFIX);
        assertEquals(State.PREFERRED, address.state());
        assertEquals(1400, host.link.mtu());
        assertEquals(1400, host.stack.ip().pathMtu(0x2a00L << 48, 1, network.now));
        long router = IpAddress.parse(ROUTER).low();
        assertEquals(
                0x0200_0000_1234L,
                host.link.ipv6Neighbours().macAddress(Ipv6.LINK_LOCAL_HIGH, router));
        network.pass(1800 * SECOND);
        assertEquals(State.DEPRECATED, inPrefix(PREFIX).state());
        assertEquals(0, host.stack.ip().pathMtu(0x2a00L << 48, 1, network.now));
        assertEquals(1400, host.stack.ip().pathMtu(PREFIX, 1, network.now));
        network.pass(1800 * SECOND);
        assertNull(inPrefix(PREFIX));
        assertEquals(0, host.stack.ip().pathMtu(PREFIX, 1, network.now));
    }

    /** RFC 4862, 5.5.3, (e). */
    @Test
    void rfc4862NobodyMakesAnAddressEndSoonerThanInTwoHours() {
        start();
        network.pass(2 * SECOND);
        advertise(1800, prefix(0xc0, 86400, 86400, PREFIX));
        network.pass(SECOND);
        advertise(1800, prefix(0xc0, 1, 1, PREFIX));
        network.pass(7199 * SECOND);
        assertEquals(State.DEPRECATED, inPrefix(PREFIX).state());
        network.pass(SECOND);
        assertNull(inPrefix(PREFIX));
    }

    @Test
    void prefixesThatCannotBe() {
        start();
        network.pass(2 * SECOND);
        advertise(0, prefix(0xc0, 100, 200, PREFIX));
        advertise(0, prefix(0xc0, 100, 100, Ipv6.LINK_LOCAL_HIGH));
        advertise(0, prefix(0xc0, 100, 100, 0xff02L << 48));
        advertise(0, prefix(0xc0, 100, 100, PREFIX).replaceFirst("^030440", "030481"));
        assertEquals(4, host.drops(DropReason.NDP_IGNORED));
        advertise(0, prefix(0xc0, 100, 100, PREFIX).replaceFirst("^030440", "03043f"));
        assertEquals(1, host.link.addresses().length);
        icmpv6("2001:db8::9", "ff02::1", 255, "8600 0000 40 00 0708 00000000 00000000");
        assertEquals(1, host.drops(DropReason.NDP_MALFORMED));
    }

    @Test
    void aLiarsRoutersAndPrefixesAreBounded() {
        start();
        network.pass(2 * SECOND);
        for (int i = 0; i < 200; i++) {
            String from = "fe80::" + Integer.toHexString(i + 1);
            icmpv6(
                    from,
                    "ff02::1",
                    255,
                    "8600 0000 40 00 0708 00000000 00000000"
                            + prefix(0xc0, 7200, 7200, PREFIX + (i + 1)));
        }
        network.pass(2 * SECOND);
        assertTrue(host.link.addresses().length <= Autoconfiguration.LIMIT);
        assertEquals(2 * RouterList.LIMIT, host.stack.ip().routes().all().length);
        network.pass(7300 * SECOND);
        assertEquals(0, host.stack.ip().routes().all().length);
        assertEquals(1, host.link.addresses().length);
    }

    @Test
    void anAddressIsTheSameEachTimeOnTheSameNetwork() {
        Random random = new Random(5);
        InterfaceIdentifier identifiers =
                new InterfaceIdentifier(new SipHash(random.nextLong(), random.nextLong()));
        long here = identifiers.of(PREFIX, 1, 0);
        assertEquals(here, identifiers.of(PREFIX, 1, 0));
        assertNotEquals(here, identifiers.of(PREFIX + 1, 1, 0));
        assertNotEquals(here, identifiers.of(PREFIX, 2, 0));
        assertNotEquals(here, identifiers.of(PREFIX, 1, 1));
    }

    /** RFC 4861, 7.2.6: who was moved says where it is. */
    @Test
    void aLinkThatComesUpAdvertisesItsAddresses() {
        host.address("2001:db8::1", 64);
        host.link.linkChanged(network.now);
        ByteBuffer sent = ByteBuffer.wrap(host.device.lastSent());
        assertEquals("88", Hex.text(sent, 54, 1));
        assertEquals("20000000", Hex.text(sent, 58, 4));
        network.settle();
    }
}
