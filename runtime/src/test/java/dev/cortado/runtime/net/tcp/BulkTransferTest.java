package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes both ways over a wire that is as bad as it is told; every one arrives, once, in order. */
final class BulkTransferTest {
    @ParameterizedTest(name = "loss {0}, reordering {1}, duplication {2}, corruption {3}, {4} ms")
    @CsvSource({
        "0,0,0,0,1,true,0",
        "0,0,0,0,100,true,0",
        "0.01,0,0,0,1,true,0",
        "0.05,0,0,0,10,true,0",
        "0,0.1,0,0,10,true,0",
        "0,0,0.05,0,1,true,0",
        "0,0,0,0.01,1,true,0",
        "0.01,0.05,0.01,0.01,100,true,0",
        "0.05,0.05,0.05,0.05,10,true,0",
        "0.05,0.05,0.05,0.05,10,false,0",
        "0.01,0,0,0,10,false,0",
        "0.01,0.01,0.01,0,1,true,60000",
        "0,0,0,0,1,false,60000",
    })
    void everyByteArrivesInOrder(
            double loss,
            double reordering,
            double duplication,
            double corruption,
            long delay,
            boolean withOptions,
            int offload)
            throws TcpException {
        for (long seed = 1; seed <= 2; seed++) {
            TcpSettings settings = new TcpSettings();
            settings.timestamps = withOptions;
            settings.selectiveAcknowledgement = withOptions;
            settings.cubic = withOptions;
            TwoHosts hosts = new TwoHosts(seed * 1000, settings, settings);
            hosts.client.segmentationLimit = offload;
            hosts.server.segmentationLimit = offload;
            hosts.bottleneck(100_000_000, 1 << 18, VirtualTime.milliseconds(delay));
            hosts.bad(loss, reordering, duplication, corruption);
            TcpConnection[] ends = hosts.connect(80);
            long bytes = 700_000;
            BulkTransfer a = new BulkTransfer(hosts.time, ends[0], bytes, 1);
            BulkTransfer b = new BulkTransfer(hosts.time, ends[1], bytes / 2, 2);
            String what = "seed " + seed;
            everyByteArrives(hosts, a, b, VirtualTime.seconds(900), what);
            assertEquals(bytes, b.received, what);
        }
    }

    /** Both ends send all, read all and close within some time; later nothing is left of them. */
    static void everyByteArrives(
            TwoHosts hosts, BulkTransfer a, BulkTransfer b, long patience, String run) {
        long limit = hosts.time.now() + patience;
        while ((a.finishedAt == 0 || b.finishedAt == 0) && hosts.time.now() < limit) {
            hosts.time.runFor(VirtualTime.milliseconds(500));
        }
        String what = run + " " + a.received + " " + b.received + a.connection.report();
        assertNull(a.failure, what);
        assertNull(b.failure, what);
        assertTrue(a.finishedAt != 0 && b.finishedAt != 0, what);
        assertEquals(a.sentSum.getValue(), b.receivedSum.getValue(), what);
        assertEquals(b.sentSum.getValue(), a.receivedSum.getValue(), what);
        hosts.time.runFor(VirtualTime.seconds(1000));
        nothingIsLeft(hosts.client);
        nothingIsLeft(hosts.server);
    }

    static void nothingIsLeft(TestHost host) {
        assertEquals(0, host.tcp.connections(), "connections");
        assertEquals(0, host.tcp.timeWaits(), "TIME-WAIT");
        assertEquals(0, host.tcp.chunksInUse(), "chunks");
        assertEquals(host.pool.size(), host.pool.free(), "packets");
        assertEquals(0, host.timers.count(), "timers");
    }
}
