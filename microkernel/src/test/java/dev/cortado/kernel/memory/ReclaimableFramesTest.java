package dev.cortado.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ReclaimableFramesTest {
    private static final int COUNT = 128;
    private static final long BEGIN = HostMemory.BASE + 4 * Frames.SIZE;
    private static final long END = BEGIN + COUNT * Frames.SIZE;

    private final HostMemory memory = new HostMemory(END);
    private final BuddyAllocator allocator = new BuddyAllocator(memory);
    private final ReclaimableFrames frames = new ReclaimableFrames(memory, allocator);

    @BeforeEach
    void begin() {
        allocator.initialize(HostMemory.BASE, BEGIN, END);
        allocator.addRange(BEGIN, END);
        frames.placeTable(HostMemory.BASE + 2 * Frames.SIZE, COUNT);
        allocator.setReserve(frames);
    }

    private int exposed(int order) {
        int slot = frames.take(order, 0);
        assertTrue(slot != ReclaimableFrames.NONE);
        frames.expose(slot);
        return slot;
    }

    private int allocateAll() {
        int count = 0;
        while (allocator.allocate(0) != BuddyAllocator.NONE) {
            count++;
        }
        return count;
    }

    @Test
    void whatCanBeHadAgainCountsAsFree() {
        int kept = frames.take(0, 0);
        assertEquals(COUNT - 1, allocator.freeFrames());
        int slot = exposed(2);
        assertEquals(COUNT - 1, allocator.freeFrames());
        assertEquals(COUNT - 5, allocator.unusedFrames());
        frames.expose(kept);
        assertEquals(COUNT, allocator.freeFrames());
        assertTrue(frames.claim(slot));
        assertEquals(COUNT - 4, allocator.freeFrames());
        assertTrue(frames.leave(slot));
        frames.giveBack(slot);
        assertEquals(COUNT, allocator.freeFrames());
    }

    @Test
    void theAllocatorTakesItWhenNothingElseIsFree() {
        int kept = frames.take(0, 0);
        int pinned = exposed(0);
        assertTrue(frames.pin(pinned, false));
        int idle = exposed(3);
        assertEquals(COUNT - 2, allocateAll());
        assertTrue(frames.isGone(idle));
        assertFalse(frames.pin(idle, false));
        assertFalse(frames.claim(idle));
        assertFalse(frames.isGone(kept));
        assertFalse(frames.isGone(pinned));
        assertFalse(frames.unpin(pinned));
        assertEquals(1, allocateAll());
        assertEquals(0, allocator.freeFrames());
    }

    /** What was used since the hand came by stays longer. */
    @Test
    void whatIsUsedGoesLast() {
        List<Integer> slots = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            slots.add(exposed(0));
        }
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < COUNT; i += 3) {
            assertTrue(frames.pin(slots.get(i), true));
            assertFalse(frames.unpin(slots.get(i)));
            used.add(slots.get(i));
        }
        for (int i = 0; i < COUNT - used.size() - 40; i++) {
            allocator.allocate(0);
        }
        used.forEach(slot -> assertFalse(frames.isGone(slot)));
    }

    /** Who asks for more frames side by side can do without, and does not cost others theirs. */
    @Test
    void forOneFrameOnlyIsAnythingTaken() {
        while (frames.take(0, 0) != ReclaimableFrames.NONE) {}
        for (int slot = 0; slot < COUNT; slot++) {
            frames.expose(slot);
        }
        assertEquals(BuddyAllocator.NONE, allocator.allocate(1));
        assertEquals(COUNT, frames.frames());
        assertTrue(allocator.reclaim());
        assertTrue(allocator.allocate(1) != BuddyAllocator.NONE);
    }

    @Test
    void aBlockThatIsInUseIsGivenBackByWhoUsesItLast() {
        int slot = exposed(0);
        assertTrue(frames.pin(slot, true));
        assertTrue(frames.pin(slot, true));
        assertFalse(frames.leave(slot));
        assertFalse(frames.pin(slot, true));
        assertEquals(COUNT - 1, allocator.freeFrames());
        assertFalse(frames.unpin(slot));
        assertTrue(frames.unpin(slot));
        frames.giveBack(slot);
        assertEquals(COUNT, allocator.unusedFrames());
        assertEquals(slot, frames.take(0, 0), "a slot is used again");
    }

    @Test
    void someFramesStayFree() {
        assertEquals(ReclaimableFrames.NONE, frames.take(0, COUNT));
        assertEquals(ReclaimableFrames.NONE, frames.take(1, COUNT - 1));
        assertTrue(frames.take(0, COUNT - 1) != ReclaimableFrames.NONE);
    }

    @Test
    void aSlotThatIsGoneIsGivenBackWithoutItsFrames() {
        int slot = exposed(0);
        assertEquals(COUNT, allocateAll());
        assertTrue(frames.leave(slot));
        frames.giveBack(slot);
        assertEquals(0, allocator.freeFrames());
    }

    /** Nobody's memory waits for a hand that goes around and around. */
    @Test
    void whatIsUsedAllTheTimeGoesAsWell() {
        for (int i = 0; i < COUNT; i++) {
            int slot = exposed(0);
            assertTrue(frames.pin(slot, true));
            assertFalse(frames.unpin(slot));
        }
        assertEquals(COUNT, allocateAll());
    }

    /** Two owners of copies, and one who wants memory for something else. */
    @Test
    void nobodyHasWhatAnotherHas() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> owners = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            Random random = new Random(i);
            owners.add(start(failure, () -> own(random)));
        }
        Thread other = start(failure, () -> takeAndGive(isOver));
        for (Thread owner : owners) {
            owner.join();
        }
        isOver.set(true);
        other.join();
        assertNull(failure.get());
        assertEquals(COUNT, allocator.unusedFrames());
        assertEquals(COUNT, allocator.freeFrames());
    }

    private static Thread start(AtomicReference<Throwable> failure, Runnable action) {
        return Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        action.run();
                    } catch (Throwable e) {
                        failure.compareAndSet(null, e);
                    }
                });
    }

    private void own(Random random) {
        List<Integer> slots = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            int chosen = slots.isEmpty() ? 0 : random.nextInt(slots.size());
            int what = random.nextInt(8);
            if (what < 2 || slots.isEmpty()) {
                make(slots);
            } else if (what == 2) {
                leave(slots.remove(chosen));
            } else if (what == 3) {
                if (frames.claim(slots.get(chosen))) {
                    check(slots.get(chosen));
                    frames.expose(slots.get(chosen));
                }
            } else {
                use(slots.get(chosen), what == 4);
            }
        }
        slots.forEach(this::leave);
    }

    private void make(List<Integer> slots) {
        int slot;
        synchronized (allocator) {
            slot = frames.take(0, 4);
        }
        if (slot != ReclaimableFrames.NONE) {
            memory.writeLong(frames.address(slot), slot);
            frames.expose(slot);
            slots.add(slot);
        }
    }

    private void use(int slot, boolean isKept) {
        if (!frames.pin(slot, true)) {
            return;
        }
        check(slot);
        if (isKept) {
            frames.keep(slot);
        }
        boolean isLast = frames.unpin(slot);
        assertFalse(isLast);
        if (isKept) {
            check(slot);
            frames.expose(slot);
        }
    }

    private void check(int slot) {
        assertEquals(slot, memory.readLongAcquire(frames.address(slot)));
    }

    private void leave(int slot) {
        if (frames.leave(slot)) {
            synchronized (allocator) {
                frames.giveBack(slot);
            }
        }
    }

    private void takeAndGive(AtomicBoolean isOver) {
        Random random = new Random(7);
        List<Long> taken = new ArrayList<>();
        while (!isOver.get()) {
            int wanted = random.nextInt(COUNT);
            while (taken.size() < wanted) {
                synchronized (allocator) {
                    long frame = allocator.allocate(0);
                    if (frame == BuddyAllocator.NONE) {
                        break;
                    }
                    memory.writeLong(frame, -1);
                    taken.add(frame);
                }
            }
            giveBack(taken, wanted);
        }
        giveBack(taken, 0);
    }

    private void giveBack(List<Long> taken, int left) {
        while (taken.size() > left) {
            synchronized (allocator) {
                allocator.free(taken.removeLast(), 0);
            }
        }
    }
}
