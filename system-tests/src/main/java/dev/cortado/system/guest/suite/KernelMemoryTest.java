package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.Memory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the kernel tells of its memory. */
final class KernelMemoryTest {
    private static final int MANY = 100;

    @BeforeAll
    static void inAGuest() {
        Guest.required();
    }

    /** CPUs keep some pages at hand: these are as free as the others. */
    @Test
    void pageThatIsCommittedIsOneFreePageLess() {
        long region = Memory.reserve(2 * Frames.SIZE, 2 * Frames.SIZE);
        assertTrue(Memory.commit(region, Frames.SIZE, Memory.READ | Memory.WRITE));
        int exact = 0;
        for (int i = 0; i < MANY; i++) {
            long before = Memory.freeBytes();
            long page = region + Frames.SIZE; // its table is there
            assertTrue(Memory.commit(page, Frames.SIZE, Memory.READ | Memory.WRITE));
            long committed = Memory.freeBytes();
            Memory.uncommit(page, Frames.SIZE);
            if (before - committed == Frames.SIZE && Memory.freeBytes() == before) {
                exact++;
            }
        }
        assertTrue(Memory.release(region, 2 * Frames.SIZE));
        assertTrue(exact >= MANY / 2, "other threads are not the reason: " + exact);
    }
}
