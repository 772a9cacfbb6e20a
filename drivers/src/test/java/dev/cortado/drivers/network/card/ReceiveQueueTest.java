package dev.cortado.drivers.network.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.drivers.network.Allocation;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkDriver;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.NetworkUser;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where memory lacks. */
final class ReceiveQueueTest {
    private static final int MEMORY_BYTES = 1 << 20;
    private static final int BUFFERS = 2;
    private static final int ROUNDS = 10;

    private final HostMemory memory = new HostMemory(MEMORY_BYTES);
    private final Ring ring = new Ring();
    private final NetworkBuffer[] batch = new NetworkBuffer[BUFFERS];
    private NetworkBuffers pool;
    private ReceiveQueue queue;

    /** A card that fills the buffer of slot 0 as often as a test says. */
    private static final class Ring implements ReceiveRing {
        private int filled;
        private boolean lacksMemory;

        @Override
        public int slots() {
            return BUFFERS;
        }

        @Override
        public int bufferBytes() {
            return 2048;
        }

        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public void add(NetworkBuffer buffer, int slot) {
            // The card has it.
        }

        @Override
        public void publish() {
            if (lacksMemory) {
                throw new OutOfMemoryError("test");
            }
        }

        @Override
        public int take() {
            return filled-- > 0 ? 0 : NONE;
        }

        @Override
        public boolean describe(NetworkBuffer buffer) {
            return true;
        }

        @Override
        public boolean isReady() {
            return filled > 0;
        }
    }

    @BeforeEach
    void fill() throws IOException {
        DeviceFrames frames = new DeviceFrames(new HostFrames(memory, MEMORY_BYTES), "test");
        pool = new NetworkBuffers(frames, BUFFERS, 2048);
        NetworkDriver driver =
                (NetworkDriver)
                        Proxy.newProxyInstance(
                                NetworkDriver.class.getClassLoader(),
                                new Class<?>[] {NetworkDriver.class},
                                (proxy, method, values) ->
                                        method.getReturnType() == boolean.class ? true : null);
        queue =
                new ReceiveQueue(
                        driver, ring, new NetworkSettings(pool, 1, BUFFERS, NetworkUser.OWN_MAC));
        queue.fill();
        assertEquals(0, pool.free());
    }

    @Test
    void aQueueThatFindsNoBufferNeedsNoMemoryToHearOfTheNext() throws Exception {
        long allocated = 0;
        for (int i = 0; i < ROUNDS; i++) {
            ring.filled = 1;
            allocated =
                    Allocation.of(() -> {
                        assertEquals(1, queue.receive(batch));
                        NetworkBuffers.give(batch[0]);
                    });
            assertEquals(0, pool.free(), "the card has both");
        }
        assertEquals(0, allocated);
    }

    /** A test that ended with such an error itself would be the end of all others. */
    private int receive() throws IOException {
        try {
            return queue.receive(batch);
        } catch (OutOfMemoryError e) {
            throw new AssertionError("what has come is lost", e);
        }
    }

    @Test
    void whatHasComeIsNotLostWhereMemoryLacksAfterwards() throws Exception {
        ring.filled = 1;
        ring.lacksMemory = true;
        assertEquals(1, receive());
        NetworkBuffers.give(batch[0]);
        ring.lacksMemory = false;
        queue.close();
        assertEquals(BUFFERS, pool.free());
    }
}
