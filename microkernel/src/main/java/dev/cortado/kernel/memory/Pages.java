package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.cpu.SpinLock;

/**
 * Memory behind virtual addresses: which pages have some, and what may be done with it. Changes are
 * made under {@link SpinLock#MEMORY}, a few pages at a time; frames are zeroed and translations
 * forgotten without it.
 */
public final class Pages {
    /** Pages that one holding of the lock may change: for microseconds. */
    private static final int BATCH = 64;

    /** Tables that one holding of the lock may look through. */
    private static final long TABLES_BYTES = 4 * Frames.LARGE_SIZE;

    private Pages() {}

    /**
     * Puts zeroed memory behind [begin, begin + bytes), whole pages. Pages that have memory already
     * get new, zeroed contents and the new access. False if memory ran out, less what is kept for
     * those that cannot fail: then nothing that was added stays.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean commit(long begin, long bytes, int access) {
        return FramePool.hasSmall(bytes) && commitAny(begin, bytes, access);
    }

    /** As {@link #commit}, down to the last frame. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static boolean commitAny(long begin, long bytes, int access) {
        if (!populate(begin, bytes, PageAccess.encode(access), Frames.SIZE, 0)) {
            return false;
        }
        for (long page = begin; page < begin + bytes; page += Frames.SIZE) {
            long flags = SpinLock.acquire(SpinLock.MEMORY);
            long frame = PageTable.frame(Memory.pages().entry(page));
            SpinLock.release(SpinLock.MEMORY, flags);
            DirectMap.zeroFrame(frame);
        }
        return true;
    }

    /**
     * Puts memory behind pages that have none, not zeroed, to be read and written, in the largest
     * pages that fit. False if memory ran out: then nothing that was added stays. To be taken away
     * as it was put there, not in parts.
     *
     * @param kept frames that are left free: whoever has found before that there are more may not
     *     have been the only one
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean commitRaw(long begin, long bytes, long kept) {
        int access = PageAccess.READ | PageAccess.WRITE;
        return populate(begin, bytes, PageAccess.encode(access), largestPage(bytes), kept);
    }

    /** The size of the largest page that so many bytes may have. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static long largestPage(long bytes) {
        return bytes >= Frames.LARGE_SIZE && MachineMemory.mapping().hasLargePages()
                ? Frames.LARGE_SIZE
                : Frames.SIZE;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static boolean populate(long begin, long bytes, long access, long largest, long kept) {
        long end = begin + bytes;
        boolean changed = false;
        long page = begin;
        while (page < end) {
            if (largest > Frames.SIZE && mapLarge(page, end, access, kept)) {
                page += Frames.LARGE_SIZE;
                continue;
            }
            long reached = populateBatch(page, end, access, kept);
            changed |= (reached & 1) != 0;
            reached &= ~1;
            if (reached == page) {
                uncommit(begin, page - begin);
                return false;
            }
            page = reached;
        }
        if (changed) {
            MachineMemory.translations().forget(begin, bytes);
        }
        return true;
    }

    /** False if it is not such a page, or there is no such block. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static boolean mapLarge(long page, long end, long access, long kept) {
        if (!Frames.isAligned(page, Frames.LARGE_SIZE) || end - page < Frames.LARGE_SIZE) {
            return false;
        }
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        boolean mapped = false;
        long left = Memory.frames().freeFrames() - (1L << Frames.LARGE_ORDER);
        if (left >= kept && Memory.pages().isVacant(page)) {
            long block = Memory.frames().allocate(Frames.LARGE_ORDER);
            if (block != BuddyAllocator.NONE) {
                mapped = Memory.pages().map(page, block, access, Frames.LARGE_SIZE);
                if (!mapped) {
                    Memory.frames().free(block, Frames.LARGE_ORDER);
                }
            }
        }
        SpinLock.release(SpinLock.MEMORY, flags);
        return mapped;
    }

    /**
     * Some pages of [begin, end) have memory and this access.
     *
     * @return up to where; bit 0 is set if one of them had memory already
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long populateBatch(long begin, long end, long access, long kept) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long limit = Numbers.min(end, begin + BATCH * Frames.SIZE);
        if (Frames.roundDown(limit, Frames.LARGE_SIZE) > begin) {
            limit = Frames.roundDown(limit, Frames.LARGE_SIZE); // a large page may fit there
        }
        long page = begin;
        long changed = 0;
        while (page < limit) {
            if (Memory.pages().protect(page, access)) {
                changed = 1;
            } else if (!populatePage(page, access, kept)) {
                break;
            }
            page += Frames.SIZE;
        }
        Memory.pages().finish();
        SpinLock.release(SpinLock.MEMORY, flags);
        return page | changed;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static boolean populatePage(long page, long access, long kept) {
        boolean isLeft = Memory.frames().freeFrames() > kept;
        long frame = isLeft ? Memory.frames().allocate(0) : BuddyAllocator.NONE;
        if (frame == BuddyAllocator.NONE) {
            return false;
        }
        if (!Memory.pages().map(page, frame, access, Frames.SIZE)) {
            Memory.frames().free(frame, 0);
            return false;
        }
        return true;
    }

    /**
     * Takes the memory behind [begin, begin + bytes) away; pages without memory, and large pages
     * that are not in it as a whole, are passed over. A frame is free only when no CPU can reach it
     * any more, so: deny access, forget, free.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void uncommit(long begin, long bytes) {
        long end = begin + bytes;
        boolean any = false;
        for (long page = begin; page < end; page &= ~1) {
            page = denyBatch(page, end);
            any |= (page & 1) != 0;
        }
        if (!any) {
            return;
        }
        MachineMemory.translations().forget(begin, bytes);
        for (long page = begin; page < end; ) {
            page = freeBatch(page, end);
        }
        freeTables(begin, bytes);
    }

    /** Returns up to where; bit 0 is set if there was anything. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long denyBatch(long begin, long end) {
        long any = 0;
        long page = begin;
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        for (int i = 0; i < BATCH && page < end; i++) {
            long size = PageTable.size(Memory.pages().entry(page));
            if (isWhole(page, end, size) && Memory.pages().protect(page, PageTable.COMMITTED)) {
                any = 1;
            }
            page = Frames.roundDown(page, size) + size;
        }
        Memory.pages().finish();
        SpinLock.release(SpinLock.MEMORY, flags);
        return Numbers.min(page, end) | any;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long freeBatch(long begin, long end) {
        long page = begin;
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        for (int i = 0; i < BATCH && page < end; i++) {
            long size = PageTable.size(Memory.pages().entry(page));
            long entry = isWhole(page, end, size) ? Memory.pages().unmap(page) : 0;
            if (entry != 0) {
                int order = size == Frames.SIZE ? 0 : Frames.LARGE_ORDER;
                Memory.frames().free(PageTable.frame(entry), order);
            }
            page = Frames.roundDown(page, size) + size;
        }
        SpinLock.release(SpinLock.MEMORY, flags);
        return Numbers.min(page, end);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static boolean isWhole(long page, long end, long size) {
        return Frames.isAligned(page, size) && end - page >= size;
    }

    /**
     * Page tables that [begin, begin + bytes) has left empty become free frames. Somebody else may
     * put memory next to it meanwhile, into a new table: see {@link #isPresent}.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static void freeTables(long begin, long bytes) {
        long end = begin + bytes;
        long chain = BuddyAllocator.NONE;
        for (long from = begin; from < end; ) {
            long to = Numbers.min(end, Frames.roundDown(from, TABLES_BYTES) + TABLES_BYTES);
            long flags = SpinLock.acquire(SpinLock.MEMORY);
            chain = Memory.pages().detachEmptyTables(from, to - from, chain);
            SpinLock.release(SpinLock.MEMORY, flags);
            from = to;
        }
        if (chain == BuddyAllocator.NONE) {
            return;
        }
        // CPUs may remember where a table was (SDM vol. 3A, 4.10.3 "Paging-Structure Caches").
        MachineMemory.translations().forgetTables(begin, bytes);
        while (chain != BuddyAllocator.NONE) {
            long next = Memory.pages().nextDetached(chain);
            FramePool.free(chain, 0);
            chain = next;
        }
    }

    /** Changes the access of committed pages; false if one of them is not committed. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean protect(long begin, long bytes, int access) {
        boolean known = true;
        long page = begin;
        while (known && page < begin + bytes) {
            long flags = SpinLock.acquire(SpinLock.MEMORY);
            for (int i = 0; known && i < BATCH && page < begin + bytes; i++) {
                known = Memory.pages().protect(page, PageAccess.encode(access));
                page += Frames.SIZE;
            }
            Memory.pages().finish();
            SpinLock.release(SpinLock.MEMORY, flags);
        }
        MachineMemory.translations().forget(begin, bytes);
        return known;
    }

    /** No change to page tables is under way; called while no other CPU runs. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void settle() {
        Memory.pages().finish();
    }

    /**
     * Whether the tables have a page there that may be accessed. Called with interrupts off,
     * without the lock: until this CPU takes the interrupt that makes it forget them, no table is
     * reused.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean isPresent(long address) {
        return (Memory.pages().entry(address) & PageTable.PRESENT) != 0;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    static boolean isCommitted(long page) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        boolean committed = Memory.pages().entry(page) != 0;
        SpinLock.release(SpinLock.MEMORY, flags);
        return committed;
    }
}
