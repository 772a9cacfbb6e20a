package dev.cortado.drivers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkBuffersTest {
    private static final int MEMORY_BYTES = 1 << 20;

    private final HostMemory memory = new HostMemory(MEMORY_BYTES);
    private final DeviceFrames frames =
            new DeviceFrames(new HostFrames(memory, MEMORY_BYTES), "test");

    @Test
    void allLieApartAndAreTheirUsersOnce() throws IOException {
        NetworkBuffers pool = new NetworkBuffers(frames, 9, 2048);
        Set<Long> places = new HashSet<>();
        NetworkBuffer last = null;
        for (int i = 0; i < 9; i++) {
            last = pool.take();
            assertFalse(!places.add(last.deviceStart() / 2048), "twice");
            assertEquals(0, last.deviceStart() % 2048);
            assertEquals(HostFrames.DEVICE_OFFSET, last.deviceAddress() - last.address());
        }
        assertNull(pool.take());
        NetworkBuffers.give(last);
        NetworkBuffer twice = last;
        assertThrows(IllegalStateException.class, () -> NetworkBuffers.give(twice));
        assertEquals(1, pool.free());
        assertEquals(5 * 4096, frames.bytes());
    }

    @ParameterizedTest
    @CsvSource({"2048", "4096", "8192"})
    void thoseThatAreTakenWereClearedOnceAndOthersAreUntouched(int bytes) throws IOException {
        NetworkBuffers pool = new NetworkBuffers(frames, 16, bytes);
        pool.makeSome(5);
        NetworkBuffer[] taken = new NetworkBuffer[7];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = pool.take();
            for (long at = 0; at < bytes; at += Long.BYTES) {
                assertEquals(0, memory.readLong(taken[i].start() + at));
            }
            memory.writeLong(taken[i].start(), i + 1);
        }
        for (int i = 0; i < taken.length; i++) {
            assertEquals(i + 1, memory.readLong(taken[i].start()));
        }
        assertEquals(HostFrames.OLD, memory.readLong(taken[0].start() + 8L * bytes));
        NetworkBuffers.give(taken[3]);
        assertEquals(4, memory.readLong(pool.take().start()), "nobody clears it again");
    }

    @Test
    void someAreMadeBeforeTheyAreTakenAndWhoMakesMoreHearsOfEachOnce() throws IOException {
        NetworkBuffers pool = new NetworkBuffers(frames, 5, 2048);
        List<Integer> heard = new ArrayList<>();
        pool.setMaker(heard::add);
        NetworkBuffer first = pool.take();
        assertEquals(2, pool.makeSome(2));
        assertFalse(pool.areAllMade());
        assertEquals(List.of(0, 1, 2), heard);
        assertEquals(4, pool.free());
        NetworkBuffers.give(first);
        assertSame(first, pool.take(), "it is warm");
        NetworkBuffer second = pool.take();
        assertEquals(1, second.index());
        NetworkBuffers.give(second);
        assertEquals(2, pool.makeSome(3), "no more");
        assertTrue(pool.areAllMade());
        assertEquals(List.of(0, 1, 2, 3, 4), heard);
        NetworkBuffers.give(first);
        Set<NetworkBuffer> taken = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            taken.add(pool.take());
        }
        assertEquals(5, taken.size());
        assertNull(pool.take());
        assertEquals(0, pool.free());
        assertEquals(5, heard.size());
    }

    @Test
    void withoutMemoryForABufferThereIsNoneUntilThereIs() throws IOException {
        NetworkBuffers pool = new NetworkBuffers(frames, 2, 2048);
        boolean[] isShort = {true};
        pool.setMaker(index -> {
            if (isShort[0]) {
                throw new OutOfMemoryError("test");
            }
        });
        assertNull(pool.take());
        assertEquals(0, pool.makeSome(1));
        assertFalse(pool.areAllMade());
        assertEquals(2, pool.free());
        isShort[0] = false;
        assertEquals(0, pool.take().index());
        assertEquals(1, pool.take().index());
        assertNull(pool.take());
    }

    /** The largest that fit, and smaller ones where others have left no large ones. */
    @Test
    void liesInFewBlocks() throws IOException {
        DeviceBlock[] others = new DeviceBlock[MEMORY_BYTES / 4096];
        for (int i = 0; i < others.length / 2; i++) {
            others[i] = frames.allocate(4096, BuddyAllocator.NO_LIMIT);
        }
        for (int i = 0; i < others.length / 2; i += 2) {
            frames.free(others[i]);
        }
        long before = frames.bytes();
        NetworkBuffers pool = new NetworkBuffers(frames, 300, 2048);
        assertEquals(before + 300 * 2048, frames.bytes());
        Set<Long> places = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            NetworkBuffer buffer = pool.take();
            assertTrue(places.add(buffer.deviceStart()));
            assertEquals(0, memory.readLong(buffer.start()));
        }
    }

    @Test
    void whoFoundNoneHearsOfThoseThatComeBack() throws IOException {
        NetworkBuffers pool = new NetworkBuffers(frames, 2, 4096);
        AtomicInteger heard = new AtomicInteger();
        Runnable one = heard::incrementAndGet;
        Runnable other = heard::incrementAndGet;
        BufferListener first = pool.listen(one);
        BufferListener second = pool.listen(other);
        NetworkBuffers.give(pool.take());
        assertEquals(0, heard.get(), "nobody has asked");
        first.setHungry(true);
        second.setHungry(true);
        NetworkBuffers.give(pool.take());
        assertEquals(2, heard.get());
        pool.unlisten(first);
        NetworkBuffers.give(pool.take());
        assertEquals(3, heard.get());
        pool.listen(one).setHungry(true);
        second.setHungry(false);
        NetworkBuffers.give(pool.take());
        assertEquals(4, heard.get());
    }

    /** Memory was what lacked, and nobody gives any back. */
    @Test
    void whoFoundNoneHearsOfThoseThatAreMadeLater() throws IOException {
        NetworkBuffers pool = new NetworkBuffers(frames, 2, 2048);
        boolean[] isShort = {true};
        pool.setMaker(index -> {
            if (isShort[0]) {
                throw new OutOfMemoryError("test");
            }
        });
        List<NetworkBuffer> taken = new ArrayList<>();
        BufferListener listener = pool.listen(() -> taken.add(pool.take()));
        assertNull(pool.take());
        listener.setHungry(true);
        assertEquals(0, pool.makeSome(2));
        assertEquals(0, taken.size());
        isShort[0] = false;
        assertEquals(2, pool.makeSome(2));
        assertEquals(0, taken.getFirst().index());
    }

    @Test
    void whoGivesOneBackGoesOnWhereWhoHearsOfItLacksMemory() throws IOException {
        NetworkBuffers pool = new NetworkBuffers(frames, 1, 2048);
        int[] heard = new int[1];
        BufferListener listener =
                pool.listen(() -> {
                    heard[0]++;
                    throw new OutOfMemoryError("test");
                });
        listener.setHungry(true);
        try {
            NetworkBuffers.give(pool.take());
            NetworkBuffers.give(pool.take());
        } catch (OutOfMemoryError e) {
            throw new AssertionError("who gave it back hears of that", e);
        }
        assertEquals(2, heard[0], "he is still hungry");
    }

    @Test
    void dataIsInside() throws IOException {
        NetworkBuffer buffer = new NetworkBuffers(frames, 1, 2048).take();
        buffer.setData(16, 2032);
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.setData(17, 2032));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.setData(-1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.setData(0, -1));
        assertEquals(2032, buffer.length());
    }

    @ParameterizedTest
    @CsvSource({"0, 2048", "1, 1024", "1, 3000", "1, 131072"})
    void poolsThatCannotBe(int number, int bytes) {
        assertThrows(
                IllegalArgumentException.class, () -> new NetworkBuffers(frames, number, bytes));
    }
}
