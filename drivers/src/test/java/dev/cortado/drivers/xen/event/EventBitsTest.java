package dev.cortado.drivers.xen.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.kernel.memory.HostMemory;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventBitsTest {

    private static final long SHARED = HostMemory.BASE;

    /** public/xen.h, 64 bits: 32 vcpu_info of 64 bytes, then 64 words each, then the wall clock. */
    private static final long PENDING = SHARED + 2048;

    private static final long MASK = SHARED + 2560;

    private final HostMemory memory = new HostMemory(4096);
    private final EventBits bits = new EventBits(memory);

    /** What Xen does when something happens on a port that is bound to a virtual CPU. */
    private void raise(int port, int virtualCpu) {
        memory.writeLong(
                PENDING + port / 64 * 8L, memory.readLong(PENDING + port / 64 * 8L) | 1L << port);
        long info = SHARED + 64L * virtualCpu;
        memory.writeLong(info + 8, memory.readLong(info + 8) | 1L << (port / 64));
        memory.writeByte(info, (byte) 1);
    }

    @Test
    void layoutIsThatOfXensHeader() {
        assertEquals(2048, SharedInfo.EVENTS_PENDING);
        assertEquals(2560, SharedInfo.EVENTS_MASK);
        assertEquals(3072, SharedInfo.WALL_CLOCK);
        assertEquals(64, SharedInfo.VCPU_INFO_BYTES);
    }

    @Test
    void takesWhatOneVirtualCpuWasToldOf() {
        raise(0, 0);
        raise(4095, 0);
        raise(130, 1);
        assertEquals(1L | 1L << 63, bits.take(SHARED));
        assertEquals(0, memory.readByte(SHARED));
        assertEquals(0, bits.take(SHARED));
        assertEquals(1L << 2, bits.take(SHARED + 64));
        assertEquals(1L, bits.ready(SHARED, 0));
        assertEquals(1L << 63, bits.ready(SHARED, 63));
        assertEquals(1L << 2, bits.ready(SHARED, 2));
    }

    @Test
    void whatIsMaskedIsNotReady() {
        raise(5, 0);
        raise(6, 0);
        assertTrue(bits.mask(SHARED, 5));
        assertFalse(bits.mask(SHARED, 5));
        assertEquals(1L << 6, bits.ready(SHARED, 0));
        assertEquals(1L << 5, memory.readLong(MASK));
        bits.maskAll(SHARED);
        assertEquals(-1L, memory.readLong(MASK + 504));
        assertEquals(0, memory.readLong(SHARED + SharedInfo.WALL_CLOCK));
        assertEquals(0, bits.ready(SHARED, 0));
    }

    @Test
    void anEventIsTakenOnce() {
        raise(77, 0);
        assertTrue(bits.clearPending(SHARED, 77));
        assertFalse(bits.clearPending(SHARED, 77));
        assertEquals(0, bits.ready(SHARED, 1));
    }

    @Test
    void everyPortHasABitOfItsOwn() {
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            int port = random.nextInt(EventBits.PORTS);
            int other = random.nextInt(EventBits.PORTS);
            raise(port, 0);
            if (other != port) {
                raise(other, 0);
                assertTrue(bits.clearPending(SHARED, other));
            }
            assertEquals(1L << port, bits.ready(SHARED, port / 64));
            assertTrue(bits.clearPending(SHARED, port));
        }
    }

    /** Xen and another CPU change bits of the same word meanwhile: none may be lost. */
    @Test
    void changesOfOthersAreKept() throws InterruptedException {
        int rounds = 200_000;
        Thread other =
                new Thread(() -> {
                    for (int i = 0; i < rounds; i++) {
                        bits.mask(SHARED, 1);
                        bits.clearPending(SHARED, 1);
                    }
                });
        other.start();
        for (int i = 0; i < rounds; i++) {
            assertTrue(bits.mask(SHARED, 2));
            int word = memory.readIntAcquire(MASK);
            while (!memory.compareAndSetInt(MASK, word, word & ~4)) {
                word = memory.readIntAcquire(MASK);
            }
        }
        other.join();
    }
}
