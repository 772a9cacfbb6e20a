package dev.cortado.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.tcp.TcpSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryShareTest {
    @ParameterizedTest
    @ValueSource(longs = {4, 16, 24, 40, 100, 256, 4096, 1 << 20})
    void packetsAreASmallPartAndQueuesTakeAHalfOfThem(long megabytes) {
        check(megabytes << 20, 2048, 16384);
        check(megabytes << 20, 4096, 4096);
    }

    private static void check(long bytes, int bufferBytes, int most) {
        MemoryShare share = new MemoryShare(bytes, bufferBytes, most);
        long packets = (long) share.buffers() * share.bufferBytes();
        assertTrue(packets <= Math.max(bytes / 16, 128 * bufferBytes), packets + " bytes");
        assertTrue(share.buffers() >= 128 && share.buffers() <= most);
        for (int queues = 1; queues <= 40; queues++) {
            assertTrue(share.posted(queues) * queues <= share.buffers() / 2);
        }
        assertTrue(share.waiting() >= 8 && share.waiting() < share.buffers() / 8);
        TcpSettings tcp = share.tcp();
        assertTrue(tcp.chunks * 4096L <= Math.max(bytes / 4, 256 * 4096));
        assertTrue(tcp.maximumReceiveBuffer >= tcp.receiveBuffer);
        assertTrue(tcp.maximumSendBuffer >= tcp.sendBuffer);
    }

    @ParameterizedTest
    @ValueSource(longs = {4096})
    void largeMachinesHaveWhatIsUsual(long megabytes) {
        TcpSettings usual = new TcpSettings();
        TcpSettings tcp = new MemoryShare(megabytes << 20, 2048, 16384).tcp();
        assertEquals(usual.maximumConnections, tcp.maximumConnections);
        assertEquals(usual.maximumReceiveBuffer, tcp.maximumReceiveBuffer);
    }
}
