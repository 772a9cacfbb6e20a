package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.socket.SocketEndpoint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The bytes are those that Linux on x86-64 writes, as its headers lay the structures out. */
class SocketAddressLayoutTest {
    private static final String IPV4 = "0200" + "1f90" + "c0000201" + "0000000000000000";
    private static final String IPV6 =
            "0a00" + "01bb" + "00000000" + "fe80000000000000020000fffe000001" + "03000000";

    private static byte[] bytes(String hexadecimal) {
        return HexFormat.of().parseHex(hexadecimal);
    }

    private static byte[] written(IpAddress address, int port, int scope) {
        byte[] bytes = new byte[SocketAddressLayout.IPV6_BYTES];
        Arrays.fill(bytes, (byte) 0x55);
        SocketAddressLayout.write(
                ByteBuffer.wrap(bytes), address.high(), address.low(), port, scope);
        return bytes;
    }

    private static SocketEndpoint read(byte[] bytes) throws FileException {
        return SocketAddressLayout.read(ByteBuffer.wrap(bytes));
    }

    @Test
    void anIpv4AddressHasAFamilyAPortAndFourBytes() throws FileException {
        byte[] all = written(IpAddress.parse("192.0.2.1"), 8080, 0);
        assertArrayEquals(bytes(IPV4), Arrays.copyOf(all, SocketAddressLayout.IPV4_BYTES));
        assertArrayEquals(new byte[12], Arrays.copyOfRange(all, 16, 28), "the rest is cleared");
        assertEquals(new SocketEndpoint(IpAddress.parse("192.0.2.1"), 8080, 0), read(bytes(IPV4)));
    }

    @Test
    void anIpv6AddressHasAScopeBehindIt() throws FileException {
        IpAddress address = IpAddress.parse("fe80::200:ff:fe00:1");
        assertArrayEquals(bytes(IPV6), written(address, 443, 3));
        assertEquals(new SocketEndpoint(address, 443, 3), read(bytes(IPV6)));
    }

    @Test
    void aMappedAddressIsIpv4s() throws FileException {
        byte[] mapped =
                bytes(
                        "0a00"
                                + "0035"
                                + "00000000"
                                + "00000000000000000000ffffc0000201"
                                + "07000000");
        assertEquals(new SocketEndpoint(IpAddress.parse("192.0.2.1"), 53, 0), read(mapped));
    }

    @Test
    void portsAreUnsigned() throws FileException {
        assertEquals(65535, read(written(IpAddress.parse("::1"), 65535, 0)).port());
    }

    @Test
    void whatIsShorterThanItsFamilyIsRefused() {
        for (String whole : new String[] {IPV4, IPV6}) {
            byte[] bytes = bytes(whole);
            for (int length = 0; length < bytes.length; length++) {
                byte[] some = Arrays.copyOf(bytes, length);
                FileException refused = assertThrows(FileException.class, () -> read(some));
                assertEquals(Errno.EINVAL, refused.errno(), "of " + length + " bytes");
            }
        }
    }

    @Test
    void anotherFamilyIsRefused() {
        byte[] unix = bytes("0100" + "2f746d702f7800".repeat(4)).clone();
        FileException refused = assertThrows(FileException.class, () -> read(unix));
        assertEquals(Errno.EAFNOSUPPORT, refused.errno());
    }

    @Test
    void anyAddressComesBackAsItWas() throws FileException {
        Random random = new Random(7);
        for (int i = 0; i < 1_000_000; i++) {
            IpAddress address =
                    random.nextBoolean()
                            ? IpAddress.ofIpv4(random.nextInt())
                            : new IpAddress(random.nextLong(), random.nextLong());
            int port = random.nextInt(1 << 16);
            int scope = random.nextInt();
            assertEquals(
                    NetAddresses.endpoint(address, port, scope),
                    read(written(address, port, scope)));
        }
    }
}
