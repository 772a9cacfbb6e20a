package dev.cortado.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.KernelWords;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.link.InterfaceAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InterfaceWordsTest {
    private final List<String> problems = new ArrayList<>();

    private InterfaceWords read(String... texts) {
        List<String> words = new ArrayList<>();
        for (String text : texts) {
            words.add(KernelWords.NETWORK + text);
        }
        return new InterfaceWords(words, problems::add);
    }

    @Test
    void anAddressWithAllThatBelongsToIt() {
        InterfaceWords words =
                read("eth0:10.0.2.15/24,gateway=10.0.2.2,dns=10.0.2.3,dns=::1,search=example.org");
        InterfacePlan plan = words.plan("eth0", List.of());
        assertEquals("[10.0.2.15/24]", plan.addresses.toString());
        assertEquals("[10.0.2.2]", plan.gateways.toString());
        assertEquals("[10.0.2.3, ::1]", plan.nameServers.toString());
        assertEquals(List.of("example.org"), plan.search);
        assertFalse(plan.asksDhcp());
        assertFalse(words.isNone());
        assertEquals(List.of(), problems);
    }

    @Test
    void wordsOfOneInterfaceAreAddedUp() {
        InterfaceWords words =
                read("eth1:fd00::2/64,gateway=fe80::1", "eth0:dhcp", "eth1:192.0.2.1/31");
        assertEquals(
                "[fd00::2/64, 192.0.2.1/31]", words.plan("eth1", List.of()).addresses.toString());
        assertFalse(words.plan("eth1", List.of()).asksDhcp());
        assertTrue(words.plan("eth0", List.of()).asksDhcp());
        assertEquals(List.of("eth1", "eth0"), words.names());
        assertEquals(List.of(), problems);
    }

    @Test
    void routesLeadToNetworksByNeighbours() {
        InterfaceWords words =
                read(
                        "eth0:10.0.2.15/24,route=10.1.0.0/16@10.0.2.3,route=10.2.0.0/16@10.3.0.1",
                        "eth1:fd00::2/64,dhcp,route=10.4.0.0/16@10.5.0.1,route=fd01::/64@fd00::1");
        assertEquals("[10.1.0.0/16@10.0.2.3]", words.plan("eth0", List.of()).routes.toString());
        assertEquals(
                "[10.4.0.0/16@10.5.0.1, fd01::/64@fd00::1]",
                words.plan("eth1", List.of()).routes.toString());
        String problem = "\"route=10.2.0.0/16@10.3.0.1\" is in no network of its addresses";
        assertEquals(List.of("command line: eth0: " + problem + "; left out"), problems);
    }

    @Test
    void aVlanIsAnInterface() {
        InterfaceWords words =
                read("eth0.5:10.0.5.2/24,gateway=10.0.5.1", "eth0.4094:dhcp", "eth01.6:dhcp");
        assertEquals(List.of(5, 4094), words.vlans("eth0"));
        assertEquals(List.of(), words.vlans("eth1"));
        InterfacePlan plan = words.plan("eth0.5", List.of());
        assertEquals("[10.0.5.2/24]", plan.addresses.toString());
        assertEquals("[10.0.5.1]", plan.gateways.toString());
        assertEquals("[]", words.plan("eth0", List.of()).addresses.toString());
        assertEquals(List.of(), problems);
    }

    @Test
    void whoIsNotNamedAsksDhcp() {
        assertTrue(read().plan("eth0", List.of()).asksDhcp());
        assertTrue(
                read("eth0:fd00::2/64").plan("eth0", List.of()).asksDhcp(), "for an IPv4 address");
        assertTrue(read("eth0:10.0.0.1/8,dhcp").plan("eth0", List.of()).asksDhcp());
        assertTrue(read("none").isNone());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eth0 | \"eth0\" is not none, nor",
                "ETH0:dhcp | \"ETH0\" is no name of an interface",
                "eth0.0:dhcp | \"0\" is no number of a VLAN, from 1 to 4094",
                "eth0.4095:dhcp | \"4095\" is no number of a VLAN",
                "eth0.05:dhcp | \"05\" is no number of a VLAN",
                "eth0.:dhcp | \"\" is no number of a VLAN",
                "eth0.-5:dhcp | \"-5\" is no number of a VLAN",
                "eth0.5.6:dhcp | \"eth0.5.6\" is no name of an interface",
                ".5:dhcp | \".5\" is no name of an interface",
                "eth0: | \"\" is neither dhcp nor an address",
                "eth0:dhcp, | \"\" is neither dhcp nor an address",
                "eth0:10.0.2.15 | \"10.0.2.15\" is neither dhcp nor an address and its prefix",
                "eth0:10.0.2.15/33 | \"10.0.2.15/33\" has a prefix that is not from 1 to 32",
                "eth0:10.0.2.15/0 | \"10.0.2.15/0\" has a prefix",
                "eth0:10.0.2.15/00 | \"10.0.2.15/00\" has a prefix",
                "eth0:10.0.2.15/-1 | \"10.0.2.15/-1\" has a prefix",
                "eth0:fd00::/129 | \"fd00::/129\" has a prefix that is not from 1 to 128",
                "eth0:10.0.2.300/24 | \"10.0.2.300/24\" has no address that can be read:"
                        + " 10.0.2.300",
                "eth0:224.0.0.1/24 | \"224.0.0.1/24\" has an address that is no host's",
                "eth0:ff02::1/64 | \"ff02::1/64\" has an address that is no host's",
                "eth0:0.0.0.0/8 | \"0.0.0.0/8\" has an address that is no host's",
                "eth0:route=10.1.0.0@10.0.2.3 | \"route=10.1.0.0@10.0.2.3\" is no network and",
                "eth0:route=10.1.0.0/16 | \"route=10.1.0.0/16\" is no network and gateway",
                "eth0:route=10.1.0.0/33@10.0.2.3 | \"route=10.1.0.0/33@10.0.2.3\" has a prefix",
                "eth0:route=10.1.0.0/16@::1 | \"route=10.1.0.0/16@::1\" has a gateway of the"
                        + " other IP",
                "eth0:10.0.2.15/24,mtu=9000 | \"mtu=9000\" is none of gateway=, route=, dns= and"
                        + " search=",
            })
    void aBadWordIsNamedAndLeftOut(String text, String problem) {
        InterfaceWords words = read(text, "eth1:dhcp");
        assertEquals(1, problems.size());
        String start = "command line: cortado.net=" + text + ": " + problem;
        assertTrue(problems.getFirst().startsWith(start), problems.getFirst());
        assertTrue(problems.getFirst().endsWith("; left out"), problems.getFirst());
        assertEquals(List.of("eth1"), words.names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.3.1", "10.0.2.15", "fd00::1"})
    void aGatewayThatIsNoNeighbourIsLeftOut(String gateway) {
        InterfaceWords words = read("eth0:10.0.2.15/24,gateway=" + gateway);
        InterfacePlan plan = words.plan("eth0", List.of());
        String problem = "\"gateway=" + gateway + "\" is in no network of its addresses; left out";
        assertEquals(List.of("command line: eth0: " + problem), problems);
        assertEquals("[10.0.2.15/24]", plan.addresses.toString());
        assertEquals("[]", plan.gateways.toString());
    }

    @Test
    void aGatewayMayBeInAnotherWordAndBesideALoneAddress() {
        InterfaceWords words =
                read(
                        "eth0:gateway=10.0.2.2",
                        "eth0:10.0.2.15/24",
                        "eth1:192.0.2.1/32,gateway=10.0.0.1");
        assertEquals("[10.0.2.2]", words.plan("eth0", List.of()).gateways.toString());
        assertEquals("[10.0.0.1]", words.plan("eth1", List.of()).gateways.toString());
        assertEquals(List.of(), problems);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | 10.0.2.15/24 | [10.0.2.15/24] | false",
                "- | 10.0.2.15 | [] | true",
                "- | 10.0.2.15/24 fd00::2/64 | [10.0.2.15/24, fd00::2/64] | false",
                "eth0:10.0.0.1/8 | 10.0.2.15/24 fd00::2/64 | [10.0.0.1/8, fd00::2/64] | false",
                "eth0:dhcp | 10.0.2.15/24 fd00::2/64 | [fd00::2/64] | true",
                "eth1:10.0.0.1/8 | 10.0.2.15/24 | [10.0.2.15/24] | false",
            })
    void theHostsAddressesAreForWhatTheCommandLineDoesNotSay(
            String word, String hosts, String addresses, boolean asks) {
        InterfaceWords words = word == null ? read() : read(word);
        InterfacePlan plan = words.plan("eth0", List.of(hosts.split(" ")));
        assertEquals(addresses, plan.addresses.toString());
        assertEquals(asks, plan.asksDhcp());
        for (InterfaceAddress address : plan.addresses) {
            boolean own = word != null && word.contains(address.toString());
            assertEquals(own ? "command line" : "host", plan.source(address));
        }
        assertEquals(List.of(), problems);
    }

    @Test
    void aGatewayMayBelongToAnAddressOfTheHosts() {
        InterfaceWords words = read("eth0:gateway=10.0.2.2");
        InterfacePlan plan = words.plan("eth0", List.of("10.0.2.15/24", "10.0.2.15/33", "x/1"));
        assertEquals("[10.0.2.2]", plan.gateways.toString());
        assertEquals(
                List.of(
                        "the host: eth0: \"10.0.2.15/33\" has a prefix that is not from 1 to 32;"
                                + " left out",
                        "the host: eth0: \"x/1\" has no address that can be read: x; left out"),
                problems);
        assertEquals(null, plan.source(InterfaceAddress.of(IpAddress.parse("10.0.2.16"), 24)));
    }

    /** Whatever it is, it is taken or there is one line. */
    @Test
    void nonsenseIsOneLine() {
        String[] parts = {
            "eth0", ":", ",", "/", "=", "dhcp", "10.0.0.1", "24", "gateway", "::", "0"
        };
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(8); j >= 0; j--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            problems.clear();
            InterfaceWords words = read(text.toString());
            boolean isNone = words.names().isEmpty();
            assertTrue(isNone ? problems.size() == 1 : words.names().size() == 1, text.toString());
        }
    }
}
