package dev.cortado.runtime.net.dhcpv6;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.link.InterfaceAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 8415, 18.2: until there are addresses, and what comes without them. */
final class Dhcpv6ClientTest extends Dhcpv6Case {
    /** 18.2.1 and 18.2.2, byte by byte (21.2, 21.4, 21.7, 21.9, 21.14, 21.3). */
    @Test
    void rfc8415Section18FourMessages() {
        client.start(true, network.now);
        network.pass(4 * SECOND);
        assertEquals(List.of(SOLICIT, REQUEST), server.types());
        TestDhcpv6Server.Heard solicit = server.heard.get(0);
        assertEquals(IDENTIFIER, solicit.option(1));
        assertNull(solicit.option(2));
        assertEquals("00000002" + "00000000" + "00000000", solicit.option(3));
        assertEquals("001700180052", solicit.option(6));
        assertEquals(0, solicit.elapsed());
        assertEquals("", solicit.option(14));
        assertEquals("fe80::1", solicit.source().toString());
        TestDhcpv6Server.Heard request = server.heard.get(1);
        assertEquals(server.identifier, request.option(2));
        String association = "00000002" + "00000000" + "00000000";
        assertEquals(
                association + "00050018" + ADDRESS_BYTES + "0000000000000000", request.option(3));
        assertNull(request.option(14));
        assertEquals(Dhcpv6State.BOUND, client.state());
        assertEquals(
                List.of("leased [2001:db8::77]", "informed [2001:db8::53] [dom.example.org]"),
                told);
        // It is ours when nobody has spoken against it, and no route comes of it (18.2.10.1).
        network.pass(SECOND);
        assertEquals(InterfaceAddress.State.PREFERRED, addressState());
        assertEquals(0, host.stack.ip().pathMtu(0x2001_0db8_0000_0000L, 0x99, network.now));
        assertEquals("fe80::2", client.lease().from().toString());
    }

    /** 18.2.1: offers are collected for a second and more, and the most preferred one is taken. */
    @Test
    void rfc8415Section18ThePreferredServer() {
        TestHost third = network.host(3).address("fe80::3", 64);
        TestDhcpv6Server better = new TestDhcpv6Server(third, "000300010000000000bb");
        server.preference = 5;
        better.preference = 9;
        better.addresses = List.of("2001:db8::99");
        client.start(true, network.now);
        while (better.heard.size() < 2) {
            network.pass(SECOND / 100);
        }
        long waited = better.heard.get(1).at() - better.heard.get(0).at();
        assertTrue(waited > SECOND && waited <= SECOND * 11 / 10, "waited " + waited);
        assertEquals(List.of(SOLICIT), server.types());
        network.pass(SECOND);
        assertEquals(List.of("2001:db8::99"), texts(client.lease()));
    }

    /** 18.2.1: 255 is not compared to others. */
    @Test
    void rfc8415Section18AServerThatIsMostPreferred() {
        server.preference = 255;
        client.start(true, network.now);
        while (server.heard.isEmpty()) {
            network.pass(SECOND / 1000);
        }
        assertEquals(List.of(SOLICIT, REQUEST), server.types());
    }

    /** 18.2.1 and 21.14. */
    @Test
    void rfc8415Section18RapidCommit() {
        server.isRapid = true;
        client.start(true, network.now);
        network.pass(4 * SECOND);
        assertEquals(List.of(SOLICIT), server.types());
        assertEquals(Dhcpv6State.BOUND, client.state());
        assertEquals(InterfaceAddress.State.PREFERRED, addressState());
    }

    /** 15, with 7.6's numbers: a second and more, twice as long each time, an hour at most. */
    @Test
    void rfc8415Section15Solicit() {
        server.silentFor = Set.of(SOLICIT);
        client.start(true, network.now);
        network.pass(40_000 * SECOND);
        List<Double> waits = waits();
        assertTrue(waits.get(0) > 1 && waits.get(0) <= 1.1);
        for (int i = 1; i < waits.size(); i++) {
            double factor = waits.get(i) / waits.get(i - 1);
            boolean isFine =
                    waits.get(i) > 3239 ? waits.get(i) <= 3960 : factor >= 1.9 && factor <= 2.1;
            assertTrue(isFine, i + ": " + waits.get(i) + " after " + waits.get(i - 1));
        }
        assertTrue(waits.size() >= 18 && waits.size() <= 25);
        // 21.9: hundredths of a second since the first one, as many as go into two bytes.
        assertEquals(0, server.heard.get(0).elapsed());
        long second = (server.heard.get(1).at() - server.heard.get(0).at()) / (SECOND / 100);
        assertEquals(second, server.heard.get(1).elapsed());
        assertEquals(0xffff, server.last().elapsed());
    }

    /** 15 and 7.6: ten requests, then it looks for servers again. */
    @Test
    void rfc8415Section15Request() {
        server.silentFor = Set.of(REQUEST);
        client.start(true, network.now);
        network.pass(300 * SECOND);
        assertEquals(List.of(SOLICIT), server.types().subList(0, 1));
        assertEquals(
                10,
                server.types().subList(1, 12).stream().takeWhile(type -> type == REQUEST).count());
        assertEquals(SOLICIT, server.types().get(11));
        server.silentFor = Set.of();
        network.pass(60 * SECOND);
        assertEquals(Dhcpv6State.BOUND, client.state());
    }

    /** 18.2.9 and 21.24: also of one that has no addresses. */
    @Test
    void rfc8415Section21SolicitMaximum() {
        server.associationStatus = 2;
        server.more = "0052 0004 0000003c";
        client.start(true, network.now);
        network.pass(1000 * SECOND);
        List<Double> waits = waits();
        assertTrue(waits.stream().allMatch(wait -> wait <= 66));
        assertTrue(waits.size() >= 19);
        assertEquals(server.heard.size(), host.drops(DropReason.DHCP6_IGNORED));
        assertEquals(Dhcpv6State.SOLICITING, client.state());
        // 59 seconds are none that a server may say.
        server.more = "0052 0004 0000003b";
        network.pass(100 * SECOND);
        assertTrue(waits().getLast() > 50);
    }

    /** 18.2.6, 18.2.10.4 and 21.23. */
    @Test
    void rfc8415Section18Information() {
        server.more += "0020 0004 00000e10";
        client.start(false, network.now);
        network.pass(2 * SECOND);
        assertEquals(List.of(INFORM), server.types());
        assertNull(server.last().option(3));
        assertEquals("0017001800200053", server.last().option(6));
        assertEquals(Dhcpv6State.INFORMED, client.state());
        assertEquals(List.of("informed [2001:db8::53] [dom.example.org]"), told);
        network.pass(3600 * SECOND);
        assertEquals(List.of(INFORM, INFORM), server.types());
        assertEquals(1, told.size(), "nothing is new");
        // Less than ten minutes is ten minutes, and nothing is a day.
        server.more = "0020 0004 00000001";
        network.pass(3600 * SECOND);
        assertEquals("informed [] []", told.get(1));
        network.pass(599 * SECOND);
        assertEquals(3, server.heard.size());
        server.more = "";
        network.pass(3 * SECOND);
        assertEquals(4, server.heard.size());
        network.pass(86_390 * SECOND);
        assertEquals(4, server.heard.size());
        network.pass(20 * SECOND);
        assertEquals(5, server.heard.size());
    }

    /** A router that says more than before. */
    @Test
    void informationFirstAndAddressesLater() {
        client.start(false, network.now);
        network.pass(2 * SECOND);
        client.start(false, network.now);
        network.pass(2 * SECOND);
        assertEquals(List.of(INFORM), server.types());
        client.start(true, network.now);
        network.pass(4 * SECOND);
        assertEquals(Dhcpv6State.BOUND, client.state());
        client.start(true, network.now);
        client.start(false, network.now);
        assertEquals(Dhcpv6State.BOUND, client.state());
    }

    /** 16: what is not for us, or not from somebody. */
    @Test
    void rfc8415Section16AnswersToOthers() {
        int[] changed = {0, 1, 3, 8 + 3, 4 + 1, 18 + 1};
        for (int at : changed) {
            server.lie =
                    answer -> {
                        answer[at] ^= 0x40;
                        return answer;
                    };
            client.start(true, network.now);
            network.pass(30 * SECOND);
            assertEquals(Dhcpv6State.SOLICITING, client.state(), "byte " + at);
            client.stop(network.now);
        }
    }

    /** What no host could live with is as nothing. */
    @Test
    void addressesThatCannotBe() {
        String[] addresses = {"ff02::5", "::", "::1", "fe80::9", "::ffff:10.0.0.1"};
        for (String address : addresses) {
            server.addresses = List.of(address);
            client.start(true, network.now);
            network.pass(5 * SECOND);
            assertEquals(Dhcpv6State.SOLICITING, client.state(), address);
            client.stop(network.now);
        }
        server.addresses = List.of("2001:db8::77");
        server.preferred = 5000;
        client.start(true, network.now);
        network.pass(5 * SECOND);
        assertEquals(Dhcpv6State.SOLICITING, client.state(), "21.6: preferred longer than valid");
        client.stop(network.now);
        server.preferred = 3000;
        server.renewal = 3000;
        client.start(true, network.now);
        network.pass(5 * SECOND);
        assertEquals(Dhcpv6State.SOLICITING, client.state(), "21.4: T1 later than T2");
    }

    @Test
    void aHostileServer() {
        Random random = new Random(9);
        server.lie =
                answer -> {
                    byte[] changed = answer.clone();
                    for (int i = random.nextInt(6); i > 0; i--) {
                        int at = random.nextInt(changed.length);
                        changed[at] = (byte) (random.nextBoolean() ? random.nextInt() : 255);
                    }
                    return random.nextInt(10) == 0
                            ? Arrays.copyOf(changed, random.nextInt(changed.length + 20))
                            : changed;
                };
        server.preferred = 100;
        server.valid = 200;
        server.renewal = 40;
        server.rebinding = 80;
        for (int i = 0; i < 3000; i++) {
            int what = random.nextInt(40);
            if (what == 0) {
                client.linkChanged(network.now);
            } else if (what == 1) {
                client.stop(network.now);
            } else if (what < 10) {
                client.start(random.nextBoolean(), network.now);
            }
            server.isRapid = random.nextBoolean();
            network.pass(random.nextLong(20 * SECOND));
            assertTrue(host.link.addresses().length < 30);
        }
        assertTrue(host.drops(DropReason.DHCP6_MALFORMED) > 0);
        assertTrue(server.heard.size() < 30_000, "heard " + server.heard.size());
        server.lie = answer -> answer;
        client.start(true, network.now);
        client.linkChanged(network.now);
        network.pass(4000 * SECOND);
        assertNotNull(client.lease());
        assertEquals(InterfaceAddress.State.PREFERRED, addressState());
    }
}
