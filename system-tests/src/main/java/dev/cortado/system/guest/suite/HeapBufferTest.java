package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.Memory;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Channels and buffers in the Java heap, of which nothing is left outside of it. */
final class HeapBufferTest extends OnLoopback {
    private static final int BODY_BYTES = 8 << 20;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int ROUNDS = 4;
    private static final int TRIES = 5;

    /** Less than one body. */
    private static final long LITTLE = BODY_BYTES * 3 / 4;

    @BeforeAll
    static void inAGuest() {
        Guest.required();
    }

    /** As many as there are carriers, and more; each may wait with a body half sent. */
    @Test
    void virtualThreadsLeaveNothingBehind() throws Exception {
        int pairs = Runtime.getRuntime().availableProcessors() + 1;
        ByteBuffer body = ByteBuffer.allocate(BODY_BYTES);
        new Random(pairs).nextBytes(body.array());
        ByteBuffer direct = ByteBuffer.allocateDirect(BODY_BYTES).put(body.duplicate()).flip();
        // What is in the way of both: the collector's room, the connections' buffers.
        send(pairs, direct, ByteBuffer::allocateDirect);
        System.gc();
        long before = Memory.freeBytes();
        send(pairs, body, ByteBuffer::allocate);
        // Not until some time has passed: carriers end that have nothing to do.
        long left = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            System.gc();
            left = Math.min(left, before - Memory.freeBytes());
        }
        assertTrue(left < LITTLE, left + " bytes are not free again");
    }

    private void send(int pairs, ByteBuffer body, IntFunction<ByteBuffer> buffers)
            throws Exception {
        List<TestThread> threads = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            ChannelPair pair = channels();
            threads.add(TestThread.start(Thread.ofVirtual(), () -> write(pair.client(), body)));
            ByteBuffer buffer = buffers.apply(BUFFER_BYTES);
            threads.add(
                    TestThread.start(Thread.ofVirtual(), () -> read(pair.server(), body, buffer)));
        }
        TestThread.finishAll(threads);
        closeAll();
    }

    private static void write(SocketChannel to, ByteBuffer body) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            ByteBuffer left = body.duplicate();
            boolean isGathered = round % 2 != 0;
            while (left.hasRemaining()) {
                if (isGathered) {
                    to.write(new ByteBuffer[] {left});
                } else {
                    to.write(left);
                }
            }
        }
    }

    private static void read(ReadableByteChannel from, ByteBuffer body, ByteBuffer buffer)
            throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            for (int at = 0; at < BODY_BYTES; ) {
                buffer.clear().limit(Math.min(buffer.capacity(), BODY_BYTES - at));
                if (from.read(buffer) < 0) {
                    throw new EOFException();
                }
                buffer.flip();
                assertEquals(-1, buffer.mismatch(body.slice(at, buffer.limit())));
                at += buffer.limit();
            }
        }
    }
}
