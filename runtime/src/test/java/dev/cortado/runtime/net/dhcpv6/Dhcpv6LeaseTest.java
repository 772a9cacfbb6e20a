package dev.cortado.runtime.net.dhcpv6;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.link.InterfaceAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 8415, 18.2: addresses that a client has are kept, asked about, given back and lost. */
final class Dhcpv6LeaseTest extends Dhcpv6Case {
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

    /** 18.2.10.1: what an answer does not name stays; 18.2.7: but not when all is given back. */
    @Test
    void rfc8415Section18AnAddressThatIsNotNamedAgain() {
        bound();
        server.addresses = List.of("2001:db8::78");
        network.pass(1002 * SECOND);
        assertEquals(List.of("2001:db8::78"), texts(client.lease()));
        assertEquals(InterfaceAddress.State.PREFERRED, addressState());
        client.stop(network.now);
        assertNull(addressState("2001:db8::78"));
        assertNull(addressState());
    }

    /** A server that gives other addresses each time, for ever. */
    @Test
    void addressesAreBounded() {
        server.valid = -1;
        bound();
        for (int i = 0; i < 20; i++) {
            String prefix = "2001:db8::1:" + i;
            server.addresses = List.of(prefix + "1", prefix + "2", prefix + "3");
            network.pass(1002 * SECOND);
        }
        assertTrue(host.link.addresses().length <= 16, "" + host.link.addresses().length);
        assertTrue(host.drops(DropReason.NDP_IGNORED) > 0);
    }

    /** 18.2.10.1: so does one of 0 for all that there is. */
    @Test
    void rfc8415Section18AllAddressesAreTakenBack() {
        bound();
        server.lie =
                answer -> {
                    String text = HexFormat.of().formatHex(answer);
                    String gone = ADDRESS_BYTES + "0000000000000000";
                    return HexFormat.of().parseHex(text.replaceAll(ADDRESS_BYTES + ".{16}", gone));
                };
        network.pass(1001 * SECOND);
        assertEquals(RENEW, server.types().get(0));
        assertNull(addressState());
        assertNull(client.lease());
        assertEquals(List.of("lost [2001:db8::77]"), told);
        server.addresses = List.of("2001:db8::78");
        network.pass(10 * SECOND);
        assertEquals(InterfaceAddress.State.PREFERRED, addressState("2001:db8::78"));
    }

    /** Who was stopped asks for nothing more, wherever the link is now. */
    @Test
    void aLinkThatComesAgainDoesNotStartWhatWasStopped() {
        bound();
        server.silentFor = Set.of(RELEASE);
        client.stop(network.now);
        client.linkChanged(network.now);
        network.pass(60 * SECOND);
        assertEquals(List.of(RELEASE, RELEASE, RELEASE, RELEASE), server.types());
        assertEquals(Dhcpv6State.STOPPED, client.state());
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
}
