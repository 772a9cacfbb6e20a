package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.socket.SocketEndpoint;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "255.255.255.255",
                "127.0.0.1",
                "2001:db8::1",
                "::1",
                "ff02::fb"
            })
    void anAddressIsTheSameToTheJdkAndTheStack(String text) throws UnknownHostException {
        InetAddress address = InetAddress.getByName(text);
        assertEquals(IpAddress.parse(text), NetAddresses.address(address));
        assertEquals(address, NetAddresses.inetAddress(null, IpAddress.parse(text), 0));
        assertArrayEquals(address.getAddress(), NetAddresses.bytes(IpAddress.parse(text)));
    }

    @Test
    void bothWildcardsAreOne() throws UnknownHostException {
        for (String text : new String[] {"0.0.0.0", "::"}) {
            assertEquals(
                    new SocketEndpoint(IpAddress.UNSPECIFIED, 80, 0),
                    NetAddresses.endpoint(InetAddress.getByName(text), 80));
        }
        InetAddress any = NetAddresses.inetAddress(SocketEndpoint.NONE);
        assertTrue(any instanceof Inet6Address && any.isAnyLocalAddress());
    }

    @Test
    void onlyWhatIsOfOneLinkHasAScope() throws UnknownHostException {
        assertEquals(2, NetAddresses.endpoint(scoped("fe80::1"), 1).scope());
        assertEquals(2, NetAddresses.endpoint(scoped("ff02::1"), 1).scope());
        assertEquals(0, NetAddresses.endpoint(scoped("ff0e::1"), 1).scope());
        assertEquals(0, NetAddresses.endpoint(scoped("2001:db8::1"), 1).scope());
        assertEquals(0, NetAddresses.endpoint(scoped("::1"), 1).scope());
    }

    private static InetAddress scoped(String text) throws UnknownHostException {
        byte[] bytes = InetAddress.getByName(text).getAddress();
        return Inet6Address.getByAddress(null, bytes, 2);
    }

    @Test
    void aScopeIsToldOfIpv6Only() {
        InetAddress link = NetAddresses.inetAddress(null, IpAddress.parse("fe80::1"), 3);
        assertEquals("fe80:0:0:0:0:0:0:1%3", link.getHostAddress());
        InetAddress ipv4 = NetAddresses.inetAddress("a", IpAddress.parse("169.254.0.1"), 3);
        assertEquals("a/169.254.0.1", ipv4.toString());
    }

    @Test
    void loopbackIsANetworkAndAnAddress() {
        assertTrue(NetAddresses.isLoopback(IpAddress.parse("127.255.0.9")));
        assertTrue(NetAddresses.isLoopback(IpAddress.parse("::1")));
        assertFalse(NetAddresses.isLoopback(IpAddress.parse("128.0.0.1")));
        assertFalse(NetAddresses.isLoopback(IpAddress.parse("::")));
    }

    @Test
    void otherLengthsAreNoAddresses() {
        for (int length : new int[] {0, 3, 5, 15, 17}) {
            assertThrows(
                    IllegalArgumentException.class, () -> NetAddresses.address(new byte[length]));
        }
    }

    @Test
    void aMacAddressHasSixBytes() {
        assertArrayEquals(
                new byte[] {0x52, 0x54, 0, 0x12, 0x34, (byte) 0xff},
                InterfaceCalls.macBytes(0x5254_0012_34ffL));
    }
}
