package dev.cortado.runtime.net.tcp.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.random.EphemeralPorts;
import dev.cortado.runtime.net.random.SipHash;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sequence numbers (RFC 9293, 3.4), first ones (RFC 6528) and ports (RFC 6056). */
final class NumbersTest {
    @Test
    void rfc9293Section34NumbersWrap() {
        assertEquals(0x1_0000_0005L, SequenceNumber.near(0xffff_fff0L, 5));
        assertEquals(0xffff_fff0L, SequenceNumber.near(0x1_0000_0005L, 0xffff_fff0));
        Random random = new Random(1);
        for (int i = 0; i < 1_000_000; i++) {
            long known = random.nextLong() >>> 8;
            long distance = random.nextInt();
            long position = known + distance;
            assertEquals(position, SequenceNumber.near(known, SequenceNumber.wire(position)));
        }
    }

    @Test
    void rfc6528Section3NumbersOfOnePairGrowAndThoseOfOthersAreUnrelated() {
        InitialSequenceNumbers numbers = new InitialSequenceNumbers(new SipHash(1, 2));
        int first = numbers.next(0, 0, 1, 0, 2, 80);
        assertEquals(first + 250, numbers.next(1_000_000, 0, 1, 0, 2, 80));
        assertNotEquals(first, numbers.next(0, 0, 1, 0, 2, 81));
        assertNotEquals(
                first, new InitialSequenceNumbers(new SipHash(1, 3)).next(0, 0, 1, 0, 2, 80));
    }

    @Test
    void rfc6056Section334EveryPortIsTriedAndNoneComesBackSoon() {
        DoubleHashPorts ports = new DoubleHashPorts(new SipHash(1, 2), new SipHash(3, 4));
        BitSet seen = new BitSet();
        for (int i = 0; i < 16_384; i++) {
            int port = ports.next(0, 1, 0, 2, 80, candidate -> true);
            assertTrue(port >= EphemeralPorts.FIRST && port <= EphemeralPorts.LAST);
            assertFalse(seen.get(port), "port " + port + " came back");
            seen.set(port);
        }
        assertEquals(DoubleHashPorts.NONE, ports.next(0, 1, 0, 2, 80, candidate -> false));
        assertEquals(50_000, ports.next(0, 1, 0, 2, 80, candidate -> candidate == 50_000));
    }
}
