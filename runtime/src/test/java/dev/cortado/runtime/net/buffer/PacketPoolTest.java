package dev.cortado.runtime.net.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class PacketPoolTest {
    @Test
    void givesEachBufferOnce() {
        PacketPool pool = PacketPool.ofHeap(3, 1024);
        PacketBuffer a = pool.take();
        PacketBuffer b = pool.take();
        PacketBuffer c = pool.take();
        assertNotSame(a, b);
        assertNotSame(b, c);
        assertNull(pool.take());
        assertEquals(1, pool.exhausted());
        assertEquals(0, pool.free());
        b.release();
        assertEquals(b, pool.take());
    }

    @Test
    void seesThatOneIsGivenBackTwice() {
        PacketPool pool = PacketPool.ofHeap(2, 1024);
        PacketBuffer packet = pool.take();
        packet.release();
        assertThrows(IllegalStateException.class, packet::release);
        assertEquals(2, pool.free());
    }

    @Test
    void givesFreshOnes() {
        PacketPool pool = PacketPool.ofHeap(1, 1024);
        PacketBuffer packet = pool.take();
        packet.append(10);
        packet.setChecksumBlank(200, 206);
        packet.setSegmentSize(100);
        packet.info().sourceLow = 5;
        packet.release();
        packet = pool.take();
        assertEquals(PacketPool.HEAD_ROOM, packet.start());
        assertEquals(0, packet.length());
        assertEquals(ChecksumMark.NONE, packet.checksum());
        assertEquals(0, packet.segmentSize());
        assertEquals(0, packet.info().sourceLow);
    }

    @Test
    void givesBackAllPiecesAndTheirAccount() {
        PacketPool pool = PacketPool.ofHeap(4, 1024);
        PacketAccount account = new PacketAccount(2048);
        PacketBuffer packet = pool.take();
        packet.setContinuation(pool.take());
        assertTrue(packet.chargeTo(account));
        assertEquals(2048, account.held());
        PacketBuffer other = pool.take();
        assertFalse(other.chargeTo(account));
        packet.release();
        assertEquals(0, account.held());
        assertTrue(other.chargeTo(account));
        other.release();
        assertEquals(4, pool.free());
    }

    @Test
    void refusesRangesThatCannotBe() {
        PacketBuffer packet = PacketPool.ofHeap(1, 1024).take();
        assertThrows(IllegalArgumentException.class, () -> packet.push(193));
        assertThrows(IllegalArgumentException.class, () -> packet.pull(1));
        assertThrows(IllegalArgumentException.class, () -> packet.append(833));
        assertThrows(IllegalArgumentException.class, () -> packet.append(-1));
        assertThrows(IllegalArgumentException.class, () -> packet.truncate(1));
        assertEquals(192, packet.append(832));
        assertEquals(0, packet.tailRoom());
    }

    @Test
    void threadsNeverHaveTheSameBuffer() throws InterruptedException {
        PacketPool pool = PacketPool.ofHeap(16, 512);
        AtomicIntegerArray owners = new AtomicIntegerArray(16);
        List<Thread> threads = new ArrayList<>();
        List<Throwable> seen = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int seed = t;
            Thread thread =
                    new Thread(() -> {
                        Random random = new Random(seed);
                        List<PacketBuffer> held = new ArrayList<>();
                        for (int i = 0; i < 200_000; i++) {
                            if (held.size() < 5 && random.nextBoolean()) {
                                PacketBuffer packet = pool.take();
                                if (packet != null) {
                                    assertEquals(0, owners.getAndIncrement(packet.index()));
                                    held.add(packet);
                                }
                            } else if (!held.isEmpty()) {
                                PacketBuffer packet = held.removeLast();
                                owners.decrementAndGet(packet.index());
                                packet.release();
                            }
                        }
                        for (PacketBuffer packet : held) {
                            owners.decrementAndGet(packet.index());
                            packet.release();
                        }
                    });
            thread.setUncaughtExceptionHandler((who, what) -> {
                synchronized (seen) {
                    seen.add(what);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), seen);
        assertEquals(16, pool.free());
    }
}
