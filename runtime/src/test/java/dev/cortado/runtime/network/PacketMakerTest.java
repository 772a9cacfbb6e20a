package dev.cortado.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.runtime.net.time.TimerQueue;
import java.io.IOException;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PacketMakerTest {
    private static final int BUFFERS = 2 * PacketMaker.MOST + 1;

    private final TimerQueue timers = new TimerQueue();
    private final Arena arena = Arena.ofConfined();
    private boolean isShort;
    private int made;

    @AfterEach
    void close() {
        arena.close();
    }

    private NetworkBuffers pool() throws IOException {
        DeviceFrames frames = new DeviceFrames(new RealFrames(arena), "test");
        NetworkBuffers pool = new NetworkBuffers(frames, BUFFERS, 2048);
        pool.setMaker(index -> {
            if (isShort) {
                throw new OutOfMemoryError("test");
            }
            made++;
        });
        return pool;
    }

    @Test
    void allAreMadeAFewAtATime() throws IOException {
        new PacketMaker(pool(), timers).start(0);
        assertEquals(0, timers.expire(PacketMaker.PATIENCE - 1));
        long now = PacketMaker.PATIENCE;
        for (int most = PacketMaker.MOST; timers.count() > 0; most += PacketMaker.MOST) {
            assertEquals(1, timers.expire(now));
            assertEquals(Math.min(most, BUFFERS), made);
            now += PacketMaker.INTERVAL;
        }
        assertEquals(BUFFERS, made);
    }

    /** Each try may cost a collection: not as often as where there is memory. */
    @Test
    void whereThereIsNoMemoryItIsTriedAgainASecondLater() throws IOException {
        NetworkBuffers pool = pool();
        new PacketMaker(pool, timers).start(0);
        isShort = true;
        long now = PacketMaker.PATIENCE;
        assertEquals(1, timers.expire(now));
        assertEquals(0, made);
        assertEquals(PacketMaker.PATIENCE, timers.nextDelay(now));
        isShort = false;
        now += PacketMaker.PATIENCE;
        assertEquals(1, timers.expire(now));
        assertEquals(PacketMaker.MOST, made);
        while (timers.count() > 0) {
            now += PacketMaker.INTERVAL;
            timers.expire(now);
        }
        assertTrue(pool.areAllMade());
    }
}
