package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.tcp.recovery.Phase;
import org.junit.jupiter.api.Test;

/** What is sent again, and when (RFC 6298, 5681, 6582, 6675, 8985, 5682, 3522, 1191). */
final class RetransmissionTest {
    private SegmentScript script = new SegmentScript();

    private void withSack() throws TcpException {
        script = new SegmentScript(SegmentScript.withSack());
        script.established("mss 1000 sackok");
    }

    /** Its round trip takes so long. */
    private void withSack(long milliseconds) throws TcpException {
        script = SegmentScript.measured(milliseconds);
    }

    @Test
    void rfc6298Section5TheTimerDoublesAndStartsAgain() throws TcpException {
        script.established();
        script.send(10);
        script.expect("PA 1+10 ack 1");
        // The handshake took no time: 200 ms, then twice that.
        script.pass(199);
        script.expectNothing();
        script.pass(2);
        script.expect("PA 1+10 ack 1");
        script.pass(398);
        script.expectNothing();
        script.pass(4);
        script.expect("PA 1+10 ack 1");
        script.inject("A 1+0 ack 11");
        script.pass(100_000);
        script.expectNothing();
    }

    @Test
    void rfc6298Section2TheTimeoutFollowsTheRoundTrip() throws TcpException {
        script.connecting();
        script.expect("S 0+0");
        script.pass(300);
        script.inject("SA 0+0 ack 1 win 65535 mss 1460");
        script.expect("A 1+0 ack 1");
        // SRTT 300, RTTVAR 150: 300 + 4 * 150.
        assertEquals(900_000_000L, script.connection.report().retransmissionTimeout());
        assertEquals(300_000_000L, script.connection.report().smoothedRoundTrip());
    }

    @Test
    void rfc6298Section3KarnARoundTripOfWhatWasSentTwiceDoesNotCount() throws TcpException {
        script.established();
        script.measure(100);
        long before = script.connection.report().smoothedRoundTrip();
        script.send(10);
        script.pass(5_000);
        script.sent.clear();
        script.inject("A 1+0 ack 12");
        assertEquals(before, script.connection.report().smoothedRoundTrip());
    }

    @Test
    void rfc9293Section383AfterTheUserTimeoutItIsOver() throws TcpException {
        script.established();
        script.connection.options().setUserTimeout(10_000_000_000L, script.time.now());
        script.send(10);
        script.pass(25_000);
        assertEquals(TcpError.TIMED_OUT, script.connection.error());
        script.connection.close(script.time.now());
        BulkTransferTest.nothingIsLeft(script.host);
    }

    @Test
    void rfc5681Section32ThreeDuplicatesAreALoss() throws TcpException {
        script.established("mss 1000");
        script.send(5000);
        for (int i = 0; i < 5; i++) {
            assertTrue(script.next().contains((1 + 1000 * i) + "+1000"));
        }
        script.inject("A 1+0 ack 1");
        script.inject("A 1+0 ack 1");
        script.expectNothing();
        script.inject("A 1+0 ack 1");
        script.expect("A 1+1000 ack 1");
        assertEquals(Phase.FAST, script.connection.report().phase());
        script.inject("A 1+0 ack 1");
        script.inject("A 1+0 ack 5001");
        assertEquals(Phase.OPEN, script.connection.report().phase());
        script.expectNothing();
    }

    @Test
    void rfc6582Section32APartialAcknowledgmentIsAnotherLoss() throws TcpException {
        script.established("mss 1000");
        script.send(6000);
        script.sent.clear();
        for (int i = 0; i < 4; i++) {
            script.inject("A 1+0 ack 1");
        }
        script.expect("A 1+1000 ack 1");
        script.sent.clear();
        script.inject("A 1+0 ack 2001");
        script.expect("A 2001+1000 ack 1");
        assertEquals(Phase.FAST, script.connection.report().phase());
        script.inject("A 1+0 ack 6001");
        assertEquals(Phase.OPEN, script.connection.report().phase());
    }

    @Test
    void rfc6675Section5OnlyWhatIsMissingIsSentAgain() throws TcpException {
        withSack(50);
        script.send(8000);
        script.sent.clear();
        script.pass(50);
        script.inject("A 1+0 ack 1002 sack 2002:3002");
        script.inject("A 1+0 ack 1002 sack 2002:4002");
        script.inject("A 1+0 ack 1002 sack 2002:5002");
        script.expect("A 1002+1000 ack 1");
        script.inject("A 1+0 ack 1002 sack 6002:8002,2002:5002");
        script.expect("A 5002+1000 ack 1");
        script.expectNothing();
    }

    @Test
    void rfc8985Section62ReorderingIsWaitedFor() throws TcpException {
        withSack(100);
        script.send(3000);
        script.sent.clear();
        script.pass(100);
        script.inject("A 1+0 ack 2 sack 1002:2002");
        script.expectNothing();
        script.inject("A 1+0 ack 3002");
        script.expectNothing();
        assertEquals(Phase.OPEN, script.connection.report().phase());
        // Having seen it, a quarter of a round trip is allowed, however many are reported.
        script.send(8000);
        script.sent.clear();
        script.pass(100);
        script.inject("A 1+0 ack 3002 sack 4002:11002");
        script.expectNothing();
        script.pass(24);
        script.expectNothing();
        script.pass(2);
        script.expect("A 3002+1000 ack 1");
    }

    @Test
    void rfc8985Section7ATailThatIsLostIsProbedFor() throws TcpException {
        withSack(100);
        script.send(3000);
        script.sent.clear();
        script.pass(201);
        script.expectNothing();
        script.pass(5);
        script.expect("PA 2002+1000 ack 1");
        script.pass(100);
        script.inject("A 1+0 ack 2 sack 2002:3002");
        script.expect("A 2+1000 ack 1");
        assertEquals(Phase.FAST, script.connection.report().phase());
    }

    @Test
    void rfc8985Section7AProbeSendsWhatIsNewIfThereIsAny() throws TcpException {
        withSack(100);
        long window = script.connection.report().congestionWindow();
        script.send((int) window + 3000);
        script.sent.clear();
        script.pass(206);
        String probe = script.next();
        assertTrue(probe.startsWith("A " + (window + 2) + "+1000"), probe);
    }

    @Test
    void rfc5682Section31ASpuriousTimeoutIsUndone() throws TcpException {
        withSack(10);
        long window = script.connection.report().congestionWindow();
        script.send(18_000);
        script.pass(300);
        assertEquals(Phase.TIMEOUT, script.connection.report().phase());
        script.sent.clear();
        // The path was slow, not lossy: acknowledgements of the first ones come in.
        script.inject("A 1+0 ack 1002");
        assertTrue(script.next().matches("P?A 1[0-4]002.*"), "new data goes first");
        script.inject("A 1+0 ack 3002");
        assertEquals(Phase.OPEN, script.connection.report().phase());
        assertTrue(script.connection.report().congestionWindow() >= window);
    }

    @Test
    void rfc3522ATimestampTellsThatTheFirstOneWasAnswered() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.timestamps = true;
        script = new SegmentScript(settings);
        script.established("mss 1012 ts 1:0");
        script.send(3000);
        script.next();
        long stamp = script.lastOptions.timestampValue();
        script.sent.clear();
        script.pass(600);
        assertEquals(Phase.TIMEOUT, script.connection.report().phase());
        script.inject("A 1+0 ack 1001 ts 2:" + stamp);
        assertEquals(Phase.OPEN, script.connection.report().phase());
    }

    /**
     * As when a driver dies: the middle of a flight is lost; its end, probes and what a timeout
     * sends again wait and arrive later. The timeout was spurious, and the middle is lost still.
     */
    @Test
    void rfc8985Section72WhereTheTailHasArrivedItIsNotProbedFor() throws TcpException {
        script = new SegmentScript(SegmentScript.withSackAndTimestamps());
        script.established("mss 1012 sackok ts 1:0");
        script.send(5000);
        script.next();
        long stamp = script.lastOptions.timestampValue();
        script.pass(300);
        assertEquals(Phase.TIMEOUT, script.connection.report().phase());
        script.sent.clear();
        script.inject("A 1+0 ack 2001 ts 2:" + stamp + " sack 4001:5001");
        assertEquals(Phase.OPEN, script.connection.report().phase());
        script.pass(60_000);
        script.expect("A 2001+1000 ack 1");
    }

    @Test
    void rfc2018Section8WhatWasSackedMayBeGoneAgain() throws TcpException {
        withSack(10);
        script.send(2000);
        script.sent.clear();
        script.inject("A 1+0 ack 2 sack 1002:2002");
        script.pass(300);
        script.expect("A 2+1000 ack 1");
        // The receiver has dropped the second one, and acknowledges the first alone.
        script.inject("A 1+0 ack 1002");
        script.pass(5_000);
        boolean again = false;
        while (!script.sent.isEmpty()) {
            again |= script.next().contains("1002+1000");
        }
        assertTrue(again);
    }

    @Test
    void rfc1191ATooBigSegmentIsSentAgainInPieces() throws TcpException {
        script.established("mss 1460");
        script.send(1460);
        script.expect("PA 1+1460 ack 1");
        script.host.mtu = 1000;
        Quotes.error(script, PacketError.TOO_BIG, 1);
        script.expect("A 1+960 ack 1", "PA 961+500 ack 1");
        assertEquals(960, script.connection.report().segmentBytes());
        // It is no sign of congestion.
        long window = script.connection.report().congestionWindow();
        script.inject("A 1+0 ack 961");
        assertEquals(Phase.OPEN, script.connection.report().phase());
        assertTrue(script.connection.report().congestionWindow() >= window);
    }

    @Test
    void rfc5927Section7ASmallerPathIsBelievedOnlyOfWhatIsUnderWay() throws TcpException {
        script.established("mss 1460");
        script.host.mtu = 1000;
        Quotes.error(script, PacketError.TOO_BIG, 1);
        assertEquals(1460, script.connection.report().segmentBytes());
    }

    @Test
    void rfc4821ABlackHoleIsFoundWithoutAnybodySayingSo() throws TcpException {
        script.established("mss 1460");
        script.send(2920);
        script.sent.clear();
        script.pass(900);
        assertEquals(1300, script.connection.report().segmentBytes());
        boolean smaller = false;
        while (!script.sent.isEmpty()) {
            smaller |= script.next().contains("1+1300");
        }
        assertTrue(smaller);
    }

    /** Neither turning in a circle nor forgetting what could not be sent. */
    @Test
    void aDeviceThatIsFullWhenAProbeIsDueIsTriedAgain() throws TcpException {
        withSack(100);
        script.send(1000);
        script.sent.clear();
        script.host.refusal = SendResult.FULL;
        script.pass(700);
        script.host.refusal = null;
        script.pass(1500);
        assertEquals("PA 2+1000 ack 1", script.next());
    }

    @Test
    void rfc6298Section57AfterALostSynTheTimeoutIsThreeSeconds() throws TcpException {
        script.connecting();
        script.pass(1000);
        script.inject("SA 0+0 ack 1 win 65535 mss 1000");
        assertEquals(3_000_000_000L, script.connection.report().retransmissionTimeout());
        assertEquals(1000, script.connection.report().congestionWindow());
    }

    @Test
    void aFullDeviceIsTriedAgain() throws TcpException {
        script.established();
        script.host.refusal = SendResult.FULL;
        script.send(10);
        script.expectNothing();
        script.host.refusal = null;
        script.pass(2);
        script.expect("PA 1+10 ack 1");
        assertNull(script.connection.error());
    }
}
