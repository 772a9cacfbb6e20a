package dev.cortado.runtime.net.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressTest {
    /** Examples of RFC 4291, 2.2, and RFC 5952, 4. */
    @ParameterizedTest
    @CsvSource({
        "ABCD:EF01:2345:6789:ABCD:EF01:2345:6789, abcd:ef01:2345:6789:abcd:ef01:2345:6789",
        "2001:DB8:0:0:8:800:200C:417A, 2001:db8::8:800:200c:417a",
        "FF01:0:0:0:0:0:0:101, ff01::101",
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1::, 1::",
        "::ffff:129.144.52.38, 129.144.52.38",
        "::13.1.68.3, ::d01:4403",
        "10.0.2.15, 10.0.2.15",
        "255.255.255.255, 255.255.255.255",
    })
    void readAndWritten(String text, String canonical) {
        assertEquals(canonical, IpAddress.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.-4",
                "1.2.3.",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                "1:",
                ":1",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1:2:3:4:5:6:7::8",
                "fe80::1%eth0",
                "1.2.3.4:5",
                "::\u0664"
            })
    void refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> IpAddress.parse(text));
    }

    @Test
    void whatIsWrittenIsRead() {
        Random random = new Random(2);
        for (int i = 0; i < 50_000; i++) {
            long high = random.nextLong();
            long low = random.nextLong();
            for (int group = 0; group < 8; group++) {
                if (random.nextInt(3) > 0) {
                    long mask = ~(0xffffL << 16 * (group & 3));
                    high &= group < 4 ? mask : -1;
                    low &= group < 4 ? -1 : mask;
                }
            }
            IpAddress address = new IpAddress(high, low);
            assertEquals(address, IpAddress.parse(address.toString()));
        }
    }

    @Test
    void prefixes() {
        IpAddress network = IpAddress.parse("2001:db8:1:2::");
        IpAddress inside = IpAddress.parse("2001:db8:1:2:ffff::1");
        IpAddress outside = IpAddress.parse("2001:db8:1:3::1");
        assertTrue(Ipv6.isIn(inside.high(), inside.low(), network.high(), network.low(), 64));
        assertFalse(Ipv6.isIn(outside.high(), outside.low(), network.high(), network.low(), 64));
        assertTrue(Ipv6.isIn(outside.high(), outside.low(), network.high(), network.low(), 63));
        assertTrue(Ipv6.isIn(outside.high(), outside.low(), 0, 0, 0));
        assertEquals(63, Ipv6.commonPrefix(inside.high(), 0, outside.high(), 0));
        assertEquals(128, Ipv6.commonPrefix(1, 2, 1, 2));
        assertEquals(0xffff_ff00, Ipv4.mask(24));
        assertEquals(0, Ipv4.mask(0));
        assertEquals(-1, Ipv4.mask(32));
        assertEquals(Ipv4.of(10, 0, 2, 255), Ipv4.broadcast(Ipv4.of(10, 0, 2, 15), 24));
    }
}
