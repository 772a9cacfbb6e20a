package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.SendResult;
import org.junit.jupiter.api.Test;

/** How connections begin (RFC 9293, 3.5 and 3.10.7.1 to 3.10.7.4). */
final class OpeningTest {
    private final SegmentScript script = new SegmentScript();

    @Test
    void rfc9293Section35Figure6ActiveOpen() throws TcpException {
        script.established();
        assertTrue((script.events & ConnectionEvents.CONNECTED) != 0);
        script.send(100);
        script.expect("PA 1+100 ack 1");
    }

    @Test
    void rfc9293Section35Figure6PassiveOpen() throws TcpException {
        script.listening();
        script.inject("S 0+0 win 1000 mss 1000");
        script.expect("SA 0+0 ack 1");
        assertEquals(1460, script.lastOptions.maximumSegmentSize());
        assertNull(script.listener.accept(), "half-open");
        script.inject("A 1+0 ack 1 win 1000");
        TcpConnection accepted = script.listener.accept();
        assertEquals(State.ESTABLISHED, accepted.state());
        assertEquals(SegmentScript.PEER, accepted.remoteAddress());
        script.expectNothing();
    }

    @Test
    void rfc9293Section35TheLastSegmentOfTheHandshakeMayHoldData() throws TcpException {
        script.listening();
        script.inject("S 0+0 mss 1000");
        script.expect("SA 0+0 ack 1");
        script.inject("PA 1+50 ack 1");
        script.connection = script.listener.accept();
        assertEquals(50, script.receive(100));
        script.expect("A 1+0 ack 51");
    }

    @Test
    void rfc9293Section35Figure7SimultaneousOpen() throws TcpException {
        script.connecting();
        script.expect("S 0+0");
        script.inject("S 0+0 mss 1460");
        assertEquals(State.SYN_RECEIVED, script.connection.state());
        script.expect("SA 0+0 ack 1");
        script.inject("SA 0+0 ack 1 mss 1460");
        assertEquals(State.ESTABLISHED, script.connection.state());
        script.expect("A 1+0 ack 1");
        script.send(10);
        script.expect("PA 1+10 ack 1");
    }

    @Test
    void rfc9293Section31074WhatDoesNotAcknowledgeOurSynEstablishesNothing() throws TcpException {
        script.connecting();
        script.expect("S 0+0");
        script.inject("S 0+0 mss 1460");
        script.expect("SA 0+0 ack 1");
        script.inject("A 1+0 ack 0");
        script.expect("R 0+0");
        assertEquals(State.SYN_RECEIVED, script.connection.state());
    }

    @Test
    void rfc9293Section35Figure8AnOldDuplicateSynIsReset() throws TcpException {
        script.connecting();
        script.expect("S 0+0");
        script.inject("SA 0+0 ack 500");
        script.expect("R 500+0");
        assertEquals(State.SYN_SENT, script.connection.state());
    }

    @Test
    void rfc9293Section31071WithoutAConnectionAnythingIsReset() throws TcpException {
        script.inject("S 0+0");
        script.expect("RA 0+0 ack 1");
        script.inject("A 5+0 ack 77");
        script.expect("R 77+0");
        script.inject("FA 5+10 ack 77");
        script.expect("R 77+0");
        script.inject("R 5+0");
        script.expectNothing();
    }

    @Test
    void rfc9293Section31073ARefusalEndsIt() throws TcpException {
        script.connecting();
        script.inject("RA 0+0 ack 1");
        assertEquals(TcpError.REFUSED, script.connection.error());
        assertTrue((script.events & ConnectionEvents.CLOSED) != 0);
        BulkTransferTest.nothingIsLeft(script.host);
    }

    @Test
    void rfc9293Section31073AResetThatAcknowledgesNothingOfOursIsIgnored() throws TcpException {
        script.connecting();
        script.inject("R 0+0");
        script.inject("RA 0+0 ack 700");
        assertEquals(State.SYN_SENT, script.connection.state());
    }

    @Test
    void rfc6298Section5ASynIsSentAgainLaterAndLater() throws TcpException {
        script.connecting();
        script.expect("S 0+0");
        script.pass(999);
        script.expectNothing();
        script.pass(1);
        script.expect("S 0+0");
        script.pass(1999);
        script.expectNothing();
        script.pass(1);
        script.expect("S 0+0");
        script.pass(4000);
        script.expect("S 0+0");
        script.pass(200_000);
        assertEquals(TcpError.TIMED_OUT, script.connection.error());
        script.sent.clear();
        script.pass(200_000);
        script.expectNothing();
        BulkTransferTest.nothingIsLeft(script.host);
    }

    @Test
    void anAnswerToASynIsSentAgainAndGivenUp() throws TcpException {
        script.listening();
        script.inject("S 0+0");
        script.expect("SA 0+0 ack 1");
        script.pass(1000);
        script.expect("SA 0+0 ack 1");
        script.inject("S 0+0");
        script.expect("SA 0+0 ack 1");
        script.pass(100_000);
        assertEquals(0, script.listener.halfOpen());
        assertEquals(0, script.host.tcp.connections());
    }

    @Test
    void aHalfOpenConnectionIsResetOnlyByTheRightNumber() throws TcpException {
        script.listening();
        script.inject("S 0+0");
        script.inject("R 2+0");
        assertEquals(1, script.listener.halfOpen());
        script.inject("R 1+0");
        assertEquals(0, script.listener.halfOpen());
        assertEquals(0, script.host.tcp.connections());
    }

    @Test
    void rfc9293Section371WithoutAnOptionTheSegmentSizeIs536() throws TcpException {
        script.established("");
        script.send(1000);
        script.expect("A 1+536 ack 1", "PA 537+464 ack 1");
    }

    @Test
    void anAbsurdSegmentSizeIsNotBelieved() throws TcpException {
        script.established("mss 1");
        script.send(100);
        script.expect("A 1+88 ack 1");
    }

    @Test
    void rfc7323Section22TheWindowOfASynIsNotScaled() throws TcpException {
        SegmentScript scaled = new SegmentScript(new TcpSettings());
        scaled.connecting();
        scaled.expect("S 0+0");
        assertEquals(7, scaled.lastOptions.windowScale());
        scaled.inject("SA 0+0 ack 1 win 100 mss 1000 ws 2 sackok ts 1:0");
        scaled.expect("A 1+0 ack 1");
        assertEquals(100, scaled.connection.report().sendWindow());
        scaled.inject("A 1+0 ack 1 win 100 ts 2:0");
        assertEquals(400, scaled.connection.report().sendWindow());
    }

    @Test
    void whereThereIsNoWayConnectFailsAtOnce() throws TcpException {
        script.host.refusal = SendResult.NO_ROUTE;
        TcpConnection connection =
                script.host.tcp.connect(
                        IpAddress.UNSPECIFIED,
                        0,
                        SegmentScript.PEER,
                        1,
                        ConnectionListener.NONE,
                        script.time.now());
        assertEquals(TcpError.NETWORK_UNREACHABLE, connection.error());
        BulkTransferTest.nothingIsLeft(script.host);
    }

    @Test
    void whereTheHostOrNetworkIsNotReachedConnectFailsAtOnce() throws TcpException {
        script.connecting();
        Quotes.error(script, PacketError.HOST_UNREACHABLE, 7);
        assertEquals(State.SYN_SENT, script.connection.state(), "of what was never sent");
        Quotes.error(script, PacketError.HOST_UNREACHABLE, 0);
        assertEquals(TcpError.HOST_UNREACHABLE, script.connection.error());
        BulkTransferTest.nothingIsLeft(script.host);
        SegmentScript other = new SegmentScript();
        other.connecting();
        Quotes.error(other, PacketError.NETWORK_UNREACHABLE, 0);
        assertEquals(TcpError.NETWORK_UNREACHABLE, other.connection.error());
    }

    @Test
    void anEstablishedConnectionOutlivesThatItsHostIsNotReached() throws TcpException {
        script.established();
        script.send(100);
        Quotes.error(script, PacketError.HOST_UNREACHABLE, 1);
        Quotes.error(script, PacketError.NETWORK_UNREACHABLE, 1);
        assertEquals(State.ESTABLISHED, script.connection.state());
    }

    @Test
    void twoCannotListenOnOnePort() throws TcpException {
        script.listening();
        assertThrows(TcpException.class, script::listening);
        script.listener.close(script.time.now());
        script.listening();
        assertNotNull(script.listener);
    }

    @Test
    void aClosedListenerResetsWhoWaits() throws TcpException {
        script.listening();
        script.inject("S 0+0");
        script.expect("SA 0+0 ack 1");
        script.inject("A 1+0 ack 1");
        script.listener.close(script.time.now());
        script.expect("RA 1+0 ack 1");
        assertEquals(0, script.host.tcp.connections());
    }
}
