package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Windows, acknowledgements and probes (RFC 9293, 3.7.4 and 3.8; RFC 1122, 4.2.3; RFC 3168). */
final class WindowTest {
    private SegmentScript script = new SegmentScript();

    @Test
    void aLargerSendBufferHasRoomAtOnce() throws TcpException {
        script.established();
        script.connection.options().setSendBuffer(4096, script.time.now());
        script.send(4096);
        script.events = 0;
        script.connection.options().setSendBuffer(4200, script.time.now());
        assertEquals(0, script.events & ConnectionEvents.WRITABLE);
        script.connection.options().setSendBuffer(16384, script.time.now());
        assertEquals(ConnectionEvents.WRITABLE, script.events & ConnectionEvents.WRITABLE);
    }

    @Test
    void rfc9293Section3861AClosedWindowIsProbedWithOneByte() throws TcpException {
        script.established();
        script.inject("A 1+0 ack 1 win 0");
        script.send(100);
        script.expectNothing();
        script.pass(201);
        script.expect("PA 1+1 ack 1");
        script.inject("A 1+0 ack 1 win 0");
        script.pass(401);
        script.expect("PA 1+1 ack 1");
        script.inject("A 1+0 ack 1 win 1000");
        script.expect("PA 1+100 ack 1");
    }

    @Test
    void rfc9293Section3861AProbeThatIsTakenCounts() throws TcpException {
        script.established();
        script.inject("A 1+0 ack 1 win 0");
        script.send(100);
        script.pass(201);
        script.expect("PA 1+1 ack 1");
        script.inject("A 1+0 ack 2 win 1000");
        script.expect("PA 2+99 ack 1");
    }

    @Test
    void rfc9293Section3861AsLongAsItAnswersAClosedWindowEndsNothing() throws TcpException {
        script.established();
        script.inject("A 1+0 ack 1 win 0");
        script.send(100);
        for (int i = 0; i < 100; i++) {
            script.pass(60_000);
            script.inject("A 1+0 ack 1 win 0");
        }
        assertNull(script.connection.error());
        script.pass(1_000_000);
        assertEquals(TcpError.TIMED_OUT, script.connection.error());
    }

    @Test
    void rfc9293Section386AWindowThatShrinksIsRespected() throws TcpException {
        script.established("mss 1000");
        script.send(3000);
        script.sent.clear();
        script.inject("A 1+0 ack 1001 win 500");
        script.send(1000);
        script.expectNothing();
        script.inject("A 1+0 ack 3001 win 2000");
        script.expect("PA 3001+1000 ack 1");
    }

    @Test
    void rfc1122Section4234SillyWindowsAreNotFilled() throws TcpException {
        script.established("mss 1000");
        script.inject("A 1+0 ack 1 win 10000");
        script.send(1000);
        script.expect("PA 1+1000 ack 1");
        script.inject("A 1+0 ack 1001 win 10");
        script.send(500);
        script.expectNothing();
        script.inject("A 1+0 ack 1001 win 499");
        script.expectNothing();
        script.pass(250);
        script.expect("A 1001+499 ack 1");
    }

    @Test
    void rfc1122Section4233TheWindowIsNotOpenedByLittle() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.receiveBuffer = 4000;
        script = new SegmentScript(settings);
        script.established("mss 1000");
        for (int i = 0; i < 4; i++) {
            script.inject("PA " + (1 + 1000 * i) + "+1000 ack 1");
        }
        script.sent.clear();
        script.inject("A 4001+0 ack 1");
        assertEquals(100, script.receive(100));
        script.expectNothing();
        assertEquals(900, script.receive(900));
        script.expect("A 1+0 ack 4001");
        assertEquals(1000, script.lastWindow);
        script.inject("PA 4001+1000 ack 1");
        assertEquals(4000, script.connection.available());
        script.pass(100);
        script.next();
        assertEquals(0, script.lastWindow);
        script.inject("PA 5001+10 ack 1");
        assertEquals(4000, script.connection.available());
    }

    @Test
    void rfc9293Section374NagleHoldsOneSmallSegmentForARoundTripAtMost() throws TcpException {
        script.connecting();
        script.expect("S 0+0");
        script.pass(20);
        script.inject("SA 0+0 ack 1 win 65535 mss 1000");
        script.expect("A 1+0 ack 1");
        script.send(10);
        script.expect("PA 1+10 ack 1");
        script.send(10);
        script.send(10);
        script.expectNothing();
        script.inject("A 1+0 ack 11");
        script.expect("PA 11+20 ack 1");
        script.send(10);
        script.expectNothing();
        script.pass(26);
        script.expect("PA 31+10 ack 1");
    }

    @Test
    void minshallASmallSegmentDoesNotWaitForFullOnes() throws TcpException {
        script.established("mss 1000");
        script.send(2500);
        script.expect("A 1+1000 ack 1", "A 1001+1000 ack 1", "PA 2001+500 ack 1");
    }

    @Test
    void noDelayHoldsNothing() throws TcpException {
        script.established("mss 1000");
        script.send(10);
        script.send(10);
        script.expect("PA 1+10 ack 1");
        script.expectNothing();
        script.connection.options().setNoDelay(true, script.time.now());
        script.expect("PA 11+10 ack 1");
        script.send(10);
        script.expect("PA 21+10 ack 1");
    }

    @Test
    void rfc9293Section3863EverySecondFullSegmentIsAcknowledged() throws TcpException {
        script.established();
        script.inject("A 1+1000 ack 1");
        script.expectNothing();
        script.inject("A 1001+1000 ack 1");
        script.expect("A 1+0 ack 2001");
        script.inject("A 2001+1000 ack 1");
        script.expectNothing();
        script.pass(40);
        script.expect("A 1+0 ack 3001");
    }

    @Test
    void rfc9293Section3863WhoAnswersSendsItsAcknowledgementWithTheAnswer() throws TcpException {
        script.established();
        script.inject("A 1+1000 ack 1");
        script.send(10);
        script.expect("PA 1+10 ack 1001");
        script.inject("PA 1001+10 ack 11");
        script.expectNothing();
        script.send(10);
        script.expect("PA 11+10 ack 1011");
        // Who then does not answer is not believed to answer the next time.
        script.inject("PA 1011+10 ack 21");
        script.pass(40);
        script.expect("A 21+0 ack 1021");
        script.inject("PA 1021+10 ack 21");
        script.expect("A 21+0 ack 1031");
    }

    /** As a web server does: its peer pushes each request, and waits for the answer. */
    @Test
    void rfc9293Section3863WhoAlwaysAnswersSmallQuestionsIsBelieved() throws TcpException {
        script.established();
        for (int i = 0; i < 4; i++) {
            question(i, i);
            script.expect("A %d+0 ack %d".formatted(1 + 20 * i, 11 + 10 * i));
            answer(i, i);
        }
        question(4, 4);
        script.expectNothing();
        answer(4, 4);
        question(5, 5);
        script.pass(40);
        script.expect("A 101+0 ack 61");
        question(6, 5);
        script.expect("A 101+0 ack 71");
    }

    /** A peer that waits, by Nagle's rule, to send the rest of its question. */
    @Test
    void rfc9293Section3863WhoNeedsTwoPiecesForAnAnswerIsNotHeldBack() throws TcpException {
        script.established();
        for (int i = 0; i < 20; i++) {
            question(2 * i, i);
            script.expect("A %d+0 ack %d".formatted(1 + 20 * i, 11 + 20 * i));
            question(2 * i + 1, i);
            script.expect("A %d+0 ack %d".formatted(1 + 20 * i, 21 + 20 * i));
            answer(2 * i + 1, i);
        }
    }

    private void question(int number, int answered) {
        script.inject("PA %d+10 ack %d".formatted(1 + 10 * number, 1 + 20 * answered));
    }

    private void answer(int number, int answered) throws TcpException {
        script.send(20);
        script.expect("PA %d+20 ack %d".formatted(1 + 20 * answered, 11 + 10 * number));
    }

    @Test
    void rfc5681Section42WhatIsOutOfOrderIsAcknowledgedAtOnceAndReported() throws TcpException {
        script = new SegmentScript(SegmentScript.withSack());
        script.established("mss 1460 sackok");
        script.inject("A 1001+1000 ack 1");
        script.expect("A 1+0 ack 1");
        assertBlocks(1001, 2001);
        script.inject("A 5001+1000 ack 1");
        script.expect("A 1+0 ack 1");
        assertBlocks(5001, 6001, 1001, 2001);
        script.inject("A 3001+1000 ack 1");
        script.expect("A 1+0 ack 1");
        assertBlocks(3001, 4001, 5001, 6001, 1001, 2001);
        script.inject("A 1+1000 ack 1");
        script.expect("A 1+0 ack 2001");
        assertBlocks(3001, 4001, 5001, 6001);
    }

    @Test
    void rfc2883Section4WhatComesTwiceIsReported() throws TcpException {
        script = new SegmentScript(SegmentScript.withSack());
        script.established("mss 1460 sackok");
        script.inject("PA 1+100 ack 1");
        script.expect("A 1+0 ack 101");
        script.inject("PA 1+100 ack 1");
        script.expect("A 1+0 ack 101");
        assertBlocks(1, 101);
        script.inject("PA 101+100 ack 1");
        script.expect("A 1+0 ack 201");
        assertBlocks();
    }

    private void assertBlocks(int... edges) {
        assertEquals(edges.length / 2, script.lastOptions.sackBlocks());
        for (int i = 0; i < edges.length / 2; i++) {
            assertEquals(SegmentScript.PEER_FIRST + edges[2 * i], script.lastOptions.sackLeft(i));
            assertEquals(
                    SegmentScript.PEER_FIRST + edges[2 * i + 1], script.lastOptions.sackRight(i));
        }
    }

    @Test
    void rfc9293Section384KeepAlive() throws TcpException {
        script.established();
        script.connection.options().setKeepAlive(true, script.time.now());
        script.connection
                .options()
                .setKeepAliveTimes(10_000_000_000L, 2_000_000_000L, 3, script.time.now());
        script.pass(9_999);
        script.expectNothing();
        script.pass(1);
        script.expect("A 0+0 ack 1");
        script.inject("A 1+0 ack 1");
        script.pass(10_000);
        script.expect("A 0+0 ack 1");
        script.pass(2_000);
        script.expect("A 0+0 ack 1");
        script.pass(2_000);
        script.expect("A 0+0 ack 1");
        script.pass(2_000);
        script.expect("RA 1+0 ack 1");
        assertEquals(TcpError.TIMED_OUT, script.connection.error());
    }

    @Test
    void rfc9293Section385UrgentDataIsSentAndReceived() throws TcpException {
        script.established();
        assertTrue(script.connection.sendUrgent((byte) 7, script.time.now()));
        script.expect("PAU 1+1 ack 1");
        script.inject("A 1+0 ack 2");
        script.send(5);
        script.expect("PA 2+5 ack 1");
        script.inject("PAU 1+10 ack 7 urg 5");
        ByteBuffer to = ByteBuffer.allocate(100);
        assertEquals(4, script.connection.receive(to, script.time.now()));
        assertEquals(5, script.connection.receive(to, script.time.now()));
        assertEquals(4, to.get(3));
        assertEquals(6, to.get(4));
    }

    @Test
    void rfc3168Section61MarksAreEchoedAndAnswered() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.ecn = true;
        script = new SegmentScript(settings);
        script.connecting();
        script.expect("SEC 0+0");
        script.inject("SAE 0+0 ack 1 win 65535 mss 1000");
        script.expect("A 1+0 ack 1");
        script.inject("A 1+100 ack 1 ce");
        script.expect("AE 1+0 ack 101");
        script.inject("AC 101+100 ack 1");
        script.pass(50);
        script.expect("A 1+0 ack 201");
        script.send(10_000);
        script.next();
        assertEquals(2, script.lastTrafficClass);
        script.sent.clear();
        long window = script.connection.report().congestionWindow();
        script.inject("AE 201+0 ack 1001");
        long reduced = script.connection.report().congestionWindow();
        assertTrue(reduced < window);
        script.inject("AE 201+0 ack 2001");
        assertEquals(reduced, script.connection.report().congestionWindow());
        script.inject("A 201+0 ack 10001");
        script.send(1000);
        script.expect("PAC 10001+1000 ack 201");
    }

    @Test
    void rfc3168Section6111ASynThatIsSentAgainAsksForNothing() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.ecn = true;
        script = new SegmentScript(settings);
        script.connecting();
        script.expect("SEC 0+0");
        script.pass(1000);
        script.expect("S 0+0");
    }

    @Test
    void theReceiveBufferGrowsWithTheRoundTrip() throws TcpException {
        TwoHosts hosts = new TwoHosts(9);
        hosts.bottleneck(200_000_000, 8 << 20, VirtualTime.milliseconds(50));
        TcpConnection[] ends = hosts.connect(80);
        BulkTransfer a = new BulkTransfer(hosts.time, ends[0], Long.MAX_VALUE / 4, 1);
        BulkTransfer b = new BulkTransfer(hosts.time, ends[1], 0, 2);
        hosts.time.runFor(VirtualTime.seconds(6));
        long before = b.received;
        hosts.time.runFor(VirtualTime.seconds(2));
        double rate = (b.received - before) * 8.0 / 2;
        assertTrue(rate > 150_000_000, "bits a second: " + rate + " " + ends[0].report());
        assertNull(a.failure);
    }
}
