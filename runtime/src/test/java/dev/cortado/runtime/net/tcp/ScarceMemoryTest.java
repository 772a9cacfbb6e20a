package dev.cortado.runtime.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.tcp.memory.ChunkPool;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Connections whose chunks are all in use. */
final class ScarceMemoryTest {
    private SegmentScript script;

    private void established(int chunks) throws TcpException {
        TcpSettings settings = SegmentScript.plain();
        settings.chunks = chunks;
        script = new SegmentScript(settings);
        script.established("mss 1460");
        script.inject("A 1+0 ack 1 win 0");
    }

    /** The only one: as many bytes as there are from its first one on. */
    private void fillChunk() throws TcpException {
        ByteBuffer bytes = ByteBuffer.allocate(ChunkPool.CHUNK_BYTES + 1);
        assertTrue(script.connection.send(bytes, script.time.now()) > 0);
        assertTrue(bytes.hasRemaining());
    }

    private boolean isWritable() {
        return (script.connection.readiness() & ConnectionEvents.WRITABLE) != 0;
    }

    /** A program that waits until it may write would ask again and again. */
    @Test
    void whoFoundNoMemoryIsToldWhenToTryAgain() throws TcpException {
        established(1);
        fillChunk();
        assertTrue(isWritable());
        assertEquals(0, script.connection.send(ByteBuffer.allocate(1), script.time.now()));
        assertTrue(!isWritable());
        script.events = 0;
        script.pass(4);
        assertEquals(0, script.events & ConnectionEvents.WRITABLE);
        script.pass(2);
        assertTrue((script.events & ConnectionEvents.WRITABLE) != 0);
        assertTrue(isWritable());
    }

    @Test
    void nothingToWriteWantsNoMemory() throws TcpException {
        established(1);
        fillChunk();
        assertEquals(0, script.connection.send(ByteBuffer.allocate(0), script.time.now()));
        assertTrue(isWritable());
    }

    /** It could stay for ever, as nobody reads it. */
    @Test
    void whatCameTooEarlyGetsNoMemoryOfOthers() throws TcpException {
        established(1);
        fillChunk();
        int before = script.host.tcp.chunksInUse();
        script.inject("PA 101+100 ack 1");
        assertEquals(before, script.host.tcp.chunksInUse());
        script.inject("PA 1+100 ack 1");
        assertEquals(100, script.connection.available());
    }
}
