package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.Memory;
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
            long region = Memory.reserve(FAR_APART, FAR_APART);
            assertTrue(Memory.commit(region, Frames.SIZE, Memory.READ | Memory.WRITE));
            regions.add(region);
        }
        long full = Memory.pageTableBytes();
        // Two share a table, and a few of the tables may be there already.
        assertTrue(full - before >= MANY / 4 * Frames.SIZE, before + ", then " + full);
        for (long region : regions) {
            assertTrue(Memory.release(region, FAR_APART));
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

    /** CPUs keep some pages at hand: these are as free as the others. */
    @Test
    void pageThatIsCommittedIsOneFreePageLess() {
        long region = Memory.reserve(2 * Frames.SIZE, 2 * Frames.SIZE);
        assertTrue(Memory.commit(region, Frames.SIZE, Memory.READ | Memory.WRITE));
        long page = region + Frames.SIZE; // its table is there
        // Threads of an earlier test may still be giving their stacks back.
        Deadline.until("other threads are not the reason", () -> exact(page) >= MANY / 2);
        assertTrue(Memory.release(region, 2 * Frames.SIZE));
    }

    /** Of {@link #MANY} times, how often it was exactly one page. */
    private static int exact(long page) {
        int exact = 0;
        for (int i = 0; i < MANY; i++) {
            long before = Memory.freeBytes();
            assertTrue(Memory.commit(page, Frames.SIZE, Memory.READ | Memory.WRITE));
            long committed = Memory.freeBytes();
            Memory.uncommit(page, Frames.SIZE);
            if (before - committed == Frames.SIZE && Memory.freeBytes() == before) {
                exact++;
            }
        }
        return exact;
    }
}
