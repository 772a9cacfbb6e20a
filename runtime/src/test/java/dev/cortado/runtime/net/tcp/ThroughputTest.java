package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How near to the ideal a bottleneck of 20 Mbit/s with a bounded queue is filled, and how fairly.
 */
final class ThroughputTest {
    private static final long RATE = 20_000_000;

    /** Payload's part of a frame: 1448 of 1448 + 52 + 38. */
    private static final double EFFICIENCY = 1448.0 / (1448 + 32 + 38);

    private static long secondsFor(TwoHosts hosts, long bytes) throws TcpException {
        TcpConnection[] ends = hosts.connect(80);
        long start = hosts.time.now();
        BulkTransfer a = new BulkTransfer(hosts.time, ends[0], bytes, 1);
        BulkTransfer b = new BulkTransfer(hosts.time, ends[1], 0, 2);
        while (b.finishedAt == 0 && hosts.time.now() - start < VirtualTime.seconds(600)) {
            hosts.time.runFor(VirtualTime.milliseconds(100));
        }
        assertTrue(b.received == bytes, b.received + " of " + bytes + " " + ends[0].report());
        assertTrue(a.failure == null && b.failure == null);
        return b.finishedAt - start;
    }

    @ParameterizedTest(name = "{0} loss, {1} ms each way, queue {2}, cubic {3}: {4} of the ideal")
    @CsvSource({
        "0, 1, 65536, true, 0.97",
        "0, 10, 65536, true, 0.93",
        "0, 20, 100000, true, 0.88",
        "0, 50, 250000, true, 0.75",
        "0, 10, 65536, false, 0.9",
        "0.01, 1, 65536, true, 0.93",
        "0.01, 5, 65536, true, 0.5",
    })
    void fillsTheBottleneck(double loss, long delay, int queue, boolean cubic, double atLeast)
            throws TcpException {
        TcpSettings settings = new TcpSettings();
        settings.cubic = cubic;
        TwoHosts hosts = new TwoHosts(77, settings, settings);
        hosts.bottleneck(RATE, queue, VirtualTime.milliseconds(delay));
        hosts.bad(loss, 0, 0, 0);
        long bytes = 10_000_000;
        long taken = secondsFor(hosts, bytes);
        double ideal = bytes * 8.0 / EFFICIENCY / RATE * 1e9;
        double part = ideal / taken;
        assertTrue(part >= atLeast, "only " + part + " of the ideal");
    }

    /** Jain's index of two flows that share a bottleneck, the second a second later. */
    @ParameterizedTest(name = "{0} ms each way, queue {1}, cubic {2}")
    @CsvSource({"5, 65536, true", "20, 100000, true", "10, 65536, false"})
    void twoFlowsShareFairly(long delay, int queue, boolean cubic) throws TcpException {
        TcpSettings settings = new TcpSettings();
        settings.cubic = cubic;
        TwoHosts hosts = new TwoHosts(5, settings, settings);
        hosts.bottleneck(RATE, queue, VirtualTime.milliseconds(delay));
        List<BulkTransfer> receivers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            TcpConnection[] ends = hosts.connect(80 + i);
            new BulkTransfer(hosts.time, ends[0], Long.MAX_VALUE / 4, i);
            receivers.add(new BulkTransfer(hosts.time, ends[1], 0, 9));
            hosts.time.runFor(VirtualTime.seconds(1));
        }
        hosts.time.runFor(VirtualTime.seconds(5));
        long[] before = {receivers.get(0).received, receivers.get(1).received};
        hosts.time.runFor(VirtualTime.seconds(20));
        double x = receivers.get(0).received - before[0];
        double y = receivers.get(1).received - before[1];
        double index = (x + y) * (x + y) / (2 * (x * x + y * y));
        assertTrue(index >= 0.9, "Jain's index " + index);
    }

    @Test
    void rfc3168MarksTakeThePlaceOfLosses() throws TcpException {
        TcpSettings settings = new TcpSettings();
        settings.ecn = true;
        TwoHosts hosts = new TwoHosts(11, settings, settings);
        hosts.bottleneck(RATE, 200_000, VirtualTime.milliseconds(10));
        hosts.there.marks = true;
        long bytes = 10_000_000;
        long taken = secondsFor(hosts, bytes);
        assertTrue(bytes * 8.0 / EFFICIENCY / RATE * 1e9 / taken >= 0.93, "took " + taken);
        assertTrue(hosts.there.overflowed == 0, hosts.there.overflowed + " lost");
    }

    @Test
    void overIpv6() throws TcpException {
        TcpSettings settings = new TcpSettings();
        IpAddress a = IpAddress.parse("2001:db8::1");
        IpAddress b = IpAddress.parse("2001:db8::2");
        TwoHosts hosts = new TwoHosts(4, settings, settings, a, b);
        hosts.bottleneck(RATE, 65_536, VirtualTime.milliseconds(5));
        hosts.bad(0.01, 0.01, 0.01, 0.01);
        assertTrue(secondsFor(hosts, 500_000) > 0);
        assertTrue(hosts.client.drops.total() + hosts.server.drops.total() > 0);
    }

    @Test
    void smallWritesWithoutAnswerAreNotHeldBack() throws TcpException {
        TwoHosts hosts = new TwoHosts(3);
        TcpConnection[] ends = hosts.connect(80);
        long start = hosts.time.now();
        for (int i = 0; i < 100; i++) {
            ends[0].send(ByteBuffer.allocate(10), hosts.time.now());
            hosts.time.runFor(VirtualTime.milliseconds(5));
        }
        assertTrue(ends[1].available() >= 990, "of 1000 bytes " + ends[1].available());
        assertTrue(hosts.time.now() - start < VirtualTime.seconds(1));
        assertTrue(ends[0].remoteAddress().equals(IpAddress.ofIpv4(10, 0, 0, 2)));
    }
}
