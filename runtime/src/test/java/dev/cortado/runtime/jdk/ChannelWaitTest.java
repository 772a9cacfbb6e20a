package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Within;
import dev.cortado.runtime.file.open.Pipe;
import dev.cortado.runtime.file.open.PollState;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ChannelWaitTest {
    private final Pipe pipe = new Pipe();

    private Within.Running<Integer> waiting(boolean isVirtual, long nanos) {
        return Within.start(
                isVirtual,
                () -> {
                    int ready = ChannelWait.await(pipe.reader(), PollState.READABLE, nanos);
                    assertTrue(Thread.interrupted());
                    return ready;
                });
    }

    @Test
    void aPlatformThreadWaitsOnWhenItIsInterrupted() throws Exception {
        var waiting = waiting(false, ChannelWait.FOR_EVER).awaitWaiting();
        waiting.thread().interrupt();
        pipe.writer().write(ByteBuffer.allocate(1));
        assertEquals(PollState.READABLE, waiting.end());
    }

    @Test
    void closingTheFileEndsTheWait() throws Exception {
        var waiting = waiting(false, ChannelWait.FOR_EVER).awaitWaiting();
        waiting.thread().interrupt();
        pipe.reader().close();
        assertEquals(PollState.INVALID, waiting.end());
    }

    @Test
    void theTimeIsNotWaitedForAgain() throws Exception {
        var waiting = waiting(false, TimeUnit.MILLISECONDS.toNanos(200));
        waiting.thread().interrupt();
        assertEquals(0, waiting.end());
    }

    @Test
    void aVirtualThreadStopsWaiting() throws Exception {
        var waiting = waiting(true, ChannelWait.FOR_EVER).awaitWaiting();
        waiting.thread().interrupt();
        assertEquals(0, waiting.end());
    }
}
