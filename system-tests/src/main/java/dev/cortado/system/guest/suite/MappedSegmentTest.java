package dev.cortado.system.guest.suite;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static java.nio.channels.FileChannel.MapMode.READ_WRITE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** {@link FileChannel#map} as {@link MemorySegment}s, as Lucene's MMapDirectory has files. */
final class MappedSegmentTest extends InDirectory {
    private static final int PAGE = 4096;

    private MemorySegment map(FileChannel.MapMode mode, long size, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(path("a"), CREATE, READ, WRITE)) {
            return channel.map(mode, 0, size, arena);
        }
    }

    private byte[] random(int length) throws IOException {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        Files.write(path("a"), content);
        return content;
    }

    @Test
    void aSegmentIsTheFileUntilItsArenaIsClosed() throws IOException {
        byte[] content = random(10 * PAGE);
        MemorySegment segment;
        try (Arena arena = Arena.ofConfined()) {
            segment = map(READ_WRITE, content.length, arena);
            assertTrue(segment.isMapped());
            assertEquals(-1, segment.mismatch(MemorySegment.ofArray(content)));
            segment.set(JAVA_LONG_UNALIGNED, 2 * PAGE - 4, -2);
            segment.asSlice(5 * PAGE - 10, 20).fill((byte) 9);
            MemorySegment.copy(segment, 0, segment, PAGE + 1, 3 * PAGE);
            segment.load();
            assertTrue(segment.isLoaded());
            segment.force();
            segment.unload();
            assertEquals(9, segment.get(JAVA_BYTE, 5 * PAGE + 9));
        }
        assertThrows(IllegalStateException.class, () -> segment.get(JAVA_BYTE, 0));
        byte[] file = Files.readAllBytes(path("a"));
        assertEquals(9, file[5 * PAGE]);
        assertEquals(content[0], file[PAGE + 1]);
    }

    @Test
    void aSegmentMayHaveMoreThanTwoGigabytes() throws IOException {
        long size = 5L << 30;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = map(READ_WRITE, size, arena);
            segment.set(JAVA_LONG, size - 8, 42);
            segment.set(JAVA_LONG, 3L << 30, 43);
            assertEquals(0, segment.get(JAVA_LONG, 4L << 30));
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = map(READ_ONLY, size, arena);
            assertEquals(42, segment.get(JAVA_LONG, size - 8));
            assertEquals(43, segment.get(JAVA_LONG, 3L << 30));
        }
        assertEquals(size, Files.size(path("a")));
    }

    @Test
    void atomicAccessIsAtomic() throws Exception {
        VarHandle number = JAVA_INT.varHandle();
        try (Arena arena = Arena.ofShared()) {
            MemorySegment segment = map(READ_WRITE, 4 * PAGE, arena);
            List<TestThread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(
                        TestThread.start(() -> {
                            for (int k = 0; k < 2000; k++) {
                                number.getAndAdd(segment, (long) (k % 4) * PAGE, 1);
                            }
                        }));
            }
            TestThread.finishAll(threads);
            for (int page = 0; page < 4; page++) {
                assertEquals(2000, (int) number.getVolatile(segment, (long) page * PAGE));
            }
            assertFalse(number.compareAndSet(segment, 0L, 1, 2));
            assertTrue(number.compareAndSet(segment, 0L, 2000, 2));
        }
    }

    /** As an index that is searched while its directory is closed. */
    @Test
    void slicesAreReadWhileTheArenaIsClosed() throws Exception {
        byte[] content = random(64 * PAGE);
        for (int round = 0; round < 20; round++) {
            Arena arena = Arena.ofShared();
            MemorySegment segment = map(READ_ONLY, content.length, arena);
            CountDownLatch reading = new CountDownLatch(3);
            List<TestThread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int offset = i * 20 * PAGE;
                MemorySegment slice = segment.asSlice(offset, 20 * PAGE);
                threads.add(TestThread.start(() -> readToTheEnd(slice, content, offset, reading)));
            }
            Deadline.await(reading);
            arena.close();
            TestThread.finishAll(threads);
        }
    }

    private static void readToTheEnd(
            MemorySegment slice, byte[] content, int offset, CountDownLatch reading) {
        Random random = new Random(offset);
        byte[] copy = new byte[3 * PAGE];
        boolean isFirst = true;
        try {
            while (true) {
                int at = random.nextInt(17 * PAGE);
                assertEquals(content[offset + at], slice.get(JAVA_BYTE, at));
                MemorySegment.copy(slice, JAVA_BYTE, at, copy, 0, copy.length);
                assertEquals(content[offset + at + copy.length - 1], copy[copy.length - 1]);
                if (isFirst) {
                    isFirst = false;
                    reading.countDown();
                }
            }
        } catch (IllegalStateException e) {
            assertFalse(slice.scope().isAlive());
        }
    }
}
