package dev.cortado.runtime.net.ip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.lab.TestHost;
import dev.cortado.runtime.net.lab.TestNetwork;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.InterfaceAddress.State;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 6724; the examples of 10.1 and 10.2 as far as they have one interface. */
final class AddressSelectionTest {
    private final TestNetwork network = new TestNetwork();
    private final TestHost host = network.host(1);

    private void has(String... addresses) {
        for (String address : addresses) {
            boolean isIpv4 = address.indexOf(':') < 0;
            host.address(address, isIpv4 ? 24 : 64);
        }
        String gateway = "fe80::99";
        host.stack.ip().routes().add(Route.toEverywhere(IpAddress.parse(gateway), host.link, 1));
        host.stack
                .ip()
                .routes()
                .add(Route.toEverywhere(IpAddress.parse("198.51.100.1"), host.link, 1));
    }

    private void state(String address, State state) {
        IpAddress parsed = IpAddress.parse(address);
        host.link.setAddress(InterfaceAddress.of(parsed, 64).with(state));
    }

    private String source(String destination) {
        PacketInfo info = new PacketInfo();
        IpAddress to = IpAddress.parse(destination);
        info.destinationHigh = to.high();
        info.destinationLow = to.low();
        SendResult result = host.stack.ip().selectSource(info);
        return result == SendResult.SENT
                ? new IpAddress(info.sourceHigh, info.sourceLow).toString()
                : result.toString();
    }

    private List<String> order(String... destinations) {
        return new DestinationOrder(host.stack.ip())
                .sort(Arrays.stream(destinations).map(IpAddress::parse).toList()).stream()
                        .map(IpAddress::toString)
                        .toList();
    }

    @Test
    void rfc6724Sources() {
        has("2001:db8:1::1", "fe80::1");
        assertEquals("2001:db8:1::1", source("2001:db8:2::1"));
        assertEquals("2001:db8:1::1", source("ff05::1"));
        assertEquals("fe80::1", source("fe80::2"));
        has("2001:db8:2::1");
        assertEquals("2001:db8:2::1", source("2001:db8:2:0:1::1"));
        state("2001:db8:2::1", State.DEPRECATED);
        assertEquals("2001:db8:1::1", source("2001:db8:2:0:1::1"));
        state("2001:db8:1::1", State.TENTATIVE);
        assertEquals("2001:db8:2::1", source("2001:db8:1::9"));
    }

    @Test
    void rfc6724LabelsOfSources() {
        has("2002:c633:6401::2", "2001:db8:1::2");
        assertEquals("2002:c633:6401::2", source("2002:c633:6401::1"));
        assertEquals("2001:db8:1::2", source("2001:db8:9::1"));
        has("fd00:1::2");
        assertEquals("fd00:1::2", source("fd00:2::1"));
    }

    @Test
    void ipv4Sources() {
        has("10.0.0.1", "192.0.2.1");
        assertEquals("192.0.2.1", source("192.0.2.9"));
        assertEquals("10.0.0.1", source("10.0.0.9"));
        assertEquals("10.0.0.1", source("203.0.113.1"));
        assertEquals("127.0.0.1", source("127.0.0.1"));
        assertEquals("NO_SOURCE", source("2001:db8::1"));
    }

    @Test
    void rfc6724Destinations() {
        has("2001:db8:1::2", "fe80::1", "198.51.100.117");
        assertEquals(
                List.of("2001:db8:1::1", "198.51.100.121"),
                order("198.51.100.121", "2001:db8:1::1"));
        assertEquals(
                List.of("2001:db8:1::1", "2002:c633:6401::1"),
                order("2002:c633:6401::1", "2001:db8:1::1"));
        assertEquals(List.of("fe80::5", "2001:db8:1::1"), order("2001:db8:1::1", "fe80::5"));
    }

    @Test
    void rfc6724WithoutAGlobalAddressIpv4IsFirst() {
        has("fe80::1", "198.51.100.117");
        assertEquals(
                List.of("198.51.100.121", "2001:db8:1::1"),
                order("2001:db8:1::1", "198.51.100.121"));
    }

    @Test
    void whatCannotBeReachedIsLast() {
        host.address("10.0.0.1", 24);
        assertEquals(
                List.of("10.0.0.2", "2001:db8::1", "192.0.2.1"),
                order("2001:db8::1", "192.0.2.1", "10.0.0.2"));
        assertEquals(
                List.of("10.0.0.7", "10.0.0.2"), order("10.0.0.7", "10.0.0.2"), "as they came");
    }
}
