package dev.cortado.runtime.net.group;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.Hex;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.link.SourceFilter;
import dev.cortado.runtime.net.udp.UdpSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is the same for IGMPv3 and MLDv2, seen with the former (RFC 3376, 3 and 5). */
final class GroupReporterTest {
    private static final IpAddress GROUP = IpAddress.parse("239.1.2.3");
    private static final IpAddress OTHER = IpAddress.parse("239.9.9.9");
    private static final IpAddress A = IpAddress.parse("10.0.0.7");
    private static final IpAddress B = IpAddress.parse("10.0.0.8");

    private final TestNetwork network = new TestNetwork();
    private final TestHost host = network.host(1).address("10.0.0.1", 24);
    private final UdpSocket socket = host.stack.udp().open();
    private final UdpSocket second = host.stack.udp().open();

    @AfterEach
    void nothingIsLost() {
        network.pass(30 * SECOND);
        assertTrue(host.isWhole());
    }

    private void join(UdpSocket by, IpAddress group, IpAddress source) {
        by.groups().join(group, host.link.index(), source, network.now);
    }

    private void leave(UdpSocket by, IpAddress group, IpAddress source) {
        by.groups().leave(group, host.link.index(), source, network.now);
    }

    /** What was told since the last time, a line each record. */
    private List<String> told() {
        List<String> records = new ArrayList<>();
        for (byte[] frame : host.device.reports) {
            records.addAll(Reports.records(frame));
        }
        host.device.reports.clear();
        return records;
    }

    private void ask(String message) {
        host.device.receive(
                Reports.query("224.0.0.1", Reports.igmp(Hex.bytes(message)), true), network.now);
    }

    /** A report as the RFC draws it (4.2), in its packet (4). */
    @Test
    void rfc3376Section4Bytes() {
        join(socket, GROUP, null);
        byte[] frame = host.device.reports.get(0);
        assertEquals(
                "01005e000016 020000000001 0800"
                        + " 46c0 0028 ---- 0000 0102 ---- 0a000001 e0000016 94040000"
                        + " 2200 ---- 0000 0001 04000000 ef010203",
                Reports.text(frame, "6 6 2 2 2 x 2 2 x 4 4 4 2 x 2 2 4 4"));
        assertTrue(Reports.areChecksumsRight(frame));
    }

    /** 5.1: at once, and robustness less one times again, each within a second. */
    @Test
    void rfc3376Section5ChangesAreTold() {
        join(socket, GROUP, null);
        assertEquals(List.of("TO_EX 239.1.2.3 []"), told());
        network.pass(SECOND);
        assertEquals(List.of("TO_EX 239.1.2.3 []"), told());
        network.pass(100 * SECOND);
        assertEquals(List.of(), told());
        join(second, GROUP, null);
        leave(socket, GROUP, null);
        assertEquals(List.of(), told());
        second.close(network.now);
        assertEquals(List.of("TO_IN 239.1.2.3 []"), told());
        network.pass(SECOND);
        assertEquals(List.of("TO_IN 239.1.2.3 []"), told());
        network.pass(100 * SECOND);
        assertEquals(List.of(), told());
    }

    /** 3.2: what an interface wants is what all sockets want together. */
    @Test
    void rfc3376Section3MergedFilters() {
        join(socket, GROUP, A);
        join(socket, GROUP, B);
        network.pass(5 * SECOND);
        told();
        assertEquals(new SourceFilter(true, List.of(A, B)), host.link.filter(0, GROUP.low()));
        join(second, GROUP, null);
        second.groups().block(GROUP, host.link.index(), A, network.now);
        second.groups().block(GROUP, host.link.index(), IpAddress.parse("10.0.0.9"), network.now);
        assertEquals(
                new SourceFilter(false, List.of(IpAddress.parse("10.0.0.9"))),
                host.link.filter(0, GROUP.low()));
        network.pass(5 * SECOND);
        List<String> told = told();
        assertEquals("TO_EX 239.1.2.3 []", told.get(0));
        assertTrue(told.contains("TO_EX 239.1.2.3 [10.0.0.9]"), told.toString());
        leave(second, GROUP, null);
        network.pass(5 * SECOND);
        told = told();
        assertEquals(2, told.size());
        assertTrue(told.get(0).startsWith("TO_IN 239.1.2.3 [10.0.0.7, 10.0.0.8]"), told.get(0));
    }

    /** 5.1: sources of an interface whose mode stays. */
    @Test
    void rfc3376Section5SourceChanges() {
        join(socket, GROUP, A);
        assertEquals(List.of("ALLOW 239.1.2.3 [10.0.0.7]"), told());
        network.pass(5 * SECOND);
        assertEquals(List.of("ALLOW 239.1.2.3 [10.0.0.7]"), told());
        join(socket, GROUP, B);
        leave(socket, GROUP, A);
        network.pass(SECOND / 50);
        List<String> told = told();
        assertEquals("ALLOW 239.1.2.3 [10.0.0.8]", told.get(0));
        // The second change is told together with the first one's repetition.
        assertEquals(
                List.of("ALLOW 239.1.2.3 [10.0.0.8]", "BLOCK 239.1.2.3 [10.0.0.7]"),
                told.subList(1, 3));
        network.pass(5 * SECOND);
        assertEquals(List.of("BLOCK 239.1.2.3 [10.0.0.7]"), told());
        leave(socket, GROUP, B);
        network.pass(5 * SECOND);
        assertEquals(List.of("BLOCK 239.1.2.3 [10.0.0.8]", "BLOCK 239.1.2.3 [10.0.0.8]"), told());
    }

    /** 5.2: a general query is answered for all groups in one report, within its time. */
    @Test
    void rfc3376Section5GeneralQuery() {
        join(socket, GROUP, null);
        join(socket, OTHER, A);
        network.pass(5 * SECOND);
        told();
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 50; i++) {
            long begin = network.now;
            ask("11640000 00000000 027d0000");
            while (host.device.reports.isEmpty()) {
                network.pass(SECOND / 100);
            }
            least = Math.min(least, network.now - begin);
            most = Math.max(most, network.now - begin);
            assertEquals(1, host.device.reports.size());
            assertEquals(List.of("IS_EX 239.1.2.3 []", "IS_IN 239.9.9.9 [10.0.0.7]"), told());
            network.pass(11 * SECOND);
            assertEquals(List.of(), told());
        }
        assertTrue(least < SECOND && most > 9 * SECOND && most <= 10 * SECOND + SECOND / 100);
    }

    @Test
    void rfc3376Section5GroupQuery() {
        join(socket, GROUP, null);
        join(socket, OTHER, A);
        network.pass(5 * SECOND);
        told();
        ask("110a0000 ef010203 027d0000");
        network.pass(SECOND);
        assertEquals(List.of("IS_EX 239.1.2.3 []"), told());
        ask("110a0000 ef010204 027d0000");
        network.pass(SECOND);
        assertEquals(List.of(), told());
    }

    @Test
    void rfc3376Section5SourceQuery() {
        join(socket, GROUP, null);
        socket.groups().block(GROUP, host.link.index(), A, network.now);
        join(socket, OTHER, A);
        network.pass(5 * SECOND);
        told();
        ask("110a0000 ef010203 027d0002 0a000007 0a000008");
        ask("110a0000 ef090909 027d0002 0a000007 0a000008");
        network.pass(SECOND);
        assertEquals(
                List.of("IS_IN 239.1.2.3 [10.0.0.8]", "IS_IN 239.9.9.9 [10.0.0.7]"),
                told().stream().sorted().toList());
        ask("110a0000 ef010203 027d0001 0a000007");
        network.pass(SECOND);
        assertEquals(List.of(), told(), "of what nobody wants nothing is said");
        ask("110a0000 ef010203 027d0001 0a000008");
        ask("110a0000 ef010203 027d0000");
        network.pass(SECOND);
        assertEquals(List.of("IS_EX 239.1.2.3 [10.0.0.7]"), told(), "the second asks for all");
    }

    /** 4.1.6 and 8.1: a querier says how often to repeat. */
    @Test
    void rfc3376Section4Robustness() {
        ask("11010000 00000000 047d0000");
        network.pass(SECOND);
        join(socket, GROUP, null);
        network.pass(10 * SECOND);
        assertEquals(4, told().size());
    }

    /** 5.1: the repetitions of what is no longer so are not sent. */
    @Test
    void rfc3376Section5AChangeInBetween() {
        join(socket, GROUP, null);
        network.pass(SECOND / 50);
        leave(socket, GROUP, null);
        network.pass(10 * SECOND);
        List<String> told = told();
        assertEquals("TO_EX 239.1.2.3 []", told.get(0));
        assertEquals(
                List.of("TO_IN 239.1.2.3 []", "TO_IN 239.1.2.3 []"),
                told.stream().filter(line -> line.startsWith("TO_IN")).toList());
        assertTrue(told.size() <= 4);
        assertTrue(told.get(told.size() - 1).startsWith("TO_IN"));
    }

    /** Many groups go into as few packets as they fit in, and none is longer than the MTU. */
    @Test
    void rfc3376Section4ReportsThatAreFull() {
        for (int i = 0; i < 64; i++) {
            IpAddress group = IpAddress.ofIpv4(239, 3, 0, i);
            for (int source = 1; source <= 64; source++) {
                join(socket, group, IpAddress.ofIpv4(10, 0, 1, source));
            }
        }
        network.pass(10 * SECOND);
        told();
        ask("11010000 00000000 027d0000");
        network.pass(2 * SECOND);
        int longest = 0;
        for (byte[] frame : host.device.reports) {
            assertTrue(Reports.areChecksumsRight(frame));
            longest = Math.max(longest, frame.length);
        }
        assertTrue(longest > 1300 && longest <= 1514, "longest " + longest);
        assertEquals(13, host.device.reports.size(), "five of 264 bytes in each");
        assertEquals(64, told().size());
    }

    /** Whatever is asked, and how often, answers are few. */
    @Test
    void answersAreLimitedInRate() {
        join(socket, GROUP, null);
        network.pass(5 * SECOND);
        told();
        for (int i = 0; i < 10_000; i++) {
            ask("11000000 00000000 027d0000");
            ask("11000000 ef010203 027d0000");
            ask("11000000 ef010203 027d0001 0a000008");
            network.pass(SECOND / 5000);
        }
        int count = told().size();
        assertTrue(count >= 10 && count <= 25, "in two seconds there were " + count);
    }

    @Test
    void aLinkThatComesAgainIsTold() {
        host.device.isUp = false;
        host.link.linkChanged(network.now);
        join(socket, GROUP, null);
        network.pass(5 * SECOND);
        assertEquals(List.of(), told());
        assertEquals(0, host.drops(DropReason.LINK_DOWN));
        host.device.isUp = true;
        host.link.linkChanged(network.now);
        network.pass(5 * SECOND);
        assertEquals(List.of("TO_EX 239.1.2.3 []", "TO_EX 239.1.2.3 []"), told());
    }

    /** What was left while there was no link is nobody's matter where it comes up. */
    @Test
    void whatIsLeftWithoutALinkIsForgotten() {
        host.device.isUp = false;
        host.link.linkChanged(network.now);
        for (int i = 0; i < 60; i++) {
            join(socket, IpAddress.ofIpv4(239, 4, 0, i), null);
            leave(socket, IpAddress.ofIpv4(239, 4, 0, i), null);
        }
        host.device.isUp = true;
        host.link.linkChanged(network.now);
        network.pass(5 * SECOND);
        assertEquals(List.of(), told());
    }

    @Test
    void manyJoinsAreToldTogether() {
        for (int i = 0; i < 60; i++) {
            join(socket, IpAddress.ofIpv4(239, 4, 0, i), null);
        }
        network.pass(SECOND / 50);
        assertEquals(2, host.device.reports.size());
        assertEquals(61, told().size());
    }
}
