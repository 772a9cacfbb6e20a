package dev.cortado.runtime.net.group;

import static dev.cortado.runtime.net.lab.TestNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.lab.Hex;
import dev.cortado.runtime.net.wire.IgmpMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Older queriers (RFC 3376, 7; RFC 2236), and queries that are none (RFC 3376, 4.1 and 9). */
final class IgmpTest extends MemberCase {
    private static final String ALL = "224.0.0.1";
    private static final String QUERY_1 = "11000000 00000000";
    private static final String QUERY_2 = "11640000 00000000";
    private static final String QUERY_3 = "11640000 00000000 027d0000";

    IgmpTest() {
        super("239.1.2.3");
    }

    private void ask(String destination, String message, boolean hasAlert) {
        byte[] summed = Reports.igmp(Hex.bytes(message));
        host.device.receive(Reports.query(destination, summed, hasAlert), network.now);
    }

    /** RFC 3376, 4.2.13. */
    @Test
    void rfc3376Section4WithoutAnAddress() {
        join();
        assertEquals("0.0.0.0", Reports.source(host.device.reports.get(0)).toString());
        host.address("10.0.0.1", 24);
        network.pass(SECOND);
        assertEquals("10.0.0.1", Reports.source(host.device.reports.get(1)).toString());
    }

    /** RFC 3376, 7.2.1, and RFC 2236, 3. */
    @Test
    void rfc2236AQuerierOfVersion2() {
        ask(ALL, QUERY_2, true);
        join();
        assertEquals(List.of("16 239.1.2.3 to 239.1.2.3"), told());
        network.pass(10 * SECOND);
        assertEquals(List.of("16 239.1.2.3 to 239.1.2.3"), told());
        network.pass(10 * SECOND);
        assertEquals(List.of(), told());
        ask(ALL, QUERY_2, true);
        network.pass(10 * SECOND);
        assertEquals(List.of("16 239.1.2.3 to 239.1.2.3"), told());
        leave();
        assertEquals(List.of("17 239.1.2.3 to 224.0.0.2"), told());
        // Robustness times query interval and ten seconds after the last it is gone.
        join();
        network.pass(251 * SECOND);
        assertEquals(2, told().size());
        leave();
        assertEquals(List.of("TO_IN 239.1.2.3 [] to 224.0.0.22"), told());
    }

    /** RFC 1112, appendix I. */
    @Test
    void rfc1112AQuerierOfVersion1() {
        ask(ALL, QUERY_1, false);
        join();
        network.pass(20 * SECOND);
        assertEquals(List.of("12 239.1.2.3 to 239.1.2.3", "12 239.1.2.3 to 239.1.2.3"), told());
        ask(ALL, QUERY_2, true);
        network.pass(20 * SECOND);
        assertEquals(List.of("12 239.1.2.3 to 239.1.2.3"), told(), "the older one counts");
        leave();
        network.pass(20 * SECOND);
        assertEquals(List.of(), told());
    }

    /** RFC 2236, 3: another host's report is enough; RFC 3376, 5.2, has none of that. */
    @Test
    void rfc2236AnothersReport() {
        ask(ALL, QUERY_2, true);
        join();
        network.pass(20 * SECOND);
        told();
        ask(ALL, QUERY_2, true);
        ask("239.1.2.3", "16000000 ef010203", true);
        network.pass(20 * SECOND);
        assertEquals(List.of(), told());
        network.pass(300 * SECOND);
        ask(ALL, QUERY_3, true);
        ask("239.1.2.3", "16000000 ef010203", true);
        network.pass(20 * SECOND);
        assertEquals(List.of("IS_EX 239.1.2.3 [] to 224.0.0.22"), told());
    }

    /** RFC 3376, 7.2.1: another version ends what was begun. */
    @Test
    void rfc3376Section7AnotherVersion() {
        join();
        network.pass(SECOND / 50);
        told();
        ask(ALL, QUERY_2, true);
        network.pass(20 * SECOND);
        assertEquals(List.of("16 239.1.2.3 to 239.1.2.3"), told());
    }

    /** RFC 3376, 7.2.1: of version 2 only a general query says that the querier is older. */
    @Test
    void rfc3376Section7AGroupQueryOfVersion2() {
        join();
        network.pass(5 * SECOND);
        told();
        ask("239.1.2.3", "11640000 ef010203", true);
        network.pass(10 * SECOND);
        assertEquals(List.of("IS_EX 239.1.2.3 [] to 224.0.0.22"), told());
        leave();
        assertEquals(List.of("TO_IN 239.1.2.3 [] to 224.0.0.22"), told());
    }

    /** RFC 3376, 4.1.12: a query to an address of ours is one. */
    @Test
    void rfc3376Section4AGeneralQueryToUsAlone() {
        host.address("10.0.0.1", 24);
        join();
        network.pass(5 * SECOND);
        told();
        byte[] frame = Reports.query("10.0.0.1", Reports.igmp(Hex.bytes(QUERY_3)), true);
        host.device.receive(frame, network.now);
        network.pass(10 * SECOND);
        assertEquals(List.of("IS_EX 239.1.2.3 [] to 224.0.0.22"), told());
    }

    /** RFC 3376, 4.1.1: 0x8f is (15 | 16) << 3 tenths. */
    @Test
    void rfc3376Section4TimesWithAnExponent() {
        assertEquals(24_800_000_000L, time(0x8f, 3));
        assertEquals(12_700_000_000L, time(0x7f, 3));
        assertEquals(12_800_000_000L, time(0x80, 3));
        assertEquals(3_174_400_000_000L, time(0xff, 3));
        assertEquals(25_500_000_000L, time(0xff, 2));
        assertEquals(10_000_000_000L, time(0, 1));
    }

    private static long time(int code, int version) {
        ByteBuffer bytes = ByteBuffer.allocate(12).put(0, (byte) 0x11).put(1, (byte) code);
        return IgmpMessage.answerTime(bytes, 0, version);
    }

    @Test
    void queriesThatAreNone() {
        join();
        network.pass(5 * SECOND);
        told();
        String[] malformed = {
            "11640000 00000000 0000", // between two versions' lengths
            "11640000 0a000001 027d0000", // no group
            "11640000 00000000 027d0001 0a000007", // general, with a source
            "11640000 ef010203 027d0002 0a000007", // fewer sources than it says
            "11640000 ef010203 027dffff 0a000007",
            "11640000",
        };
        for (String message : malformed) {
            ask(ALL, message, true);
        }
        assertEquals(malformed.length, host.drops(DropReason.GROUP_MALFORMED));
        byte[] wrong = Reports.igmp(Hex.bytes(QUERY_3));
        wrong[9] ^= 1;
        host.device.receive(Reports.query(ALL, wrong, true), network.now);
        assertEquals(malformed.length + 1, host.drops(DropReason.GROUP_MALFORMED));
        // RFC 3376, 9.1: to nobody's address but all systems', and for routers to look at.
        ask("239.1.2.3", QUERY_3, true);
        ask(ALL, QUERY_3, false);
        ask(ALL, "22000000 00000000", true);
        assertEquals(3, host.drops(DropReason.GROUP_IGNORED));
        network.pass(20 * SECOND);
        assertEquals(List.of(), told());
    }

    @Test
    void hostileMessages() {
        Random random = new Random(5);
        byte[][] seeds = {
            Hex.bytes(QUERY_1),
            Hex.bytes(QUERY_2),
            Hex.bytes(QUERY_3),
            Hex.bytes("11010000 ef010203 027d0002 0a000007 0a000008"),
            Hex.bytes("16000000 ef010203"),
            Hex.bytes("22000000 00000001 04000000 ef010203"),
        };
        boolean isIn = false;
        for (int i = 0; i < 20_000; i++) {
            byte[] message = damaged(seeds, 0, random);
            byte[] summed = message.length < 4 ? message : Reports.igmp(message);
            String to = random.nextBoolean() ? ALL : "239.1.2.3";
            host.device.receive(Reports.query(to, summed, random.nextInt(8) > 0), network.now);
            if (random.nextInt(20) == 0) {
                isIn = !isIn;
                if (isIn) {
                    join();
                } else {
                    leave();
                }
            }
            network.pass(random.nextLong(SECOND / 2));
            assertTrue(host.device.reports.size() <= 30);
            told();
        }
        if (!isIn) {
            join();
        }
        network.pass(1_000_000 * SECOND);
        told();
        ask(ALL, QUERY_3, true);
        network.pass(20 * SECOND);
        assertEquals(List.of("IS_EX 239.1.2.3 [] to 224.0.0.22"), told());
    }
}
