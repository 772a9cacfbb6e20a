package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.tcp.recovery.Phase;
import org.junit.jupiter.api.Test;

/** What an acknowledgement after a timeout says (RFC 6298; RFC 5682, 3.1). */
final class TimeoutTest {
    private SegmentScript script = new SegmentScript();

    private void timedOut(int length) throws TcpException {
        script = new SegmentScript(SegmentScript.withSack());
        script.connecting();
        script.expect("S 0+0");
        script.pass(10);
        script.inject("SA 0+0 ack 1 win 65535 mss 1000 sackok");
        script.expect("A 1+0 ack 1");
        script.send(length);
        script.pass(300);
        assertEquals(Phase.TIMEOUT, script.connection.report().phase());
        script.sent.clear();
        script.inject("A 1+0 ack 1001");
    }

    @Test
    void rfc5682Section31NewDataThatArrivesProvesNothingOfTheOld() throws TcpException {
        timedOut(18_000);
        String fresh = script.next();
        int start = Integer.parseInt(fresh.split(" ")[1].split("\\+")[0]);
        assertTrue(start > 10_000, fresh);
        script.inject("A 1+0 ack 1001 sack %d:%d".formatted(start, start + 1000));
        assertEquals(Phase.TIMEOUT, script.connection.report().phase());
    }

    @Test
    void rfc5682Section21Step2WithoutNewDataTheUsualRecoveryGoesOn() throws TcpException {
        timedOut(10_000);
        script.expect("A 1001+1000 ack 1");
    }

    @Test
    void rfc6298Section3AnAmbiguousAcknowledgmentLeavesTheTimeoutBackedOff() throws TcpException {
        script.established();
        script.send(10);
        script.expect("PA 1+10 ack 1");
        script.pass(201);
        script.expect("PA 1+10 ack 1");
        script.inject("A 1+0 ack 11");
        script.send(10);
        script.expect("PA 11+10 ack 1");
        script.pass(390);
        script.expectNothing();
        script.pass(20);
        script.expect("PA 11+10 ack 1");
    }

    @Test
    void rfc6298Section3NoRoundTripIsMeasuredOfACookie() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.maximumHalfOpen = 0;
        script = new SegmentScript(settings);
        script.listening();
        script.inject("S 0+0");
        script.expect("SA 0+0 ack 1");
        script.pass(100);
        script.inject("A 1+0 ack 1");
        script.connection = script.listener.accept();
        assertEquals(0, script.connection.report().smoothedRoundTrip());
    }

    @Test
    void rfc6298Section3NoRoundTripIsMeasuredOfAnAnswerSentTwice() throws TcpException {
        script.listening();
        script.inject("S 0+0");
        script.expect("SA 0+0 ack 1");
        script.pass(1000);
        script.expect("SA 0+0 ack 1");
        script.inject("A 1+0 ack 1");
        script.connection = script.listener.accept();
        assertEquals(0, script.connection.report().smoothedRoundTrip());
    }
}
