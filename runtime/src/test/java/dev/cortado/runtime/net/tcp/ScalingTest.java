package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Windows that are scaled (RFC 7323, 2). */
final class ScalingTest {
    private SegmentScript script;

    private void scaled(int receiveBuffer) {
        TcpSettings settings = SegmentScript.plain();
        settings.windowScaling = true;
        settings.receiveBuffer = receiveBuffer;
        script = new SegmentScript(settings);
    }

    @Test
    void rfc7323Section23SmallSegmentsCloseTheWindow() throws TcpException {
        scaled(4096);
        script.connecting();
        script.expect("S 0+0");
        int scale = script.lastOptions.windowScale();
        script.inject("SA 0+0 ack 1 win 65535 mss 1000 ws 0");
        for (int i = 0; i < 6000; i++) {
            script.inject("PA %d+1 ack 1".formatted(1 + i));
            script.sent.clear();
        }
        // What the field of a scaled window has rounded up was told, and is taken.
        int most = 4096 + (1 << scale) - 1;
        assertTrue(script.connection.available() <= most, "" + script.connection.available());
    }

    @Test
    void rfc7323Section22TheWindowOfASynThatCrossesOursIsNotScaled() throws TcpException {
        scaled(65536);
        script.connecting();
        script.expect("S 0+0");
        script.inject("S 0+0 win 100 mss 1000 ws 2");
        script.expect("SA 0+0 ack 1");
        script.inject("SA 0+0 ack 1 win 100 mss 1000 ws 2");
        assertEquals(State.ESTABLISHED, script.connection.state());
        assertEquals(100, script.connection.report().sendWindow());
        script.inject("A 1+0 ack 1 win 100");
        assertEquals(400, script.connection.report().sendWindow());
    }

    @Test
    void rfc5961Section42ASynWithoutTimestampsIsChallengedAllTheSame() throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.timestamps = true;
        script = new SegmentScript(settings);
        script.established("mss 1000 ts 1000:0");
        script.inject("S 1+0");
        script.expect("A 1+0 ack 1");
    }
}
