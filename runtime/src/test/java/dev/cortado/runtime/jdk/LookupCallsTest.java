package dev.cortado.runtime.jdk;

import static java.net.spi.InetAddressResolver.LookupPolicy.IPV4;
import static java.net.spi.InetAddressResolver.LookupPolicy.IPV4_FIRST;
import static java.net.spi.InetAddressResolver.LookupPolicy.IPV6;
import static java.net.spi.InetAddressResolver.LookupPolicy.IPV6_FIRST;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.net.address.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LookupCallsTest {
    private static final int BOTH = IPV4 | IPV6;

    private static List<String> inOrder(int characteristics) {
        List<IpAddress> found =
                Stream.of("2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2")
                        .map(IpAddress::parse)
                        .toList();
        return LookupCalls.inOrder(found, characteristics).stream()
                .map(IpAddress::toString)
                .toList();
    }

    @Test
    void oneFamilyComesFirstAndEachStaysInOrder() {
        assertEquals(
                List.of("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2"),
                inOrder(BOTH | IPV4_FIRST));
        assertEquals(
                List.of("2001:db8::1", "2001:db8::2", "192.0.2.1", "192.0.2.2"),
                inOrder(BOTH | IPV6_FIRST));
    }

    @Test
    void theSystemsOrderIsThatOfTheAnswer() {
        assertEquals(
                List.of("2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2"), inOrder(BOTH));
    }

    @Test
    void localhostNeedsNoNetwork() throws UnknownHostException {
        InetAddress ipv4 = InetAddress.getByAddress("LocalHost", new byte[] {127, 0, 0, 1});
        InetAddress[] found = LookupCalls.lookup("LocalHost", BOTH | IPV4_FIRST);
        assertEquals(2, found.length);
        assertEquals(ipv4, found[0]);
        assertEquals("LocalHost", found[0].getHostName());
        assertArrayEquals(new InetAddress[] {ipv4}, LookupCalls.lookup("localhost", IPV4));
        assertEquals("localhost", LookupCalls.hostName(new byte[] {127, 9, 9, 9}));
    }

    @Test
    void noHostIsNoName() {
        assertThrows(NullPointerException.class, () -> LookupCalls.lookup(null, BOTH));
    }
}
