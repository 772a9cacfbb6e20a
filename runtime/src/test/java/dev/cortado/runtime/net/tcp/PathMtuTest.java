package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A path whose MTU another connection has heard of (RFC 1191, 6.2; RFC 8201, 5.2). */
final class PathMtuTest {
    private final SegmentScript script = new SegmentScript();

    @Test
    void rfc1191Section62NewSegmentsAreSmallerOnceAnyConnectionWasTold() throws TcpException {
        script.established("mss 1460");
        script.send(1460);
        script.expect("PA 1+1460 ack 1");
        script.host.mtu = 1000;
        script.send(1460);
        script.expect("A 1461+960 ack 1");
        assertEquals(960, script.connection.report().segmentBytes());
    }

    @Test
    void rfc1191Section62WhatIsSentAgainIsSmallerOnceAnyConnectionWasTold() throws TcpException {
        script.established("mss 1460");
        script.send(1460);
        script.expect("PA 1+1460 ack 1");
        script.host.mtu = 1000;
        script.pass(205);
        script.expect("A 1+960 ack 1");
        script.inject("A 1+0 ack 961");
        String rest = "";
        while (!script.sent.isEmpty()) {
            rest = script.next();
        }
        assertTrue(rest.contains("961+500"), rest);
    }
}
