package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Arenas end when they are told to, and nobody reaches their memory afterwards. */
final class ArenaTest {
    private static final int ROUNDS = 30;
    private static final int LARGE = 1 << 16;

    @Test
    void aConfinedArenaIsItsThreads() throws InterruptedException {
        MemorySegment memory;
        try (Arena arena = Arena.ofConfined()) {
            memory = arena.allocate(8, 8);
            MemorySegment theirs = memory;
            TestThread.start(
                            () -> {
                                assertThrows(
                                        WrongThreadException.class,
                                        () -> theirs.get(ValueLayout.JAVA_LONG, 0));
                                assertThrows(WrongThreadException.class, arena::close);
                            })
                    .finish();
        }
        assertClosed(memory);
    }

    @Test
    void aSharedArenaIsClosedByAnyThread() throws InterruptedException {
        Arena arena = Arena.ofShared();
        MemorySegment memory = arena.allocate(64, 8);
        ByteBuffer buffer = memory.asByteBuffer();
        TestThread.start(
                        () -> {
                            memory.set(ValueLayout.JAVA_LONG, 0, 1);
                            arena.close();
                        })
                .finish();
        assertClosed(memory);
        assertThrows(IllegalStateException.class, () -> buffer.putLong(0, 1));
        assertThrows(IllegalStateException.class, arena::close);
        assertThrows(IllegalStateException.class, () -> arena.allocate(8));
    }

    @Test
    void globalAndAutomaticArenasStayOpen() {
        MemorySegment automatic = Arena.ofAuto().allocate(8, 8);
        automatic.set(ValueLayout.JAVA_LONG, 0, 2);
        assertEquals(2, automatic.get(ValueLayout.JAVA_LONG, 0));
        assertThrows(UnsupportedOperationException.class, () -> Arena.ofAuto().close());
        assertThrows(UnsupportedOperationException.class, () -> Arena.global().close());
        assertTrue(Arena.global().allocate(8).scope().isAlive());
    }

    @Test
    void whatAnAutomaticArenaHadIsGivenBack() {
        AtomicBoolean cleaned = new AtomicBoolean();
        WeakReference<Arena> arena = new WeakReference<>(automatic(cleaned));
        Deadline.until(
                "the arena's end",
                () -> {
                    System.gc();
                    return arena.get() == null && cleaned.get();
                });
    }

    private static Arena automatic(AtomicBoolean cleaned) {
        Arena arena = Arena.ofAuto();
        arena.allocate(1024).reinterpret(Arena.ofAuto(), gone -> cleaned.set(true)).fill((byte) 1);
        return arena;
    }

    @Test
    void cleanUpRunsWhenAnArenaIsClosed() {
        AtomicInteger cleaned = new AtomicInteger();
        for (Arena arena : List.of(Arena.ofConfined(), Arena.ofShared())) {
            arena.allocate(16).reinterpret(arena, memory -> cleaned.incrementAndGet());
            arena.close();
        }
        assertEquals(2, cleaned.get());
    }

    /** What another thread reads in a loop is closed under it: an exception, and nothing else. */
    @Test
    void singleAccessesEndWithTheArena() throws InterruptedException {
        closeUnder(memory -> {
            long sum = 0;
            for (long i = 0; i < LARGE / 8; i++) {
                sum |= memory.getAtIndex(ValueLayout.JAVA_LONG, i);
            }
            assertEquals(0, sum);
        });
    }

    @Test
    void bulkAccessesEndWithTheArena() throws InterruptedException {
        byte[] target = new byte[LARGE];
        MemorySegment other = MemorySegment.ofArray(new byte[LARGE]);
        closeUnder(memory -> {
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, target, 0, LARGE);
            assertEquals(-1, memory.mismatch(other));
            memory.fill((byte) 0);
        });
    }

    @Test
    void accessesOfABufferEndWithTheArena() throws InterruptedException {
        closeUnder(memory -> {
            ByteBuffer buffer = memory.asByteBuffer();
            while (buffer.hasRemaining()) {
                assertEquals(0, buffer.getLong());
            }
        });
    }

    private interface Use {
        void of(MemorySegment memory);
    }

    /** The memory is poisoned as soon as it is closed: who still reads it would see that. */
    private static void closeUnder(Use use) throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            Arena arena = Arena.ofShared();
            MemorySegment memory = arena.allocate(LARGE, 8);
            AtomicInteger uses = new AtomicInteger();
            List<TestThread> users =
                    TestThread.startAll(
                            3,
                            () ->
                                    assertThrows(
                                            IllegalStateException.class,
                                            () -> {
                                                while (true) {
                                                    use.of(memory);
                                                    uses.incrementAndGet();
                                                }
                                            }));
            Deadline.until("use", () -> uses.get() > 3);
            arena.close();
            try (Arena next = Arena.ofConfined()) {
                next.allocate(LARGE, 8).fill((byte) -1);
            }
            TestThread.finishAll(users);
        }
    }

    private static void assertClosed(MemorySegment memory) {
        assertFalse(memory.scope().isAlive());
        assertThrows(IllegalStateException.class, () -> memory.get(ValueLayout.JAVA_LONG, 0));
        assertThrows(IllegalStateException.class, () -> memory.fill((byte) 0));
        assertThrows(
                IllegalStateException.class,
                () -> memory.asSlice(0, 1).toArray(ValueLayout.JAVA_BYTE));
    }
}
