package dev.cortado.runtime.net.tcp;

import org.junit.jupiter.api.Test;

/** Packets that the device has made of several segments. */
final class CoalescedTest {
    private final SegmentScript script = new SegmentScript();

    /** RFC 5681, 4.2: every second full segment, of the size that the sender's have. */
    @Test
    void theirSegmentsAreNoLongerThanBefore() throws TcpException {
        script.established("mss 1460");
        script.host.coalescedBytes = 600;
        script.inject("A 1+1500 ack 1");
        script.expect("A 1+0 ack 1501");
        script.host.coalescedBytes = 0;
        script.inject("A 1501+600 ack 1");
        script.expectNothing();
        script.inject("A 2101+600 ack 1");
        script.expect("A 1+0 ack 2701");
    }
}
