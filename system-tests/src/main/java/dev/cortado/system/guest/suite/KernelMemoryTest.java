package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.FramePool;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.PageAccess;
import dev.cortado.kernel.memory.Pages;
import dev.cortado.kernel.memory.Regions;
import dev.cortado.kernel.memory.VirtualMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Memory that goes back to the kernel, and with it what kept track of it. */
final class KernelMemoryTest {
    private static final int MANY = 100;
    private static final long FAR_APART = Frames.LARGE_SIZE / 2;

    /** What other threads may need meanwhile, in bytes. */
    private static final long LITTLE = 8 * Frames.SIZE;

    @BeforeAll
    static void inAGuest() {
        Guest.required();
    }

    @Test
    void regionsTakeTheirPageTablesAlong() {
        long before = Memory.pageTableBytes();
        List<Long> regions = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            long region = Regions.reserve(FAR_APART, FAR_APART);
            assertTrue(Pages.commit(region, Frames.SIZE, PageAccess.READ | PageAccess.WRITE));
            regions.add(region);
        }
        long full = Memory.pageTableBytes();
        // Two share a table, and a few of the tables may be there already.
        assertTrue(full - before >= MANY / 4 * Frames.SIZE, before + ", then " + full);
        for (long region : regions) {
            assertTrue(Regions.release(region, FAR_APART));
        }
        long after = Memory.pageTableBytes();
        assertTrue(after - before <= LITTLE, before + ", then " + after);
    }

    @Test
    void stacksTakeTheirPageTablesAlong() throws InterruptedException {
        long before = Memory.pageTableBytes();
        CountDownLatch go = new CountDownLatch(1);
        List<TestThread> threads = TestThread.startAll(MANY, () -> Deadline.await(go));
        long full = Memory.pageTableBytes();
        assertTrue(full - before >= MANY / 4 * Frames.SIZE, before + ", then " + full);
        go.countDown();
        TestThread.finishAll(threads);
        // A thread has its stack for a moment longer than its last words.
        Deadline.until("end of page tables", () -> Memory.pageTableBytes() - before <= LITTLE);
    }

    /** Of pages of 2 MiB where they fit; they take no more than they need. */
    @Test
    void largeBlocksComeAndGo() {
        int bytes = (5 << 20) + 12_345;
        assertEquals(0, Memory.allocate(Long.MAX_VALUE));
        assertEquals(0, Memory.allocate(-1));
        assertEquals(0, Memory.allocate(Memory.totalBytes()));
        Deadline.until("other threads are not the reason", () -> isFreedInWhole(bytes));
    }

    private static boolean isFreedInWhole(int bytes) {
        long free = Memory.freeBytes();
        long block = Memory.allocate(bytes);
        assertTrue(block != 0);
        assertEquals(0, block % 16);
        assertTrue(Memory.usableBytes(block) >= bytes);
        long taken = free - Memory.freeBytes();
        VirtualMemory memory = new VirtualMemory();
        for (int at = 0; at < bytes - 8; at += 1024) {
            memory.writeLong(block + at, at * 31L);
        }
        for (int at = 0; at < bytes - 8; at += 1024) {
            assertEquals(at * 31L, memory.readLong(block + at));
        }
        assertFalse(Memory.free(block + Frames.SIZE), "not where it begins");
        assertTrue(Memory.free(block));
        assertFalse(Memory.free(block), "twice");
        return taken < bytes + (64 << 10) && Memory.freeBytes() == free;
    }

    /** As devices want them. */
    @Test
    void framesBelowALimit() {
        long limit = 256 << 20;
        long block = FramePool.allocate(3, limit);
        assertTrue(block > 0 && block + 8 * Frames.SIZE <= limit, "at " + block);
        assertEquals(0, block % (8 * Frames.SIZE));
        FramePool.free(block, 3);
        assertEquals(FramePool.NONE, FramePool.allocate(0, 0));
        assertEquals(FramePool.NONE, FramePool.allocate(-1, FramePool.NO_LIMIT));
        assertEquals(FramePool.NONE, FramePool.allocate(40, FramePool.NO_LIMIT));
    }

    @Test
    void pageThatIsCommittedIsOneFreePageLess() {
        long region = Regions.reserve(2 * Frames.SIZE, 2 * Frames.SIZE);
        assertTrue(Pages.commit(region, Frames.SIZE, PageAccess.READ | PageAccess.WRITE));
        long page = region + Frames.SIZE; // its table is there
        // Threads of an earlier test may still be giving their stacks back.
        Deadline.until("other threads are not the reason", () -> exact(page) >= MANY / 2);
        assertTrue(Regions.release(region, 2 * Frames.SIZE));
    }

    /** Of {@link #MANY} times, how often it was exactly one page. */
    private static int exact(long page) {
        int exact = 0;
        for (int i = 0; i < MANY; i++) {
            long before = Memory.freeBytes();
            assertTrue(Pages.commit(page, Frames.SIZE, PageAccess.READ | PageAccess.WRITE));
            long committed = Memory.freeBytes();
            Pages.uncommit(page, Frames.SIZE);
            if (before - committed == Frames.SIZE && Memory.freeBytes() == before) {
                exact++;
            }
        }
        return exact;
    }
}
