package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The edge of a window: what goes no further, and what is taken from there. */
final class WindowEdgeTest {
    private SegmentScript script;

    @Test
    void rfc9293Section34AFinWaitsForRoom() throws TcpException {
        script = new SegmentScript();
        script.connecting();
        script.expect("S 0+0");
        script.inject("SA 0+0 ack 1 win 10 mss 1460");
        script.expect("A 1+0 ack 1");
        script.send(10);
        script.expect("PA 1+10 ack 1");
        script.connection.shutdownOutput(script.time.now());
        script.inject("A 1+0 ack 11 win 0");
        script.expectNothing();
        // Nobody there any longer would be given up after that time; somebody is.
        for (int i = 0; i < 20; i++) {
            script.pass(61_000);
            script.expect("A 10+0 ack 1");
            script.inject("A 1+0 ack 11 win 0");
            script.sent.clear();
        }
        assertNull(script.connection.error());
        script.inject("A 1+0 ack 11 win 1");
        script.expect("FA 11+0 ack 1");
    }

    /** As after the loss of all that filled both windows. */
    @Test
    void anAcknowledgementFromTheEdgeOfTheWindowIsTaken() throws TcpException {
        TcpSettings settings = SegmentScript.withSack();
        settings.windowScaling = true;
        script = new SegmentScript(settings);
        script.connecting();
        script.expect("S 0+0");
        int scale = script.lastOptions.windowScale();
        assertTrue(scale > 0);
        script.inject("SA 0+0 ack 1 win 65535 mss 1000 ws 0 sackok");
        script.expect("A 1+0 ack 1");
        long edge = 1 + ((long) script.lastWindow << scale);
        script.send(1000);
        script.inject("A " + edge + "+0 ack 1001");
        assertEquals(0, script.connection.report().underWay());
    }

    /** What a scaled window's field has rounded up is taken, and nothing beyond it. */
    @Test
    void rfc7323Section24WhatWasToldIsTaken() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.windowScaling = true;
        settings.receiveBuffer = 4096;
        script = new SegmentScript(settings);
        script.connecting();
        script.expect("S 0+0");
        int scale = script.lastOptions.windowScale();
        script.inject("SA 0+0 ack 1 win 65535 mss 1460 ws 0");
        script.expect("A 1+0 ack 1");
        script.inject("PA 1+1000 ack 1");
        script.pass(50);
        script.expect("A 1+0 ack 1001");
        int told = script.lastWindow << scale;
        assertTrue(told > 3096, told + " is rounded up");
        for (int at = 0; at < told + 1000; at += 1000) {
            script.inject("PA %d+1000 ack 1".formatted(1001 + at));
        }
        assertEquals(1000 + told, script.connection.available());
    }

    /**
     * RFC 5961, 3.2, with the window as it was told: the answer makes the other side say it
     * exactly.
     */
    @Test
    void aResetFromTheEdgeOfTheWindowIsChallenged() throws TcpException {
        script = new SegmentScript();
        script.established("mss 1460");
        int edge = 1 + script.lastWindow;
        script.inject("R " + edge + "+0");
        script.expect("A 1+0 ack 1");
        script.inject("R " + (edge + 1) + "+0");
        script.expectNothing();
    }

    @Test
    void rfc9293Section31074WhatWasSentAgainIsAnsweredHoweverOften() throws TcpException {
        script = new SegmentScript();
        script.established("mss 1460");
        script.inject("PA 1+10 ack 1");
        script.pass(50);
        script.expect("A 1+0 ack 11");
        for (int i = 0; i < 100; i++) {
            script.inject("PA 1+10 ack 1");
            script.expect("A 1+0 ack 11");
        }
    }

    @Test
    void aWindowThatOpensWithoutAReadIsTold() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.receiveBuffer = 3000;
        script = new SegmentScript(settings);
        script.established("mss 1460");
        script.inject("PA 1+1500 ack 1");
        script.inject("PA 1501+1500 ack 1");
        script.pass(50);
        while (!script.sent.isEmpty()) {
            script.next();
        }
        assertEquals(0, script.lastWindow);
        script.connection.shutdownInput(script.time.now());
        script.expect("A 1+0 ack 3001");
        assertEquals(3000, script.lastWindow);
    }
}
