package dev.cortado.runtime.net.dhcpv6;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.link.InterfaceAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 8415, 18.2. */
final class Dhcpv6ClientTest {
    private static final int SOLICIT = 1;
    private static final int REQUEST = 3;
    private static final int CONFIRM = 4;
    private static final int RENEW = 5;
    private static final int REBIND = 6;
    private static final int RELEASE = 8;
    private static final int DECLINE = 9;
    private static final int INFORM = 11;
    private static final String IDENTIFIER = "00030001020000000001";
    private static final String ADDRESS_BYTES = "20010db8000000000000000000000077";

    private final TestNetwork network = new TestNetwork();
    private final TestHost host = network.host(1).address("fe80::1", 64);
    private final TestHost other = network.host(2).address("fe80::2", 64);
    private final TestDhcpv6Server server = new TestDhcpv6Server(other, "000300010000000000aa");
    private final List<String> told = new ArrayList<>();
    private final Dhcpv6Client client =
            new Dhcpv6Client(
                    host.stack.autoconfiguration(host.link),
                    host.stack.ip(),
                    host.stack.udp(),
                    host.stack.timers(),
                    host.stack.drops(),
                    new Random(1),
                    Duid.ofMacAddress(host.link.macAddress()),
                    new Listener());

    private final class Listener implements Dhcpv6Listener {
        @Override
        public void leased(Dhcpv6Client from, Dhcpv6Lease lease) {
            told.add("leased " + lease.values());
        }

        @Override
        public void lost(Dhcpv6Client from, Dhcpv6Lease lease) {
            told.add("lost " + lease.values());
        }

        @Override
        public void informed(Dhcpv6Client from, Dhcpv6Information information) {
            told.add("informed " + information.nameServers() + " " + information.search());
        }
    }

    @AfterEach
    void nothingIsLost() {
        network.pass(10 * SECOND);
        assertTrue(host.isWhole());
        assertEquals(0, host.drops(DropReason.FAULT));
    }

    private InterfaceAddress.State addressState(String text) {
        IpAddress address = IpAddress.parse(text);
        InterfaceAddress own = host.link.address(address.high(), address.low());
        return own == null ? null : own.state();
    }

    private InterfaceAddress.State addressState() {
        return addressState("2001:db8::77");
    }

    private void bound() {
        client.start(true, network.now);
        network.pass(4 * SECOND);
        assertEquals(Dhcpv6State.BOUND, client.state());
        server.heard.clear();
        told.clear();
    }

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

    private static List<String> texts(Dhcpv6Lease lease) {
        return lease.values().stream().map(IpAddress::toString).toList();
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

    private List<Double> waits() {
        List<Double> waits = new ArrayList<>();
        for (int i = 1; i < server.heard.size(); i++) {
            long wait = server.heard.get(i).at() - server.heard.get(i - 1).at();
            waits.add((double) wait / SECOND);
        }
        return waits;
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

    /** 18.2.4 and 14.2. */
    @Test
    void rfc8415Section18Renew() {
        bound();
        network.pass(1000 * SECOND);
        assertEquals(List.of(RENEW), server.types());
        assertEquals(server.identifier, server.last().option(2));
        assertEquals(Dhcpv6State.BOUND, client.state());
        assertEquals(List.of("leased [2001:db8::77]"), told);
        network.pass(1000 * SECOND);
        assertEquals(2, server.heard.size());
        network.pass(50_000 * SECOND);
        assertEquals(InterfaceAddress.State.PREFERRED, addressState());
    }

    /** 14.2: a half and four fifths of the preferred lifetime. */
    @Test
    void rfc8415Section14TimesThatAreLeftToUs() {
        server.renewal = 0;
        server.rebinding = 0;
        bound();
        assertEquals(1500, client.lease().renewalSeconds());
        assertEquals(2400, client.lease().rebindingSeconds());
        server.preferred = -1;
        server.valid = -1;
        network.pass(1500 * SECOND);
        assertEquals(LeasedAddress.FOR_EVER, client.lease().renewalSeconds());
        server.heard.clear();
        network.pass(100_000_000 * SECOND);
        assertEquals(0, server.heard.size());
        assertEquals(InterfaceAddress.State.PREFERRED, addressState());
    }

    /** 18.2.5, and the end of lifetimes (RFC 4862, 5.5.4). */
    @Test
    void rfc8415Section18AServerThatIsGone() {
        bound();
        server.silentFor = Set.of(RENEW, REBIND, SOLICIT);
        network.pass(1990 * SECOND);
        assertEquals(Set.of(RENEW), Set.copyOf(server.types()));
        assertTrue(server.heard.size() >= 6 && server.heard.size() <= 8);
        network.pass(20 * SECOND);
        assertEquals(Dhcpv6State.REBINDING, client.state());
        assertNull(server.last().option(2));
        network.pass(1000 * SECOND);
        assertEquals(InterfaceAddress.State.DEPRECATED, addressState());
        network.pass(1000 * SECOND);
        assertNull(addressState());
        assertNull(client.lease());
        assertEquals(List.of("lost [2001:db8::77]"), told);
        assertEquals(SOLICIT, server.last().type());
        server.silentFor = Set.of();
        network.pass(3600 * SECOND);
        assertEquals(Dhcpv6State.BOUND, client.state());
    }

    @Test
    void rfc8415Section18AnotherServerRebinds() {
        bound();
        server.silentFor = Set.of(RENEW, REBIND);
        TestHost third = network.host(3).address("fe80::3", 64);
        TestDhcpv6Server second = new TestDhcpv6Server(third, "000300010000000000bb");
        network.pass(2100 * SECOND);
        assertEquals(Dhcpv6State.BOUND, client.state());
        assertEquals(List.of(REBIND), second.types());
        assertEquals("fe80::3", client.lease().from().toString());
        network.pass(1000 * SECOND);
        assertEquals(List.of(REBIND, RENEW), second.types());
    }

    /** 18.2.10.1: NoBinding is asked for anew, with the same addresses. */
    @Test
    void rfc8415Section18NoBinding() {
        bound();
        server.lie =
                answer -> {
                    boolean isFirst = server.heard.size() == 1;
                    return isFirst ? replaceAssociation(answer, "000d00020003") : answer;
                };
        network.pass(1001 * SECOND);
        assertEquals(List.of(RENEW, REQUEST), server.types());
        assertTrue(server.last().option(3).contains(ADDRESS_BYTES));
        assertEquals(Dhcpv6State.BOUND, client.state());
    }

    /** An answer whose identity association has other options. */
    private static byte[] replaceAssociation(byte[] answer, String options) {
        HexFormat hex = HexFormat.of();
        String text = hex.formatHex(answer);
        int at = text.indexOf("0003002800000002");
        String head = "0003" + hex.toHexDigits((short) (12 + options.length() / 2));
        String ours = head + text.substring(at + 8, at + 32) + options;
        return hex.parseHex(text.substring(0, at) + ours + text.substring(at + 88));
    }

    /** 18.2.10.1: what ends, what is left for the next time, and what begins anew. */
    @Test
    void rfc8415Section18StatusOfRequests() {
        int[] refused = {2, 4};
        for (int status : refused) {
            server.lie = answer -> answer[0] == 7 ? withStatus(answer, status) : answer;
            client.start(true, network.now);
            network.pass(20 * SECOND);
            assertTrue(server.types().stream().filter(type -> type == SOLICIT).count() >= 3);
            assertTrue(server.heard.size() <= 20);
            client.stop(network.now);
            server.heard.clear();
        }
        server.lie = answer -> answer[0] == 7 ? withStatus(answer, 1) : answer;
        client.start(true, network.now);
        network.pass(20 * SECOND);
        assertEquals(1, server.types().stream().filter(type -> type == SOLICIT).count());
        assertEquals(Dhcpv6State.REQUESTING, client.state());
    }

    private static byte[] withStatus(byte[] answer, int status) {
        byte[] longer = Arrays.copyOf(answer, answer.length + 6);
        System.arraycopy(new byte[] {0, 13, 0, 2, 0, (byte) status}, 0, longer, answer.length, 6);
        return longer;
    }

    /** 18.2.3. */
    @Test
    void rfc8415Section18Confirm() {
        bound();
        server.status = 0;
        client.linkChanged(network.now);
        network.pass(2 * SECOND);
        assertEquals(List.of(CONFIRM), server.types());
        assertTrue(server.last().option(3).contains(ADDRESS_BYTES));
        assertNull(server.last().option(2));
        assertEquals(Dhcpv6State.BOUND, client.state());
        assertEquals(List.of(), told);
        network.pass(1000 * SECOND);
        assertEquals(List.of(CONFIRM, RENEW), server.types());
    }

    /** 18.2.3: ten seconds without an answer, then as before. */
    @Test
    void rfc8415Section18ConfirmWithoutAnAnswer() {
        bound();
        server.silentFor = Set.of(CONFIRM);
        client.linkChanged(network.now);
        network.pass(12 * SECOND);
        assertEquals(Set.of(CONFIRM), Set.copyOf(server.types()));
        assertTrue(server.heard.size() >= 3 && server.heard.size() <= 5);
        assertEquals(Dhcpv6State.BOUND, client.state());
        assertEquals(InterfaceAddress.State.PREFERRED, addressState());
    }

    @Test
    void rfc8415Section18ConfirmElsewhere() {
        bound();
        server.lie = answer -> server.last().type() == CONFIRM ? withStatus(answer, 4) : answer;
        server.addresses = List.of("2001:db8:1::5");
        client.linkChanged(network.now);
        network.pass(5 * SECOND);
        assertEquals(List.of(CONFIRM, SOLICIT, REQUEST), server.types());
        assertNull(addressState());
        assertEquals(InterfaceAddress.State.PREFERRED, addressState("2001:db8:1::5"));
        assertEquals("lost [2001:db8::77]", told.get(0));
    }

    /** 18.2.7: four times, if nobody answers. */
    @Test
    void rfc8415Section18Release() {
        bound();
        server.silentFor = Set.of(RELEASE);
        client.stop(network.now);
        assertNull(addressState());
        network.pass(60 * SECOND);
        assertEquals(List.of(RELEASE, RELEASE, RELEASE, RELEASE), server.types());
        assertEquals(Dhcpv6State.STOPPED, client.state());
        assertEquals(server.identifier, server.last().option(2));
        assertTrue(server.last().option(3).contains(ADDRESS_BYTES));
        network.pass(100_000 * SECOND);
        assertEquals(4, server.heard.size());
    }

    @Test
    void rfc8415Section18ReleaseThatIsAnswered() {
        bound();
        client.stop(network.now);
        network.pass(60 * SECOND);
        assertEquals(List.of(RELEASE), server.types());
        assertEquals(Dhcpv6State.STOPPED, client.state());
    }

    /** 18.2.8: what somebody else has (RFC 4862, 5.4) is declined, and another is asked for. */
    @Test
    void rfc8415Section18Decline() {
        network.host(3).address("fe80::3", 64).address("2001:db8::77", 64);
        client.start(true, network.now);
        while (!server.types().contains(DECLINE)) {
            network.pass(SECOND / 10);
        }
        assertTrue(server.last().option(3).contains(ADDRESS_BYTES));
        assertEquals(server.identifier, server.last().option(2));
        assertNull(addressState());
        server.addresses = List.of("2001:db8::78");
        network.pass(10 * SECOND);
        assertEquals(InterfaceAddress.State.PREFERRED, addressState("2001:db8::78"));
    }

    @Test
    void rfc8415Section18DeclineOneOfTwo() {
        network.host(3).address("fe80::3", 64).address("2001:db8::77", 64);
        server.addresses = List.of("2001:db8::77", "2001:db8::78");
        client.start(true, network.now);
        network.pass(10 * SECOND);
        assertEquals(List.of(SOLICIT, REQUEST, DECLINE), server.types());
        assertEquals(Dhcpv6State.BOUND, client.state());
        assertEquals(List.of("2001:db8::78"), texts(client.lease()));
        server.addresses = List.of("2001:db8::78");
        network.pass(1000 * SECOND);
        assertEquals(RENEW, server.last().type());
        assertTrue(!server.last().option(3).contains(ADDRESS_BYTES));
    }

    /** 18.2.10.1: a valid lifetime of 0 takes an address away at once. */
    @Test
    void rfc8415Section18AnAddressThatIsTakenBack() {
        server.addresses = List.of("2001:db8::77", "2001:db8::78");
        bound();
        server.lie =
                answer -> {
                    String text = HexFormat.of().formatHex(answer);
                    String gone = ADDRESS_BYTES + "0000000000000000";
                    return HexFormat.of().parseHex(text.replaceAll(ADDRESS_BYTES + ".{16}", gone));
                };
        network.pass(1001 * SECOND);
        assertNull(addressState());
        assertEquals(InterfaceAddress.State.PREFERRED, addressState("2001:db8::78"));
        assertEquals(List.of("leased [2001:db8::78]"), told);
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
