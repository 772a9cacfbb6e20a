package dev.cortado.drivers.xen.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.Offloads;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What backends and the toolstack write, and what is made of it (public/io/netif.h). */
@Timeout(120)
final class NegotiationTest extends VifCase {
    private static final int SUM4 = Offloads.CHECKSUM_TCP4 | Offloads.CHECKSUM_UDP4;
    private static final int SUM6 = Offloads.CHECKSUM_TCP6 | Offloads.CHECKSUM_UDP6;

    /** All 32 of them. Sums of IPv4 are there unless denied, those of IPv6 only if said. */
    @Test
    void eachFeatureIsUsedWhereItCanBe() throws Exception {
        start(1);
        for (int i = 0; i < 32; i++) {
            boolean gather = (i & 1) != 0;
            boolean sums4 = (i & 2) == 0;
            boolean sums6 = (i & 4) != 0;
            boolean cuts4 = (i & 8) != 0;
            boolean cuts6 = (i & 16) != 0;
            xenstored.write(BACK + "state", "5");
            await("down", () -> !net.isLinkUp());
            write("feature-sg", gather);
            write("feature-no-csum-offload", !sums4);
            write("feature-ipv6-csum-offload", sums6);
            write("feature-gso-tcpv4", cuts4);
            write("feature-gso-tcpv6", cuts6);
            xenstored.write(BACK + "state", "2");
            attach(1);
            int expected = Offloads.RECEIVE_CHECKSUM | Offloads.RECEIVE_SEGMENTATION;
            expected |= sums4 ? SUM4 : 0;
            expected |= sums6 ? SUM6 : 0;
            expected |= gather ? Offloads.SCATTER : 0;
            expected |= gather && sums4 && cuts4 ? Offloads.SEGMENTATION_TCP4 : 0;
            expected |= gather && sums6 && cuts6 ? Offloads.SEGMENTATION_TCP6 : 0;
            assertEquals(expected, net.offloads(), "case " + i);
            assertEquals(gather ? 18 : 1, net.mostParts());
        }
    }

    /** One that is off is not there, or says 0. */
    private void write(String feature, boolean on) {
        if (on) {
            xenstored.write(BACK + feature, "1");
        } else if (feature.length() % 2 == 0) {
            xenstored.write(BACK + feature, "0");
        } else {
            xenstored.remove(BACK + feature);
        }
    }

    @Test
    void whatWeCanIsTold() throws Exception {
        start(1);
        for (String feature :
                List.of(
                        "request-rx-copy",
                        "feature-rx-notify",
                        "feature-sg",
                        "feature-gso-tcpv4",
                        "feature-gso-tcpv6",
                        "feature-ipv6-csum-offload")) {
            assertEquals("1", xenstored.read(FRONT + feature), feature);
        }
    }

    /** Of a driver before us: a backend would take other events, and do what we do not know. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "event-channel-tx",
                "event-channel-rx",
                "ctrl-ring-ref",
                "event-channel-ctrl",
                "feature-no-csum-offload",
                "feature-gso-tcpv4-prefix",
                "feature-gso-tcpv6-prefix",
                "request-multicast-control",
                "xdp-headroom"
            })
    void whatAnotherHasAskedForIsNotOurs(String node) throws Exception {
        xenstored.write(FRONT + node, "9");
        xenstored.write(FRONT + "handle", "0");
        start(1);
        assertNull(xenstored.read(FRONT + node));
        assertEquals("0", xenstored.read(FRONT + "handle"), "the toolstack's");
        assertEquals(MAC, xenstored.read(FRONT + "mac"));
    }

    @Test
    void anOldBackendIsToldOfNoQueues() throws Exception {
        offer(1);
        xenstored.remove(BACK + "multi-queue-max-queues");
        begin(2);
        attach(1);
        assertEquals(null, xenstored.read(FRONT + "multi-queue-num-queues"));
        assertEquals(1, send(0));
        assertEquals(60, backends[0].take().bytes().length);
    }

    @Test
    void theToolstackSaysAddressesAndLengths() throws Exception {
        offer(1);
        xenstored.write(BACK + "ip", " 192.168.7.2/24  fd00::2/64 ");
        xenstored.write(BACK + "mtu", "9000");
        begin(1);
        attach(1);
        assertEquals(
                List.of("192.168.7.2/24", "fd00::2/64"),
                opening.get(20, TimeUnit.SECONDS).addresses());
        assertEquals(9000, net.mtu());
    }

    /** The script that puts a vif on a bridge says how long its packets are, maybe late. */
    @Test
    void aNetworksLengthIsWhatItsScriptSays() throws Exception {
        offer(1);
        xenstored.write(BACK + "mtu", "9000");
        xenstored.write(FRONT + "mtu", "1450");
        begin(1);
        connect(1);
        assertEquals(1450, net.mtu());
        xenstored.write(FRONT + "mtu", "1400");
        attach(1);
        assertEquals(1400, net.mtu());
        NetworkBuffer[] packet = {pool.take()};
        packet[0].setData(NetworkBuffer.HEADROOM, 1419);
        assertThrows(IllegalArgumentException.class, () -> net.queue(0).transmit(packet, 0, 1));
        packet[0].setData(NetworkBuffer.HEADROOM, 1418);
        assertEquals(1, net.queue(0).transmit(packet, 0, 1));
    }

    @Test
    void aLengthThatIsNoneIsSaidWhenTheBackendConnects() throws Exception {
        offer(1);
        begin(1);
        connect(1);
        xenstored.write(FRONT + "mtu", "some");
        xenstored.write(BACK + "state", "4");
        ExecutionException e =
                assertThrows(ExecutionException.class, () -> opening.get(20, TimeUnit.SECONDS));
        assertEquals("device/vif/0: its mtu is \"some\"", e.getCause().getMessage());
        checkNothingShared();
    }

    /** As in Linux, on both sides: what goes into one page is an Ethernet frame. */
    @Test
    void withoutScatteringPacketsAreShort() throws Exception {
        offer(1);
        xenstored.remove(BACK + "feature-sg");
        xenstored.write(FRONT + "mtu", "9000");
        begin(1);
        attach(1);
        assertEquals(1500, net.mtu());
        xenstored.write(BACK + "state", "5");
        await("down", () -> !net.isLinkUp());
        xenstored.write(FRONT + "mtu", "1280");
        attachAgain(1);
        assertEquals(1280, net.mtu());
    }

    /** Many words, of which only the last is spoilt; and none. */
    @Test
    void addressesHaveAnEnd() throws Exception {
        offer(1);
        xenstored.write(BACK + "ip", "a ".repeat(100));
        begin(1);
        attach(1);
        assertEquals(16, net.addresses().size());
        xenstored.write(BACK + "state", "5");
        await("down", () -> !net.isLinkUp());
        xenstored.write(BACK + "ip", " ");
        attachAgain(1);
        assertEquals(List.of(), net.addresses());
    }

    @ParameterizedTest
    @CsvSource({
        "mac, 01:00:00:00:00:00, no device has the address \"01:00:00:00:00:00\"",
        "mac, 0016.3e00.0001, no device has the address \"0016.3e00.0001\"",
        "feature-rx-copy, 0, the backend does not copy packets to us",
        "feature-sg, yes, 'the backend''s feature-sg is \"yes\"'",
        "mtu, 67, packets of at most 67 bytes",
        "mtu, 65518, packets of at most 65518 bytes",
        "mtu, -1, 'the backend''s mtu is \"-1\"'",
        "mtu, 99999999999999999999, 'the backend''s mtu is \"99999999999999999999\"'",
        "multi-queue-max-queues, 0, no queues",
        "multi-queue-max-queues, two, 'the backend''s multi-queue-max-queues is \"two\"'",
    })
    void whatCannotBeIsNamed(String node, String value, String message) throws Exception {
        offer(2);
        xenstored.write((node.equals("mac") ? FRONT : BACK) + node, value);
        begin(2);
        ExecutionException e =
                assertThrows(ExecutionException.class, () -> opening.get(20, TimeUnit.SECONDS));
        assertEquals(IOException.class, e.getCause().getClass());
        assertEquals("device/vif/0: " + message, e.getCause().getMessage());
        checkNothingShared();
        await("ended", services::areEnded);
        assertEquals("6", xenstored.read(FRONT + "state"));
        // Until the toolstack has mended it: then it is a device as any other.
        assertEquals(0, later.size());
        xenstored.remove(FRONT.substring(0, FRONT.length() - 1));
        offer(2);
        xenstored.write(BACK + node, node.equals("mtu") ? "1500" : "1");
        xenstored.write(BACK + "multi-queue-max-queues", "2");
        await("found", () -> later.size() == 1);
        use(later.getFirst(), 1);
        attach(1);
        assertEquals(1, send(0));
    }

    @Test
    void aDirectoryThatIsNoNumberIsNoDevice() throws Exception {
        offer(1);
        String other = "/local/domain/7/device/vif/00/";
        xenstored.write(other + "backend", BACK.substring(0, BACK.length() - 1));
        xenstored.write(other + "backend-id", "0");
        xenstored.write(other + "state", "1");
        begin(1);
        attach(1);
        assertTrue(log.getFirst().endsWith("no network device has the number 00"), log.toString());
    }
}
