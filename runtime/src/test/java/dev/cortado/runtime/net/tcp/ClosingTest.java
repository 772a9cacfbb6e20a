package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.address.IpAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** How connections end (RFC 9293, 3.6, 3.10.4 and 3.10.5; RFC 6191, 1337). */
final class ClosingTest {
    private SegmentScript script = new SegmentScript();

    private void close() {
        script.connection.close(script.time.now());
    }

    @Test
    void rfc9293Section36Figure12NormalClose() throws TcpException {
        script.established();
        close();
        script.expect("FA 1+0 ack 1");
        assertEquals(State.FIN_WAIT_1, script.connection.state());
        script.inject("A 1+0 ack 2");
        assertEquals(State.FIN_WAIT_2, script.connection.state());
        script.inject("FA 1+0 ack 2");
        script.expect("A 2+0 ack 2");
        assertEquals(State.TIME_WAIT, script.connection.state());
        assertEquals(1, script.host.tcp.timeWaits());
        script.pass(59_999);
        assertEquals(1, script.host.tcp.timeWaits());
        script.pass(2);
        BulkTransferTest.nothingIsLeft(script.host);
    }

    @Test
    void rfc9293Section36Figure13SimultaneousClose() throws TcpException {
        script.established();
        close();
        script.expect("FA 1+0 ack 1");
        script.inject("FA 1+0 ack 1");
        assertEquals(State.CLOSING, script.connection.state());
        script.expect("A 2+0 ack 2");
        script.inject("A 2+0 ack 2");
        assertEquals(State.TIME_WAIT, script.connection.state());
    }

    @Test
    void rfc9293Section36TheOtherSideClosesFirst() throws TcpException {
        script.established();
        script.inject("PFA 1+10 ack 1");
        assertEquals(State.CLOSE_WAIT, script.connection.state());
        script.expect("A 1+0 ack 12");
        assertEquals(10, script.receive(100));
        assertEquals(TcpConnection.END, script.receive(100));
        script.send(20);
        script.expect("PA 1+20 ack 12");
        close();
        assertEquals(State.LAST_ACK, script.connection.state());
        script.expect("FA 21+0 ack 12");
        script.inject("A 12+0 ack 22");
        assertEquals(State.CLOSED, script.connection.state());
        assertNull(script.connection.error());
        BulkTransferTest.nothingIsLeft(script.host);
    }

    @Test
    void rfc9293Section36HalfClose() throws TcpException {
        script.established();
        script.connection.shutdownOutput(script.time.now());
        script.expect("FA 1+0 ack 1");
        script.inject("PA 1+10 ack 2");
        script.expect("A 2+0 ack 11");
        assertEquals(10, script.receive(100));
        assertThrows(TcpException.class, () -> script.send(1));
        script.inject("FA 11+0 ack 2");
        assertEquals(TcpConnection.END, script.receive(100));
        assertEquals(State.TIME_WAIT, script.connection.state());
    }

    @Test
    void aFinThatComesTooEarlyWaitsForWhatIsBeforeIt() throws TcpException {
        script.established();
        script.inject("PFA 11+10 ack 1");
        script.expect("A 1+0 ack 1");
        assertEquals(State.ESTABLISHED, script.connection.state());
        script.inject("A 1+10 ack 1");
        script.expect("A 1+0 ack 22");
        assertEquals(State.CLOSE_WAIT, script.connection.state());
        assertEquals(20, script.receive(100));
        assertEquals(TcpConnection.END, script.receive(100));
    }

    @Test
    void whoSendsBeyondItsFinHasEndedThere() throws TcpException {
        script.established();
        script.inject("PA 41+20 ack 1");
        script.inject("FA 51+0 ack 1");
        script.inject("PA 71+20 ack 1");
        script.inject("PA 1+40 ack 1");
        assertEquals(State.CLOSE_WAIT, script.connection.state());
        assertEquals(60, script.receive(100));
        assertEquals(TcpConnection.END, script.receive(100));
        close();
        script.connection.abort(script.time.now());
        BulkTransferTest.nothingIsLeft(script.host);
    }

    @Test
    void rfc9293Section35CloseBeforeASimultaneousOpenIsOver() throws TcpException {
        script.connecting();
        script.expect("S 0+0");
        script.inject("S 0+0 mss 1460");
        script.expect("SA 0+0 ack 1");
        close();
        script.inject("A 1+0 ack 1");
        script.expect("FA 1+0 ack 1");
        assertEquals(State.FIN_WAIT_1, script.connection.state());
    }

    @Test
    void whoKeepsItsWindowClosedKeepsNoConnectionThatNobodyHolds() throws TcpException {
        script.established();
        script.inject("A 1+0 ack 1 win 0");
        script.send(100);
        close();
        for (int i = 0; i < 40; i++) {
            script.pass(10_000);
            script.inject("A 1+0 ack 1 win 0");
        }
        BulkTransferTest.nothingIsLeft(script.host);
    }

    @Test
    void aFinIsSentAgainUntilItIsAcknowledged() throws TcpException {
        script.established();
        script.send(10);
        close();
        script.expect("PA 1+10 ack 1", "FA 11+0 ack 1");
        script.inject("A 1+0 ack 11");
        script.pass(1500);
        script.expect("FA 11+0 ack 1");
        script.inject("A 1+0 ack 12");
        assertEquals(State.FIN_WAIT_2, script.connection.state());
    }

    @Test
    void aFinGoesWithTheLastBytes() throws TcpException {
        script.established("mss 1000");
        script.inject("A 1+0 ack 1 win 0");
        assertEquals(10, script.connection.send(ByteBuffer.allocate(10), script.time.now()));
        close();
        script.inject("A 1+0 ack 1 win 1000");
        script.expect("FPA 1+10 ack 1");
    }

    @Test
    void rfc2525Section217CloseWithUnreadBytesIsAReset() throws TcpException {
        script.established();
        script.inject("PA 1+10 ack 1");
        script.expect("A 1+0 ack 11");
        close();
        script.expect("RA 1+0 ack 11");
        BulkTransferTest.nothingIsLeft(script.host);
    }

    @Test
    void rfc9293Section361DataThatNobodyReadsIsReset() throws TcpException {
        script.established();
        close();
        script.expect("FA 1+0 ack 1");
        script.inject("PA 1+10 ack 2");
        assertTrue(script.next().startsWith("RA 2+0"));
        BulkTransferTest.nothingIsLeft(script.host);
    }

    @Test
    void rfc9293Section3105Abort() throws TcpException {
        script.established();
        script.send(100);
        script.expect("PA 1+100 ack 1");
        script.connection.abort(script.time.now());
        script.expect("RA 101+0 ack 1");
        BulkTransferTest.nothingIsLeft(script.host);
    }

    @Test
    void whoNeverClosesItsSideIsNotWaitedForForEver() throws TcpException {
        script.established();
        close();
        script.inject("A 1+0 ack 2");
        assertEquals(State.FIN_WAIT_2, script.connection.state());
        script.pass(60_001);
        BulkTransferTest.nothingIsLeft(script.host);
    }

    @Test
    void aResetEndsItAfterWhatHadCome() throws TcpException {
        script.established();
        script.inject("PA 1+10 ack 1");
        script.inject("R 11+0");
        assertEquals(TcpError.RESET, script.connection.error());
        assertEquals(10, script.receive(100));
        TcpException failure = assertThrows(TcpException.class, () -> script.receive(100));
        assertEquals(TcpError.RESET, failure.error());
        close();
        BulkTransferTest.nothingIsLeft(script.host);
    }

    private void timeWait(TcpSettings settings, String options) throws TcpException {
        script = new SegmentScript(settings);
        script.listening();
        script.inject("S 0+0 mss 1000 " + options);
        script.next();
        String echo = options.isEmpty() ? "" : "ts 100:0";
        script.inject("A 1+0 ack 1 " + echo);
        script.connection = script.listener.accept();
        assertNotNull(script.connection);
        close();
        script.inject("FA 1+0 ack 2 " + echo);
        assertEquals(State.TIME_WAIT, script.connection.state());
        script.sent.clear();
    }

    /** 65,535 bytes are 511.99 units of a window that is scaled by 7. */
    @Test
    void rfc9293Section386TheWindowDoesNotShrinkInTimeWait() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.windowScaling = true;
        script = new SegmentScript(settings);
        script.established("mss 1460 ws 7");
        close();
        script.expect("FA 1+0 ack 1");
        int window = script.lastWindow;
        script.inject("FA 1+0 ack 2");
        script.expect("A 2+0 ack 2");
        script.inject("FA 1+0 ack 2");
        script.expect("A 2+0 ack 2");
        assertEquals(window, script.lastWindow);
    }

    @Test
    void rfc9293Section36AFinInTimeWaitIsAcknowledgedAgain() throws TcpException {
        timeWait(SegmentScript.plain(), "");
        script.pass(30_000);
        script.inject("FA 1+0 ack 2");
        script.expect("A 2+0 ack 2");
        script.pass(59_000);
        assertEquals(1, script.host.tcp.timeWaits());
        script.pass(2_000);
        assertEquals(0, script.host.tcp.timeWaits());
    }

    @Test
    void rfc1337AResetDoesNotEndTimeWait() throws TcpException {
        timeWait(SegmentScript.plain(), "");
        script.inject("R 2+0");
        assertEquals(1, script.host.tcp.timeWaits());
        script.expectNothing();
    }

    @Test
    void rfc6191ANewerSynReplacesTimeWait() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.timestamps = true;
        timeWait(settings, "ts 100:0");
        script.inject("S 50+0 ts 99:0");
        script.expect("A 2+0 ack 2");
        script.inject("S 50+0 ts 101:0");
        assertEquals("SA 0+0 ack 51", script.next());
        script.inject("A 51+0 ack 1 ts 102:0");
        assertNotNull(script.listener.accept());
        assertEquals(0, script.host.tcp.timeWaits());
    }

    @Test
    void rfc1122Section42213WithoutTimestampsTheNumberDecides() throws TcpException {
        timeWait(SegmentScript.plain(), "");
        script.inject("S 1+0");
        script.expect("A 2+0 ack 2");
        script.inject("S 3+0");
        assertEquals("SA 0+0 ack 4", script.next());
    }

    @Test
    void rfc1122Section42213WhoTakesTheirPlaceBeginsBehindTheOldNumbers() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.timestamps = true;
        script = new SegmentScript(settings);
        script.established("mss 1000 ts 100:0");
        int old = script.ownFirst;
        // Faster than initial sequence numbers go up.
        int sent = 0;
        for (int i = 0; i < 100 || i < 1000 && script.connection.unacknowledged() > 0; i++) {
            if (i < 100) {
                script.connection.send(ByteBuffer.allocate(10_000), script.time.now());
            }
            while (!script.sent.isEmpty()) {
                String[] place = script.next().split(" ")[1].split("\\+");
                sent = Integer.parseInt(place[0]) + Integer.parseInt(place[1]) - 1;
            }
            script.inject("A 1+0 ack " + (1 + sent) + " ts 100:0");
        }
        assertTrue(sent > 500_000);
        close();
        script.sent.clear();
        script.inject("FA 1+0 ack " + (2 + sent) + " ts 100:0");
        assertEquals(1, script.host.tcp.timeWaits());
        script.pass(1100);
        script.sent.clear();
        script.host.tcp.connect(
                IpAddress.UNSPECIFIED,
                script.ownPort,
                SegmentScript.PEER,
                SegmentScript.PEER_PORT,
                ConnectionListener.NONE,
                script.time.now());
        script.expect("S 0+0");
        assertTrue(script.ownFirst - (old + sent + 2) > 65536);
    }

    @Test
    void timeWaitIsBoundedAndTheOldestGoesFirst() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.maximumTimeWaits = 10;
        script = new SegmentScript(settings);
        script.listening();
        for (int i = 0; i < 100; i++) {
            script.peerPort = 10_000 + i;
            script.sent.clear();
            script.inject("S 0+0");
            script.next();
            script.inject("A 1+0 ack 1");
            script.connection = script.listener.accept();
            close();
            script.inject("FA 1+0 ack 2");
        }
        assertEquals(10, script.host.tcp.timeWaits());
        assertEquals(10, script.host.tcp.connections());
        script.pass(61_000);
        assertEquals(0, script.host.tcp.connections());
    }

    /**
     * More connections to one place than there are ports, one after the other, this side closes.
     */
    @Test
    void rfc6191PortsDoNotRunOut() throws TcpException {
        TwoHosts hosts = new TwoHosts(1);
        TcpListener listener = hosts.server.tcp.listen(IpAddress.UNSPECIFIED, 80, 100);
        for (int i = 0; i < 40_000; i++) {
            TcpConnection from =
                    hosts.client.tcp.connect(
                            IpAddress.UNSPECIFIED,
                            0,
                            hosts.server.address,
                            80,
                            ConnectionListener.NONE,
                            hosts.time.now());
            hosts.time.runFor(VirtualTime.milliseconds(4));
            assertEquals(State.ESTABLISHED, from.state(), "connection " + i);
            TcpConnection to = listener.accept();
            from.close(hosts.time.now());
            hosts.time.runFor(VirtualTime.milliseconds(2));
            to.close(hosts.time.now());
            hosts.time.runFor(VirtualTime.milliseconds(2));
        }
        hosts.time.runFor(VirtualTime.seconds(100));
        listener.close(hosts.time.now());
        BulkTransferTest.nothingIsLeft(hosts.client);
        BulkTransferTest.nothingIsLeft(hosts.server);
    }
}
