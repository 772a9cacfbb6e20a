package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.PacketError;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Segments from who is not the other side (RFC 5961, 5927, 4987; RFC 7323, 5). */
final class SpoofingTest {
    private SegmentScript script = new SegmentScript();

    @Test
    void rfc5961Section3AResetInTheWindowIsChallenged() throws TcpException {
        script.established();
        script.inject("R 2+0");
        script.expect("A 1+0 ack 1");
        assertEquals(State.ESTABLISHED, script.connection.state());
        script.inject("R 100000+0");
        script.inject("R -1+0");
        script.expectNothing();
        script.inject("R 1+0");
        assertEquals(TcpError.RESET, script.connection.error());
    }

    @Test
    void rfc5961Section4ASynIsChallengedWhereverItIs() throws TcpException {
        script.established();
        script.inject("S 1+0");
        script.expect("A 1+0 ack 1");
        script.inject("S 900000+0");
        script.expect("A 1+0 ack 1");
        assertEquals(State.ESTABLISHED, script.connection.state());
    }

    @Test
    void rfc5961Section5AnAcknowledgmentOfWhatWasNeverSentIsChallenged() throws TcpException {
        script.established();
        script.inject("PA 1+10 ack 2");
        script.expect("A 1+0 ack 1");
        script.inject("PA 1+10 ack -70000");
        script.expect("A 1+0 ack 1");
        assertEquals(0, script.connection.available());
        script.inject("PA 1+10 ack -60000");
        assertEquals(10, script.connection.available());
    }

    /** Numbers of one counter would tell a third party how much we send (RFC 6864, 4.1). */
    @Test
    void rfc6864Section41NoSegmentIsFragmentedSoThatNoneNeedsANumber() throws TcpException {
        script.listening();
        script.inject("S 0+0");
        expectWhole("SA 0+0 ack 1"); // of a half-open connection
        script.inject("A 1+0 ack 1");
        script.connection = script.listener.accept();
        script.send(10);
        expectWhole("PA 1+10 ack 1");
        script.inject("A 1+0 ack 11");
        script.connection.shutdownOutput(script.time.now());
        expectWhole("FA 11+0 ack 1");
        script.inject("FA 1+0 ack 12");
        expectWhole("A 12+0 ack 2");
        script.inject("FA 1+0 ack 12");
        expectWhole("A 12+0 ack 2"); // in TIME-WAIT
        script.ownPort = 81;
        script.inject("S 5+0");
        script.next(); // a reset
        assertTrue(script.lastDontFragment);
    }

    private void expectWhole(String segment) {
        script.expect(segment);
        assertTrue(script.lastDontFragment, segment);
    }

    @Test
    void rfc5961Section7ChallengesAreLimited() throws TcpException {
        script.established();
        for (int i = 0; i < 1000; i++) {
            script.inject("S 1+0");
        }
        assertEquals(10, script.sent.size());
        assertEquals(1000, script.host.drops.of(DropReason.TCP_CHALLENGED));
        script.pass(1000);
        script.inject("S 1+0");
        assertEquals(11, script.sent.size());
    }

    @Test
    void rfc9293Section31074WhatIsOutsideTheWindowIsAnsweredWithWhereWeAre() throws TcpException {
        script.established();
        script.inject("PA 100000+10 ack 1");
        script.expect("A 1+0 ack 1");
        script.inject("PA -100+10 ack 1");
        script.expect("A 1+0 ack 1");
        script.inject("P 1+10");
        script.expectNothing();
        assertEquals(0, script.connection.available());
    }

    @Test
    void rfc7323Section53OldTimestampsAreRefused() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.timestamps = true;
        script = new SegmentScript(settings);
        script.established("mss 1000 ts 1000:0");
        script.inject("PA 1+10 ack 1 ts 999:0");
        script.expect("A 1+0 ack 1");
        assertEquals(0, script.connection.available());
        assertEquals(1000, script.lastOptions.timestampEcho());
        script.inject("PA 1+10 ack 1");
        script.expectNothing();
        assertEquals(0, script.connection.available());
        script.inject("PA 1+10 ack 1 ts 1001:0");
        script.expect("A 1+0 ack 11");
        assertEquals(1001, script.lastOptions.timestampEcho());
        assertEquals(2, script.host.drops.of(DropReason.TCP_OLD_TIMESTAMP));
    }

    @Test
    void rfc7323Section55AfterWeeksOfSilenceAnyTimestampCounts() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.timestamps = true;
        script = new SegmentScript(settings);
        script.established("mss 1000 ts 1000:0");
        script.pass(25L * 24 * 3600 * 1000);
        script.inject("PA 1+10 ack 1 ts 5:0");
        assertEquals(10, script.connection.available());
    }

    @Test
    void rfc4987Section36AFloodOfSynsIsAnsweredWithCookies() throws TcpException {
        TcpSettings settings = new TcpSettings();
        settings.maximumHalfOpen = 16;
        script = new SegmentScript(settings);
        script.listening();
        for (int i = 0; i < 10_000; i++) {
            script.peerPort = 1024 + i;
            script.inject("S 0+0 mss 1400 ws 7");
        }
        assertEquals(16, script.listener.halfOpen());
        assertEquals(16, script.host.tcp.connections());
        assertEquals(10_000, script.sent.size());
        assertEquals(10_000 - 16, script.listener.cookiesSent());
        assertNull(script.listener.accept());
        // The last one was no attacker's.
        while (script.sent.size() > 1) {
            script.sent.poll();
        }
        script.expect("SA 0+0 ack 1");
        script.inject("PA 1+100 ack 1");
        script.connection = script.listener.accept();
        assertNotNull(script.connection);
        assertEquals(100, script.receive(1000));
        assertEquals(1400, script.connection.report().segmentBytes());
        script.pass(100_000);
        assertEquals(0, script.listener.halfOpen());
        assertEquals(1, script.host.tcp.connections());
    }

    @Test
    void rfc4987Section36ACookieIsNotGuessed() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.maximumHalfOpen = 1;
        settings.resets = 0;
        script = new SegmentScript(settings);
        script.listening();
        script.inject("S 0+0");
        script.peerPort++;
        script.inject("S 0+0");
        script.next();
        script.next();
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            script.ownFirst = random.nextInt();
            script.inject("A 1+0 ack 1");
        }
        assertNull(script.listener.accept());
    }

    @Test
    void aCookieIsGoodForTwoMinutes() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.maximumHalfOpen = 0;
        script = new SegmentScript(settings);
        script.listening();
        script.inject("S 0+0");
        script.expect("SA 0+0 ack 1");
        script.pass(240_000);
        script.inject("S 7+0");
        script.sent.clear();
        script.inject("A 1+0 ack 1");
        assertNull(script.listener.accept());
        assertTrue(script.next().startsWith("R "));
    }

    @Test
    void aCookieThatFindsTheBacklogFullIsGoodForLater() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.maximumHalfOpen = 0;
        script = new SegmentScript(settings);
        script.listening();
        for (int i = 0; i < 5; i++) {
            script.peerPort = 2000 + i;
            script.inject("S 0+0");
        }
        for (int i = 0; i < 5; i++) {
            script.peerPort = 2000 + i;
            script.next();
            script.inject("A 1+0 ack 1");
        }
        assertEquals(4, script.listener.waiting());
        script.expectNothing();
        script.listener.accept();
        script.inject("PA 1+10 ack 1");
        assertEquals(4, script.listener.waiting());
    }

    @Test
    void aFullBacklogTakesNoMore() throws TcpException {
        script.listening();
        for (int i = 0; i < 10; i++) {
            script.peerPort = 2000 + i;
            script.inject("S 0+0");
            if (!script.sent.isEmpty()) {
                script.next();
            }
            script.inject("A 1+0 ack 1");
        }
        assertEquals(4, script.listener.waiting());
        assertTrue(script.host.drops.of(DropReason.TCP_BACKLOG_FULL) > 0);
    }

    @Test
    void whoFindsTheBacklogFullComesInWhenThereIsPlace() throws TcpException {
        script.listening();
        for (int i = 0; i < 4; i++) {
            script.peerPort = 2000 + i;
            script.inject("S 0+0");
        }
        script.peerPort = 3000;
        script.inject("S 0+0");
        for (int i = 0; i < 4; i++) {
            script.peerPort = 2000 + i;
            script.next();
            script.inject("A 1+0 ack 1");
        }
        script.peerPort = 3000;
        script.next();
        script.inject("A 1+0 ack 1");
        assertEquals(4, script.listener.waiting());
        script.listener.accept();
        script.pass(1000);
        script.expect("SA 0+0 ack 1");
        script.inject("A 1+0 ack 1");
        assertEquals(4, script.listener.waiting());
    }

    @Test
    void rfc5927AnErrorAboutWhatIsNotUnderWayIsIgnored() throws TcpException {
        script.connecting();
        script.expect("S 0+0");
        error(PacketError.PORT_UNREACHABLE, 5);
        assertNull(script.connection.error());
        error(PacketError.TIME_EXCEEDED, 0);
        assertNull(script.connection.error());
        error(PacketError.PORT_UNREACHABLE, 0);
        assertEquals(TcpError.REFUSED, script.connection.error());
    }

    @Test
    void rfc5927AHardErrorDoesNotEndAnEstablishedConnection() throws TcpException {
        script.established();
        script.send(100);
        error(PacketError.PORT_UNREACHABLE, 1);
        assertNull(script.connection.error());
        assertEquals(State.ESTABLISHED, script.connection.state());
    }

    private void error(PacketError error, int sequence) {
        Quotes.error(script, error, sequence);
    }
}
