package dev.cortado.runtime.net.tcp;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wire that is away again and again, as one whose driver dies; then it stays. */
final class OutageTest {
    private static final int OUTAGES = 4;

    /** What can be under way in the longest pause between two outages, and more. */
    private static final int MOST_BYTES = 3 << 20;

    /** Longer than any retransmission timeout (RFC 6298, 2.5), thrice. */
    private static final long PATIENCE = VirtualTime.seconds(180);

    @ParameterizedTest(name = "offload {0}, {1} ms, options {2}")
    @CsvSource({"0,1,true", "60000,1,true", "60000,20,true", "0,1,false", "60000,1,false"})
    void transfersGoOn(int offload, long delay, boolean withOptions) throws TcpException {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            TcpSettings settings = new TcpSettings();
            settings.timestamps = withOptions;
            settings.selectiveAcknowledgement = withOptions;
            TwoHosts hosts = new TwoHosts(seed * 1000, settings, settings);
            hosts.client.segmentationLimit = offload;
            hosts.server.segmentationLimit = offload;
            hosts.bottleneck(1_000_000_000, 1 << 20, VirtualTime.milliseconds(delay));
            TcpConnection[] ends = hosts.connect(80);
            long bytes = 1 + random.nextInt(MOST_BYTES);
            BulkTransfer a = new BulkTransfer(hosts.time, ends[0], bytes, 1);
            BulkTransfer b = new BulkTransfer(hosts.time, ends[1], bytes, 2);
            comeAndGo(hosts, random);
            BulkTransferTest.everyByteArrives(hosts, a, b, PATIENCE, "seed " + seed);
        }
    }

    private static void comeAndGo(TwoHosts hosts, Random random) {
        for (int i = 0; i < OUTAGES; i++) {
            long from = hosts.time.now() + VirtualTime.milliseconds(1 + random.nextInt(20));
            long until = from + VirtualTime.milliseconds(10 + random.nextInt(1500));
            hosts.there.outage(from, until);
            hosts.back.outage(from, until);
            hosts.time.runFor(until - hosts.time.now());
        }
    }
}
