package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.tcp.recovery.Phase;
import org.junit.jupiter.api.Test;

/** What losses, outages and false alarms cost a sender. */
final class LossCostTest {
    private static final long SECOND = 1_000_000_000;

    private SegmentScript script;

    private PathReport report() {
        return script.connection.report();
    }

    @Test
    void rfc5681Section31SlowStartGoesToTheThresholdAfterATimeout() throws TcpException {
        script = SegmentScript.measured(10);
        script.send(10_000);
        script.pass(300);
        assertEquals(Phase.TIMEOUT, report().phase());
        long threshold = report().slowStartThreshold();
        assertTrue(threshold >= 3_000, report().toString());
        script.inject("A 1+0 ack 1002");
        assertEquals(threshold, report().slowStartThreshold());
        assertEquals(2_000, report().congestionWindow());
    }

    @Test
    void rfc8985Section72ALoneSegmentIsProbedForWhenItsTimeoutIsDue() throws TcpException {
        script = SegmentScript.measured(10);
        long window = report().congestionWindow();
        script.send(1000);
        script.sent.clear();
        script.pass(250);
        script.expect("PA 2+1000 ack 1");
        assertEquals(Phase.OPEN, report().phase());
        script.pass(250);
        assertEquals(Phase.TIMEOUT, report().phase());
        assertTrue(window > report().congestionWindow());
    }

    @Test
    void rfc8985Section742AProbeForNothingCostsNothing() throws TcpException {
        script = SegmentScript.measured(100);
        script.send(3000);
        script.pass(206);
        // Its acknowledgement was late; the probe's comes when nothing is under way any more.
        script.inject("A 1+0 ack 3002");
        script.inject("A 1+0 ack 3002 sack 2002:3002");
        long window = report().congestionWindow();
        script.send(1000);
        script.pass(100);
        script.inject("A 1+0 ack 4002");
        assertTrue(report().congestionWindow() >= window, report().toString());
    }

    @Test
    void rfc6298Section3AnOutageIsNoRoundTrip() throws TcpException {
        script = SegmentScript.measured(10);
        script.send(3000);
        script.pass(30_000);
        script.inject("A 1+0 ack 3002");
        script.send(1000);
        script.pass(10);
        script.inject("A 1+0 ack 4002");
        assertTrue(report().retransmissionTimeout() < SECOND, report().toString());
    }

    @Test
    void rfc5681Section31OneLossIsAnsweredOnce() throws TcpException {
        script = SegmentScript.measured(10);
        script.send(10_000);
        script.inject("A 1+0 ack 2 sack 3002:10002");
        script.pass(20);
        assertEquals(Phase.FAST, report().phase());
        long threshold = report().slowStartThreshold();
        script.pass(1_000);
        assertEquals(Phase.TIMEOUT, report().phase());
        assertEquals(threshold, report().slowStartThreshold());
    }

    @Test
    void rfc6928Section2ALostSynSaysNothingOfTheThreshold() throws TcpException {
        script = new SegmentScript(SegmentScript.withSack());
        script.connecting();
        script.pass(1_000);
        script.inject("SA 0+0 ack 1 win 65535 mss 1000 sackok");
        assertEquals(1_000, report().congestionWindow());
        assertEquals(1 << 30, report().slowStartThreshold());
    }

    @Test
    void rfc1191APathThatBecomesSmallerByOneByteIsNoEnd() throws TcpException {
        script = new SegmentScript();
        script.established("mss 1460");
        script.send(1460);
        script.expect("PA 1+1460 ack 1");
        script.host.mtu = 1499;
        script.pass(205);
        script.expect("A 1+1459 ack 1");
    }

    @Test
    void anOutageIsNoBlackHole() throws TcpException {
        script = new SegmentScript();
        script.established("mss 1460");
        script.send(5000);
        script.pass(20_000);
        assertEquals(496, report().segmentBytes());
        script.inject("A 1+0 ack 5001");
        script.sent.clear();
        script.send(1460);
        script.expect("PA 5001+1460 ack 1");
    }

    /** A guest that was paused has missed the times of several probes, but sends one. */
    @Test
    void rfc9293Section384AGuestThatStoodStillProbesFirst() throws TcpException {
        script = new SegmentScript();
        script.established("mss 1460");
        script.pass(3_600_000);
        TcpOptionValues options = script.connection.options();
        options.setKeepAliveTimes(60 * SECOND, 10 * SECOND, 3, script.time.now());
        options.setKeepAlive(true, script.time.now());
        script.pass(100);
        script.expect("A 0+0 ack 1");
        script.expectNothing();
        script.inject("A 1+0 ack 1");
        script.pass(59_000);
        script.expectNothing();
        assertNull(script.connection.error());
    }

    /** RFC 8985, 7.4.2: only an acknowledgement that carries nothing may be one of the probe. */
    @Test
    void aRepairByAProbeIsALossHoweverMuchIsAnswered() throws TcpException {
        script = SegmentScript.measured(100);
        script.send(3000);
        script.pass(206);
        long window = report().congestionWindow();
        script.inject("A 1+1000 ack 3002");
        script.inject("A 1001+1000 ack 3002");
        script.send(1000);
        script.pass(100);
        script.inject("A 2001+0 ack 4002");
        assertTrue(report().congestionWindow() < window, report().toString());
    }

    /**
     * What a recovery has reduced for a real loss stays so when a timeout after it was spurious.
     */
    @Test
    void rfc4015AnUndoGoesNoFurtherBackThanTheTimeout() throws TcpException {
        script = new SegmentScript(SegmentScript.withSackAndTimestamps());
        script.established("mss 1012 sackok ts 1:0");
        script.send(10_000);
        script.next();
        script.pass(3);
        script.inject(
                "A 1+0 ack 1 ts 2:" + script.lastOptions.timestampValue() + " sack 2001:10001");
        script.pass(20);
        assertEquals(Phase.FAST, report().phase());
        script.sent.clear();
        long threshold = report().slowStartThreshold();
        long stamp = script.lastOptions.timestampValue();
        script.pass(400);
        assertEquals(Phase.TIMEOUT, report().phase());
        script.inject("A 1+0 ack 1001 ts 3:" + stamp + " sack 2001:10001");
        assertEquals(Phase.OPEN, report().phase());
        assertEquals(threshold, report().slowStartThreshold());
    }

    @Test
    void aSecondBlackHoleIsBelieved() throws TcpException {
        script = new SegmentScript();
        script.established("mss 1460");
        int position = 1;
        for (int i = 0; i < 2; i++) {
            script.send(1460);
            assertEquals(1460, report().segmentBytes());
            while (report().segmentBytes() == 1460) {
                script.pass(100);
            }
            assertEquals(1300, report().segmentBytes());
            position += 1460;
            script.inject("A %d+0 ack %d".formatted(1 + i, position));
            if (i == 0) {
                script.pass(11_000);
                script.inject("PA 1+1 ack " + position); // now larger ones may go, and do later
                script.pass(90_000);
            }
        }
        script.pass(100_000);
        script.sent.clear();
        script.send(1400);
        script.expect("A %d+1300 ack 2".formatted(position));
    }
}
