package dev.cortado.drivers.network.card;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class CardTransmitRingTest {
    private static final int MEMORY_BYTES = 1 << 20;
    private static final int MOST_PART_BYTES = 1000;

    private final HostMemory memory = new HostMemory(MEMORY_BYTES);
    private final NetworkBuffers pool;

    CardTransmitRingTest() throws IOException {
        HostFrames frames = new HostFrames(memory, MEMORY_BYTES);
        pool = new NetworkBuffers(new DeviceFrames(frames, "buffers"), 2, 2048);
    }

    /** Of a card that nothing is given to. */
    private static final class Ring extends CardTransmitRing {
        Ring(long addressLimit) {
            super(64, 3, MOST_PART_BYTES, addressLimit);
        }

        @Override
        public boolean hasRoom(NetworkBuffer packet, int parts) {
            return false;
        }

        @Override
        public void add(NetworkBuffer packet, int slot) {
            throw new AssertionError("there is no room");
        }

        @Override
        public void publish() {}

        @Override
        public int take() {
            return NONE;
        }

        @Override
        public int outstanding() {
            return 0;
        }

        @Override
        public boolean enableInterrupts() {
            return true;
        }

        @Override
        public void disableInterrupts() {}
    }

    private NetworkBuffer part(int bytes) {
        NetworkBuffer part = pool.take();
        part.setData(NetworkBuffer.HEADROOM, bytes);
        return part;
    }

    @Test
    void partsThatAreTooLongAreRefused() {
        NetworkBuffer packet = part(14);
        NetworkBuffer last = part(MOST_PART_BYTES);
        packet.setNext(last);
        Ring ring = new Ring(BuddyAllocator.NO_LIMIT);
        assertDoesNotThrow(() -> ring.check(packet));
        last.setData(NetworkBuffer.HEADROOM, MOST_PART_BYTES + 1);
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> ring.check(packet));
        assertEquals(
                "a part of 1001 bytes at 0x" + Long.toHexString(last.deviceAddress()),
                error.getMessage());
    }

    @Test
    void partsAreWhereTheCardReachesThem() {
        NetworkBuffer packet = part(100);
        long end = packet.deviceAddress() + 100;
        assertDoesNotThrow(() -> new Ring(end).check(packet));
        assertThrows(IllegalArgumentException.class, () -> new Ring(end - 1).check(packet));
    }
}
