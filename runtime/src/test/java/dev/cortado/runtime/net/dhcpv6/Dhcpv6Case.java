package dev.cortado.runtime.net.dhcpv6;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.AfterEach;

/** A client and a server on one link. */
abstract class Dhcpv6Case {
    static final int SOLICIT = 1;
    static final int REQUEST = 3;
    static final int CONFIRM = 4;
    static final int RENEW = 5;
    static final int REBIND = 6;
    static final int RELEASE = 8;
    static final int DECLINE = 9;
    static final int INFORM = 11;
    static final String IDENTIFIER = "00030001020000000001";
    static final String ADDRESS_BYTES = "20010db8000000000000000000000077";

    final TestNetwork network = new TestNetwork();
    final TestHost host = network.host(1).address("fe80::1", 64);
    final TestHost other = network.host(2).address("fe80::2", 64);
    final TestDhcpv6Server server = new TestDhcpv6Server(other, "000300010000000000aa");
    final List<String> told = new ArrayList<>();
    final Dhcpv6Client client =
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

    InterfaceAddress.State addressState(String text) {
        IpAddress address = IpAddress.parse(text);
        InterfaceAddress own = host.link.address(address.high(), address.low());
        return own == null ? null : own.state();
    }

    InterfaceAddress.State addressState() {
        return addressState("2001:db8::77");
    }

    void bound() {
        client.start(true, network.now);
        network.pass(4 * SECOND);
        assertEquals(Dhcpv6State.BOUND, client.state());
        server.heard.clear();
        told.clear();
    }

    static List<String> texts(Dhcpv6Lease lease) {
        return lease.values().stream().map(IpAddress::toString).toList();
    }

    List<Double> waits() {
        List<Double> waits = new ArrayList<>();
        for (int i = 1; i < server.heard.size(); i++) {
            long wait = server.heard.get(i).at() - server.heard.get(i - 1).at();
            waits.add((double) wait / SECOND);
        }
        return waits;
    }

    /** An answer whose identity association has other options. */
    static byte[] replaceAssociation(byte[] answer, String options) {
        HexFormat hex = HexFormat.of();
        String text = hex.formatHex(answer);
        int at = text.indexOf("0003002800000002");
        String head = "0003" + hex.toHexDigits((short) (12 + options.length() / 2));
        String ours = head + text.substring(at + 8, at + 32) + options;
        return hex.parseHex(text.substring(0, at) + ours + text.substring(at + 88));
    }

    static byte[] withStatus(byte[] answer, int status) {
        byte[] longer = Arrays.copyOf(answer, answer.length + 6);
        System.arraycopy(new byte[] {0, 13, 0, 2, 0, (byte) status}, 0, longer, answer.length, 6);
        return longer;
    }
}
