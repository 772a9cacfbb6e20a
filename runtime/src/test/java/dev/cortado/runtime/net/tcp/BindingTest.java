package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.net.address.IpAddress;
import org.junit.jupiter.api.Test;

/** Which ports can be taken together (POSIX, bind and SO_REUSEADDR as Linux has it). */
final class BindingTest {
    private static final IpAddress ANY = IpAddress.UNSPECIFIED;
    private static final IpAddress ANY_IPV4 = IpAddress.ofIpv4(0, 0, 0, 0);
    private static final IpAddress ONE = IpAddress.ofIpv4(10, 0, 0, 1);
    private static final IpAddress TWO = IpAddress.ofIpv4(10, 0, 0, 2);
    private static final IpAddress IPV6 = new IpAddress(0x20010db8L << 32, 1);

    private final TcpTransport tcp = new SegmentScript().host.tcp;

    private void refused(IpAddress address, boolean shared) {
        TcpException failure =
                assertThrows(TcpException.class, () -> tcp.bind(address, 80, shared));
        assertEquals(TcpError.ADDRESS_IN_USE, failure.error());
    }

    @Test
    void onePortOfTwoAddressesIsTwo() throws TcpException {
        tcp.bind(ONE, 80, false);
        tcp.bind(TWO, 80, false);
        tcp.bind(IPV6, 80, false);
        refused(ONE, false);
        refused(ANY, false);
        refused(ANY_IPV4, false);
    }

    @Test
    void anyOfIpv4LeavesIpv6() throws TcpException {
        tcp.bind(ANY_IPV4, 80, false);
        refused(ONE, false);
        tcp.bind(IPV6, 80, false);
    }

    @Test
    void whoSharesShareUntilOneListens() throws TcpException {
        TcpBinding first = tcp.bind(ONE, 80, true);
        TcpBinding second = tcp.bind(ONE, 80, true);
        refused(ONE, false);
        TcpListener listener = tcp.listen(first, 5);
        refused(ONE, true);
        assertThrows(TcpException.class, () -> tcp.listen(second, 5));
        listener.close(0);
        tcp.listen(second, 5).close(0);
        tcp.bind(ONE, 80, false);
    }

    @Test
    void aPortThatIsGivenBackIsFree() throws TcpException {
        TcpBinding binding = tcp.bind(ONE, 80, false);
        tcp.release(binding);
        tcp.release(binding);
        tcp.bind(ONE, 80, false);
    }

    @Test
    void portZeroTakesOneThatIsFree() throws TcpException {
        TcpBinding a = tcp.bind(ANY, 0, false);
        TcpBinding b = tcp.bind(ANY, 0, false);
        assertNotEquals(a.port(), b.port());
        assertEquals(a.port(), tcp.listen(a, 1).port());
    }
}
