package dev.cortado.runtime.net.group;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.Hex;
import dev.cortado.runtime.net.wire.ListenerMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 3810, and older queriers (RFC 2710). */
final class ListenerDiscoveryTest extends MemberCase {
    private static final String ROUTER = "fe80::2";
    private static final String ALL = "ff02::1";
    private static final String HEAD = "8200 0000 03e8 0000 ";
    private static final String NONE = "00000000000000000000000000000000";
    private static final String GROUP_BYTES = "ff050000000000000000000000000099";
    private static final String SOURCE_BYTES = "20010db8000000000000000000000007";

    ListenerDiscoveryTest() {
        super("ff05::99");
    }

    private void ask(String message) {
        host.device.receive(Reports.query6(ROUTER, ALL, Hex.bytes(message), 1, true), network.now);
    }

    /** A report as the RFC draws it (5.2), behind the header of 5. */
    @Test
    void rfc3810Section5Bytes() {
        join();
        byte[] frame = host.device.reports.get(0);
        assertEquals(
                "333300000016 020000000001 86dd 60000000 0024 0001 "
                        + NONE
                        + " ff020000000000000000000000000016 3a00050200000100"
                        + " 8f00 ---- 0000 0001 04000000 "
                        + GROUP_BYTES,
                Reports.text(frame, "6 6 2 4 2 2 16 16 8 2 x 2 2 4 16"));
        assertTrue(Reports.areChecksumsRight(frame));
    }

    /**
     * RFC 3810, 5.2.13, RFC 4862, 5.4.2, and RFC 3590, 4: the group in which a neighbour is asked
     * for us is told before we ask whether our address is ours, from nobody; and again from it.
     */
    @Test
    void rfc3810Section5SourceAndSolicitedNodes() {
        join();
        host.stack.autoconfiguration(host.link).start(network.now);
        network.pass(SECOND / 2);
        for (byte[] frame : host.device.reports) {
            assertEquals("::", Reports.source(frame).toString());
        }
        List<String> told = told();
        assertTrue(
                told.stream().anyMatch(line -> line.startsWith("TO_EX ff02::1:ff")),
                told.toString());
        network.pass(5 * SECOND);
        byte[] first =
                host.device.reports.stream()
                        .filter(frame -> Reports.records(frame).size() == 2)
                        .findFirst()
                        .orElseThrow();
        assertTrue(Reports.source(first).toString().startsWith("fe80::"));
        told();
        network.pass(100 * SECOND);
        assertEquals(List.of(), told());
    }

    /** 6: of ff02::1 and of what stays on the interface nobody is told. */
    @Test
    void rfc3810Section6GroupsThatNobodyIsToldOf() {
        host.link.join(0xff02L << 48, 1, network.now);
        host.link.join(0xff01L << 48, 5, network.now);
        network.pass(5 * SECOND);
        assertEquals(List.of(), told());
    }

    @Test
    void rfc3810Section6Queries() {
        join();
        network.pass(5 * SECOND);
        told();
        ask(HEAD + NONE + "027d0000");
        network.pass(2 * SECOND);
        assertEquals(List.of("IS_EX ff05::99 [] to ff02::16"), told());
        ask(HEAD + GROUP_BYTES + "027d0000");
        network.pass(2 * SECOND);
        assertEquals(List.of("IS_EX ff05::99 [] to ff02::16"), told());
        ask(HEAD + GROUP_BYTES + "027d0001" + SOURCE_BYTES);
        network.pass(2 * SECOND);
        assertEquals(List.of("IS_IN ff05::99 [2001:db8::7] to ff02::16"), told());
    }

    /** RFC 3810, 8.2.1; RFC 2710, 4. */
    @Test
    void rfc2710AQuerierOfVersion1() {
        ask(HEAD + NONE);
        join();
        assertEquals(List.of("83 ff05::99 to ff05::99"), told());
        network.pass(20 * SECOND);
        assertEquals(List.of("83 ff05::99 to ff05::99"), told());
        ask(HEAD + NONE);
        network.pass(2 * SECOND);
        assertEquals(List.of("83 ff05::99 to ff05::99"), told());
        ask(HEAD + NONE);
        byte[] others = Hex.bytes("8300 0000 0000 0000" + GROUP_BYTES);
        host.device.receive(Reports.query6("fe80::3", "ff05::99", others, 1, true), network.now);
        network.pass(2 * SECOND);
        assertEquals(List.of(), told());
        leave();
        assertEquals(List.of("84 ff05::99 to ff02::2"), told());
        network.pass(260 * SECOND);
        join();
        assertEquals(List.of("TO_EX ff05::99 [] to ff02::16"), told());
    }

    /**
     * RFC 2710, 4, and RFC 3590, 4: routers do not hear a report that is from nobody, or from
     * elsewhere, so that it does not stand for ours.
     */
    @Test
    void rfc2710AReportThatRoutersDoNotHear() {
        ask(HEAD + NONE);
        join();
        network.pass(20 * SECOND);
        told();
        ask(HEAD + NONE);
        byte[] others = Hex.bytes("8300 0000 0000 0000" + GROUP_BYTES);
        for (String from : List.of("::", "2001:db8::3")) {
            host.device.receive(Reports.query6(from, "ff05::99", others, 1, true), network.now);
        }
        assertEquals(2, host.drops(DropReason.GROUP_MALFORMED));
        network.pass(2 * SECOND);
        assertEquals(List.of("83 ff05::99 to ff05::99"), told());
    }

    /** 5.1.15: a query to an address of ours is one. */
    @Test
    void rfc3810Section5AGeneralQueryToUsAlone() {
        host.address("fe80::1", 64);
        join();
        network.pass(5 * SECOND);
        told();
        byte[] query = Hex.bytes(HEAD + NONE + "027d0000");
        host.device.receive(Reports.query6(ROUTER, "fe80::1", query, 1, true), network.now);
        network.pass(2 * SECOND);
        assertTrue(told().contains("IS_EX ff05::99 [] to ff02::16"));
    }

    /** 5.1.3: 0x8fff is (0xfff | 0x1000) << 3 milliseconds. */
    @Test
    void rfc3810Section5TimesWithAnExponent() {
        ByteBuffer bytes = ByteBuffer.allocate(28);
        bytes.putShort(4, (short) 0x8fff);
        assertEquals(65_528_000_000L, ListenerMessage.answerTime(bytes, 0, 2));
        assertEquals(36_863_000_000L, ListenerMessage.answerTime(bytes, 0, 1));
        bytes.putShort(4, (short) 0x7fff);
        assertEquals(32_767_000_000L, ListenerMessage.answerTime(bytes, 0, 2));
        bytes.putShort(4, (short) 0x8000);
        assertEquals(32_768_000_000L, ListenerMessage.answerTime(bytes, 0, 2));
    }

    /** 5.1.14 and 6.2. */
    @Test
    void queriesThatAreNone() {
        join();
        network.pass(5 * SECOND);
        told();
        byte[] query = Hex.bytes(HEAD + NONE + "027d0000");
        byte[][] malformed = {
            Reports.query6("2001:db8::2", ALL, query, 1, true), // from behind a router
            Reports.query6("::", ALL, query, 1, true),
            Reports.query6(ROUTER, ALL, query, 64, true),
            Reports.query6(ROUTER, ALL, query, 1, false),
            Reports.query6(ROUTER, ALL, Hex.bytes(HEAD + NONE + "02"), 1, true),
            Reports.query6(ROUTER, ALL, Hex.bytes(HEAD), 1, true),
            Reports.query6(ROUTER, ALL, Hex.bytes(HEAD + SOURCE_BYTES + "027d0000"), 1, true),
            Reports.query6(
                    ROUTER,
                    ALL,
                    Hex.bytes(HEAD + GROUP_BYTES + "027d0002" + SOURCE_BYTES),
                    1,
                    true),
        };
        for (byte[] frame : malformed) {
            host.device.receive(frame, network.now);
        }
        assertEquals(malformed.length, host.drops(DropReason.GROUP_MALFORMED));
        host.device.receive(Reports.query6(ROUTER, "ff05::99", query, 1, true), network.now);
        assertEquals(1, host.drops(DropReason.GROUP_IGNORED));
        network.pass(20 * SECOND);
        assertEquals(List.of(), told());
    }

    @Test
    void hostileMessages() {
        Random random = new Random(6);
        byte[][] seeds = {
            Hex.bytes(HEAD + NONE),
            Hex.bytes(HEAD + NONE + "027d0000"),
            Hex.bytes(HEAD + GROUP_BYTES + "027d0001" + SOURCE_BYTES),
            Hex.bytes("8300 0000 0000 0000" + GROUP_BYTES),
            Hex.bytes("8400 0000 0000 0000" + GROUP_BYTES),
            Hex.bytes("8f00 0000 0000 0001 04000000" + GROUP_BYTES),
        };
        join();
        for (int i = 0; i < 20_000; i++) {
            byte[] message = damaged(seeds, 4, random);
            host.device.receive(
                    Reports.query6(
                            ROUTER,
                            random.nextBoolean() ? ALL : "ff05::99",
                            message,
                            random.nextInt(8) > 0 ? 1 : random.nextInt(256),
                            random.nextInt(8) > 0),
                    network.now);
            network.pass(random.nextLong(SECOND / 2));
            assertTrue(host.device.reports.size() <= 10);
            host.device.reports.clear();
        }
        network.pass(1_000_000 * SECOND);
        told();
        ask(HEAD + NONE + "027d0000");
        network.pass(20 * SECOND);
        assertEquals(List.of("IS_EX ff05::99 [] to ff02::16"), told());
    }
}
