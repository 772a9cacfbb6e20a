package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link InetAddress} and {@link NetworkInterface}, as far as no other machine is asked. */
final class AddressTest {
    @Test
    void literals() throws UnknownHostException {
        InetAddress four = InetAddress.getByName("192.0.2.7");
        assertTrue(four instanceof Inet4Address);
        assertArrayEquals(new byte[] {(byte) 192, 0, 2, 7}, four.getAddress());
        assertEquals("/192.0.2.7", four.toString());
        InetAddress six = InetAddress.getByName("2001:db8::1");
        assertTrue(six instanceof Inet6Address);
        assertEquals("2001:db8:0:0:0:0:0:1", six.getHostAddress());
        assertEquals(six, InetAddress.getByName("[2001:db8::1]"));
        assertTrue(InetAddress.getByName("::ffff:192.0.2.7") instanceof Inet4Address);
        assertEquals(four, InetAddress.ofLiteral("192.0.2.7"));
        assertThrows(IllegalArgumentException.class, () -> InetAddress.ofLiteral("localhost"));
    }

    @Test
    void localhost() throws IOException {
        assertEquals("localhost/127.0.0.1", InetAddress.getLoopbackAddress().toString());
        assertTrue(InetAddress.getByName("localhost").isLoopbackAddress());
        assertTrue(
                List.of(InetAddress.getAllByName("localhost"))
                        .contains(InetAddress.getByName("127.0.0.1")));
        assertTrue(InetAddress.getByName(null).isLoopbackAddress());
        assertFalse(InetAddress.getLocalHost().getHostName().isEmpty());
        assertTrue(InetAddress.getLoopbackAddress().isReachable((int) Deadline.MILLISECONDS));
    }

    /** Whatever the name service says of it: RFC 2606 reserves the name. */
    @Test
    void unknownHost() {
        UnknownHostException error =
                assertThrows(
                        UnknownHostException.class, () -> InetAddress.getByName("nowhere.invalid"));
        assertTrue(error.getMessage().startsWith("nowhere.invalid"), error.getMessage());
        assertTrue(new InetSocketAddress("nowhere.invalid", 1).isUnresolved());
    }

    @Test
    void theLoopbackInterface() throws IOException {
        InetAddress address = InetAddress.getByName("127.0.0.1");
        NetworkInterface loopback = NetworkInterface.getByInetAddress(address);
        assertEquals("lo", loopback.getName());
        assertTrue(loopback.isLoopback() && loopback.isUp());
        assertFalse(loopback.isPointToPoint() || loopback.isVirtual());
        assertTrue(loopback.inetAddresses().toList().contains(address));
        assertTrue(loopback.getMTU() >= 1500);
        assertTrue(loopback.getIndex() > 0);
        assertEquals(null, loopback.getHardwareAddress());
        assertEquals(loopback, NetworkInterface.getByName("lo"));
        assertEquals(loopback, NetworkInterface.getByIndex(loopback.getIndex()));
        assertTrue(NetworkInterface.networkInterfaces().toList().contains(loopback));
        assertEquals(
                8,
                loopback.getInterfaceAddresses().stream()
                        .filter(each -> each.getAddress().equals(address))
                        .findFirst()
                        .orElseThrow()
                        .getNetworkPrefixLength());
        assertEquals(null, NetworkInterface.getByName("none"));
        assertEquals(null, NetworkInterface.getByInetAddress(InetAddress.getByName("192.0.2.1")));
    }
}
