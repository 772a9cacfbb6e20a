package dev.cortado.runtime.net.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class SipHashTest {
    /** The authors' vectors: key 00 to 0f, input 00 to 07. */
    @Test
    void ofEightBytes() {
        SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        assertEquals(0x93f5f5799a932462L, hash.hash(0x0706050403020100L));
    }

    /** RFC 6056: within the range, and each of them free. */
    @Test
    void ports() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            int port = EphemeralPorts.choose(random, free -> (free & 7) == 5);
            assertTrue(port >= EphemeralPorts.FIRST && port <= EphemeralPorts.LAST);
            assertEquals(5, port & 7);
        }
        assertEquals(0, EphemeralPorts.choose(random, free -> false));
    }
}
