package dev.cortado.runtime.net.tcp.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Windows by the formulas of RFC 5681, 6928, 6937 and 9438. */
final class CongestionControlTest {
    private static final int SEGMENT = 1000;
    private static final long MILLISECOND = 1_000_000;

    private long now;
    private long position;

    /** One round trip of so many milliseconds, in which a window is acknowledged. */
    private void roundTrip(CongestionControl control, long milliseconds) {
        long window = control.window();
        long segments = Math.max(1, window / SEGMENT);
        long end = position + window;
        for (long i = 0; i < segments; i++) {
            now += milliseconds * MILLISECOND / segments;
            position += SEGMENT;
            control.acknowledged(now, SEGMENT, true, milliseconds * MILLISECOND, position, end);
        }
    }

    @Test
    void rfc6928Section2TheInitialWindowIsTenSegments() {
        assertEquals(10_000, new NewReno(1000).window());
        assertEquals(14_600, new NewReno(1460).window());
        assertEquals(2 * 9000, new NewReno(9000).window());
    }

    @Test
    void rfc5681Section31SlowStartDoubles() {
        CongestionControl control = new NewReno(SEGMENT);
        roundTrip(control, 50);
        assertEquals(20_000, control.window());
        roundTrip(control, 50);
        assertEquals(40_000, control.window());
    }

    @Test
    void rfc5681Section31AvoidanceAddsASegmentARoundTrip() {
        CongestionControl control = new NewReno(SEGMENT);
        control.congestion(now, 20_000);
        control.setWindow(control.threshold());
        assertEquals(10_000, control.window());
        for (int i = 0; i < 11; i++) {
            roundTrip(control, 50);
        }
        assertEquals(20_000, control.window(), 1000);
    }

    @Test
    void rfc5681Section31ATimeoutLeavesOneSegmentAndHalfTheFlight() {
        CongestionControl control = new NewReno(SEGMENT);
        control.timeout(now, 40_000, true);
        assertEquals(1000, control.window());
        assertEquals(20_000, control.threshold());
    }

    @Test
    void rfc5681Section41AWindowThatIsNotUsedDoesNotGrow() {
        CongestionControl control = new NewReno(SEGMENT);
        for (int i = 0; i < 100; i++) {
            control.acknowledged(now, SEGMENT, false, 0, 0, 0);
        }
        assertEquals(10_000, control.window());
    }

    /** W_cubic(t) = 0.4 (t - K)^3 + W_max, K = cbrt(W_max * 0.3 / 0.4): 100 segments, 4.217 s. */
    @Test
    void rfc9438Section42TheWindowFollowsTheCurve() {
        CongestionControl control = new Cubic(SEGMENT);
        control.setWindow(100_000);
        control.congestion(now, 100_000);
        assertEquals(70_000, control.threshold());
        control.setWindow(control.threshold());
        long start = now;
        double k = Math.cbrt(100 * 0.3 / 0.4);
        while ((now - start) / 1e9 < 8) {
            roundTrip(control, 100);
            double t = (now - start) / 1e9;
            double expected = 0.4 * (t - k) * (t - k) * (t - k) + 100;
            if (t > 1) {
                assertEquals(expected, control.window() / 1000.0, 0.04 * expected, "at " + t);
            }
        }
        assertTrue(control.window() > 120_000);
    }

    @Test
    void rfc9438Section43OnShortPathsItIsNoSlowerThanReno() {
        CongestionControl control = new Cubic(SEGMENT);
        control.setWindow(20_000);
        control.congestion(now, 20_000);
        control.setWindow(control.threshold());
        // alpha is 0.53: nine round trips of 1 ms for five segments; the curve would take seconds.
        for (int i = 0; i < 11; i++) {
            roundTrip(control, 1);
        }
        assertTrue(control.window() >= 19_000, "window " + control.window());
    }

    @Test
    void rfc9438Section47FastConvergence() {
        Cubic control = new Cubic(SEGMENT);
        control.setWindow(100_000);
        control.congestion(now, 100_000);
        control.setWindow(control.threshold());
        control.congestion(now, 70_000);
        control.setWindow(control.threshold());
        assertEquals(49_000, control.window());
        // W_max is 70 * 0.85 = 59.5: the curve is flat there.
        double k = Math.cbrt((59.5 - 49) / 0.4);
        long start = now;
        while ((now - start) / 1e9 < k) {
            roundTrip(control, 400);
        }
        assertEquals(59.5, control.window() / 1000.0, 1.5);
    }

    @Test
    void rfc9438Section49UndoPutsItBack() {
        CongestionControl control = new Cubic(SEGMENT);
        control.setWindow(100_000);
        control.timeout(now, 100_000, true);
        control.undo();
        assertEquals(100_000, control.window());
        assertTrue(control.threshold() >= 1 << 29);
    }

    /** The example of RFC 6937, 3.1: 20 segments, the first is lost, the window is to be halved. */
    @Test
    void rfc6937Section31OneSegmentForEveryTwoThatArrive() {
        ProportionalRateReduction reduction = new ProportionalRateReduction();
        reduction.begin(20 * SEGMENT);
        long pipe = 19 * SEGMENT;
        long sent = 0;
        for (int i = 0; i < 19; i++) {
            pipe -= SEGMENT;
            long window = reduction.acknowledged(SEGMENT, pipe, 10 * SEGMENT, SEGMENT, false);
            while (pipe + SEGMENT <= window) {
                pipe += SEGMENT;
                sent += SEGMENT;
                reduction.sent(SEGMENT);
            }
        }
        assertEquals(10, sent / SEGMENT, 1);
        assertEquals(10, pipe / SEGMENT, 1);
    }

    @Test
    void rfc9406Section42SlowStartEndsWhenRoundTripsGrow() {
        CongestionControl control = new Cubic(SEGMENT);
        for (int i = 0; i < 5; i++) {
            roundTrip(control, 50);
        }
        assertTrue(control.isInSlowStart());
        long before = control.window();
        for (int i = 0; i < 8; i++) {
            roundTrip(control, 80);
        }
        assertTrue(!control.isInSlowStart());
        assertTrue(control.window() < 8 * before);
    }
}
