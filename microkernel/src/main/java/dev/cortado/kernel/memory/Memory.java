package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.cpu.SpinLock;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * The kernel's memory: the frame allocator, the page tables, the kernel heap and the free virtual
 * addresses, each call under {@link SpinLock#MEMORY}. Frames are zeroed and translations forgotten
 * without it.
 */
public final class Memory {
    /** Access of a mapping. */
    public static final int NONE = 0;

    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int EXECUTE = 4;

    /** Pages that one holding of the lock may change: for microseconds. */
    private static final long BATCH_BYTES = 64 * Frames.SIZE;

    /** What a stack has from the beginning, and gets more of when it grows, in bytes. */
    private static final long STACK_STEP = 4 * Frames.SIZE;

    private static final DirectMap PHYSICAL = new DirectMap();
    private static final BuddyAllocator FRAMES = new BuddyAllocator(PHYSICAL);
    private static final PageTable PAGES = new PageTable(PHYSICAL, FRAMES);
    private static final KernelHeap HEAP = new KernelHeap(PHYSICAL, FRAMES);
    private static final AddressRanges REGIONS =
            addresses(AddressSpace.REGIONS_BASE, AddressSpace.STACKS_BASE);
    private static final AddressRanges STACKS =
            addresses(AddressSpace.STACKS_BASE, AddressSpace.DIRECT_MAP_BASE);
    private static final AddressRanges DEVICES =
            addresses(AddressSpace.DEVICE_BASE, AddressSpace.DEVICE_BASE + (1L << 40));

    /** The part of the machine's memory, as a shift, that only stacks and the kernel may use up. */
    private static final int RESERVE_SHIFT = 6;

    private static final long MOST_RESERVED_FRAMES = 512;

    /** What {@link #withdrawFrame} leaves: stacks grow, and a collection copies what it keeps. */
    private static final long KEPT_FRAMES = 1024;

    private static Translations translations;
    private static MemoryMapping mapping;
    private static EarlyMapping earlyMapping;

    private Memory() {}

    private static AddressRanges addresses(long begin, long end) {
        return new AddressRanges(PHYSICAL, HEAP, begin, end);
    }

    /** Physical address of the top-level page table, for another CPU's CR3. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long pageMap() {
        return PAGES.root();
    }

    /** Called while the image is built: how to make all CPUs forget translations. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setTranslations(Translations chosen) {
        translations = chosen;
    }

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setTables(TableMemory chosen) {
        PAGES.setTables(chosen);
    }

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setMapping(MemoryMapping chosen) {
        mapping = chosen;
    }

    /** Called while the image is built, for a machine that needs one. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setEarlyMapping(EarlyMapping chosen) {
        earlyMapping = chosen;
    }

    /** What {@link EarlyMapping#map} does. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long mapEarly(long information) {
        return earlyMapping.map(information);
    }

    /** Page tables that exist already become the kernel's. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void adoptPageTables(long root, long tables) {
        PAGES.adopt(root, tables, cpuHasNoExecute());
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static Translations translations() {
        return translations;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static MemoryMapping mapping() {
        return mapping;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static BuddyAllocator frames() {
        return FRAMES;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static PageTable pages() {
        return PAGES;
    }

    /** Bytes of RAM that nobody has, with those that CPUs keep at hand. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long freeBytes() {
        return FRAMES.freeFrames() + FrameCache.heldFrames() << Frames.SHIFT;
    }

    /** Bytes of RAM that the kernel hands out: the machine's, less the image and page tables. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long totalBytes() {
        return FRAMES.totalFrames() << Frames.SHIFT;
    }

    /** Bytes of RAM that {@link #allocate} has, the free parts of its slabs included. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long kernelHeapBytes() {
        return HEAP.heldFrames() << Frames.SHIFT;
    }

    /** Bytes of RAM that the page tables have. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long pageTableBytes() {
        return PAGES.tables() << Frames.SHIFT;
    }

    /**
     * Takes a free frame of RAM away, for the hypervisor to give to another machine.
     *
     * @return its physical address, -1 if so little is free that this machine needs it
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long withdrawFrame() {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        boolean enough = FRAMES.freeFrames() > KEPT_FRAMES;
        long frame = enough ? FRAMES.withdraw() : BuddyAllocator.NONE;
        SpinLock.release(SpinLock.MEMORY, flags);
        return frame;
    }

    /** Gives back what {@link #withdrawFrame} returned; its contents may be anything. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void restoreFrame(long physical) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        FRAMES.restore(physical);
        SpinLock.release(SpinLock.MEMORY, flags);
    }

    /** Address of at least {@code bytes} bytes that are not zeroed, 0 if memory ran out. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long allocate(long bytes) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long physical = HEAP.allocate(bytes);
        SpinLock.release(SpinLock.MEMORY, flags);
        return physical == KernelHeap.NONE ? 0 : DirectMap.toVirtual(physical);
    }

    /** As {@link #allocate}, but zeroed. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static Pointer allocateZeroed(long bytes) {
        Pointer block = WordFactory.pointer(allocate(bytes));
        for (long i = 0; block.isNonNull() && i < bytes; i++) {
            block.writeByte(WordFactory.unsigned(i), (byte) 0);
        }
        return block;
    }

    /** Gives back what {@link #allocate} returned; false if {@code address} is not that. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean free(long address) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        boolean known = HEAP.free(DirectMap.toPhysical(address));
        SpinLock.release(SpinLock.MEMORY, flags);
        return known;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long usableBytes(long address) {
        return HEAP.usableBytes(DirectMap.toPhysical(address));
    }

    /** Reserves virtual addresses without memory behind them; 0 if there is no such range. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long reserve(long bytes, long alignment) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long begin =
                REGIONS.reserve(
                        Frames.roundUp(bytes, Frames.SIZE), Numbers.max(alignment, Frames.SIZE));
        SpinLock.release(SpinLock.MEMORY, flags);
        return begin == AddressRanges.NONE ? 0 : begin;
    }

    /** Uncommits and releases what {@link #reserve} returned, or a part of it. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean release(long begin, long bytes) {
        long size = Frames.roundUp(bytes, Frames.SIZE);
        uncommit(begin, size);
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        boolean released = REGIONS.release(begin, size);
        SpinLock.release(SpinLock.MEMORY, flags);
        return released;
    }

    /**
     * Puts zeroed memory behind [begin, begin + bytes), whole pages. Pages that have memory already
     * get new, zeroed contents and the new access. False if memory ran out: then nothing that was
     * added stays. A little stays free all the same: a heap that cannot grow is an exception, a
     * stack that cannot grow is the end.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean commit(long begin, long bytes, int access) {
        long reserved = Numbers.min(FRAMES.totalFrames() >> RESERVE_SHIFT, MOST_RESERVED_FRAMES);
        return FRAMES.freeFrames() - reserved >= bytes >>> Frames.SHIFT
                && commitAny(begin, bytes, access);
    }

    /** No change to page tables is under way; called while no other CPU runs. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void settleTables() {
        PAGES.finish();
    }

    /** CPUs know of all changes to page tables when this returns. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void finishTables() {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        PAGES.finish();
        SpinLock.release(SpinLock.MEMORY, flags);
    }

    /** As {@link #commit}, down to the last frame. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static boolean commitAny(long begin, long bytes, int access) {
        boolean changed = false;
        for (long done = 0; done < bytes; done += Frames.SIZE) {
            long frame = FrameCache.allocate();
            if (frame == BuddyAllocator.NONE) {
                uncommit(begin, done);
                return false;
            }
            long unused = commitPage(begin + done, frame, access);
            if (unused != BuddyAllocator.NONE) {
                FrameCache.free(unused);
                changed = true;
                if (!isCommitted(begin + done)) { // no memory for a page table
                    uncommit(begin, done);
                    return false;
                }
            }
        }
        finishTables();
        if (changed) {
            translations.forget(begin, bytes);
        }
        return true;
    }

    /**
     * Zeroed memory for one page: {@code frame}, or what the page has already.
     *
     * @return the frame if it was not needed, or could not be used, otherwise NONE
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long commitPage(long page, long frame, int access) {
        DirectMap.zeroFrame(frame);
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long entry = PAGES.entry(page);
        boolean used = false;
        if (entry == 0) {
            used = PAGES.map(page, frame, encode(access), Frames.SIZE);
        } else {
            PAGES.protect(page, encode(access));
        }
        SpinLock.release(SpinLock.MEMORY, flags);
        if (entry != 0) {
            DirectMap.zeroFrame(PageTable.frame(entry));
        }
        return used ? BuddyAllocator.NONE : frame;
    }

    /**
     * Takes the memory behind [begin, begin + bytes) away; pages without memory are passed over. A
     * frame is free only when no CPU can reach it any more, so: deny access, forget, free.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void uncommit(long begin, long bytes) {
        boolean any = false;
        for (long done = 0; done < bytes; done += BATCH_BYTES) {
            any |= denyAccess(begin + done, Numbers.min(BATCH_BYTES, bytes - done));
        }
        if (!any) {
            return;
        }
        translations.forget(begin, bytes);
        for (long page = begin; page < begin + bytes; page += Frames.SIZE) {
            long flags = SpinLock.acquire(SpinLock.MEMORY);
            long entry = PAGES.unmap(page);
            SpinLock.release(SpinLock.MEMORY, flags);
            if (entry != 0) {
                FrameCache.free(PageTable.frame(entry));
            }
        }
        freeTables(begin, bytes);
    }

    /** Whether there was anything. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static boolean denyAccess(long begin, long bytes) {
        boolean any = false;
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        for (long done = 0; done < bytes; done += Frames.SIZE) {
            any |= PAGES.protect(begin + done, PageTable.COMMITTED);
        }
        PAGES.finish();
        SpinLock.release(SpinLock.MEMORY, flags);
        return any;
    }

    /**
     * Page tables that [begin, begin + bytes) has left empty become free frames. Somebody else may
     * put memory next to it meanwhile, into a new table: see {@link #isPresent}.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void freeTables(long begin, long bytes) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long chain = PAGES.detachEmptyTables(begin, bytes);
        SpinLock.release(SpinLock.MEMORY, flags);
        if (chain == BuddyAllocator.NONE) {
            return;
        }
        // CPUs may remember where a table was (SDM vol. 3A, 4.10.3 "Paging-Structure Caches").
        translations.forget(begin, bytes);
        while (chain != BuddyAllocator.NONE) {
            long next = PAGES.nextDetached(chain);
            FrameCache.free(chain);
            chain = next;
        }
    }

    /**
     * Whether the tables have a page there that may be accessed. Called with interrupts off,
     * without the lock: until this CPU takes the interrupt that makes it forget them, no table is
     * reused.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean isPresent(long address) {
        return (PAGES.entry(address) & PageTable.PRESENT) != 0;
    }

    /** Changes the access of committed pages; false if one of them is not committed. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean protect(long begin, long bytes, int access) {
        boolean known = true;
        for (long done = 0; known && done < bytes; done += Frames.SIZE) {
            long flags = SpinLock.acquire(SpinLock.MEMORY);
            known = PAGES.protect(begin + done, encode(access));
            SpinLock.release(SpinLock.MEMORY, flags);
        }
        finishTables();
        translations.forget(begin, bytes);
        return known;
    }

    /**
     * A stack of {@code bytes} usable bytes with an unmapped page at both ends; 0 if memory ran
     * out.
     *
     * @param growing whether it has memory only at its upper end and gets more in {@link
     *     #growStack}; otherwise it has all from the beginning
     * @return lowest usable address
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long allocateStack(long bytes, boolean growing) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long region = STACKS.reserve(bytes + 2 * Frames.SIZE, Frames.SIZE);
        SpinLock.release(SpinLock.MEMORY, flags);
        if (region == AddressRanges.NONE) {
            return 0;
        }
        long begin = region + Frames.SIZE;
        long committed =
                growing && mapping.canGrowStacks() ? Numbers.min(STACK_STEP, bytes) : bytes;
        if (!commitAny(begin + bytes - committed, committed, READ | WRITE)) {
            releaseStackAddresses(region, bytes + 2 * Frames.SIZE);
            return 0;
        }
        return begin;
    }

    /**
     * Puts memory behind the page of a stack that was touched, and some further down. Called in a
     * page fault: no lock is held there, since taking one touches the stack first.
     *
     * @param begin lowest usable address of the stack
     * @return false if memory ran out
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean growStack(long begin, long touched) {
        long page = Frames.roundDown(touched, Frames.SIZE);
        long lowest = Numbers.max(begin, page - STACK_STEP + Frames.SIZE);
        for (long more = page; more >= lowest; more -= Frames.SIZE) {
            if (!isCommitted(more) && !commitAny(more, Frames.SIZE, READ | WRITE) && more == page) {
                return false;
            }
        }
        return true;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static boolean isCommitted(long page) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        boolean committed = PAGES.entry(page) != 0;
        SpinLock.release(SpinLock.MEMORY, flags);
        return committed;
    }

    /** Gives a stack back that {@link #allocateStack} returned. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void freeStack(long begin, long bytes) {
        uncommit(begin, bytes);
        releaseStackAddresses(begin - Frames.SIZE, bytes + 2 * Frames.SIZE);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void releaseStackAddresses(long region, long bytes) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        STACKS.release(region, bytes);
        SpinLock.release(SpinLock.MEMORY, flags);
    }

    /** Maps device memory, uncached; 0 if there is no memory for the page tables. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long mapDevice(long physical, long bytes) {
        long offset = physical & (Frames.SIZE - 1);
        long size = Frames.roundUp(offset + bytes, Frames.SIZE);
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long virtual = DEVICES.reserve(size, Frames.SIZE);
        boolean mapped =
                virtual != AddressRanges.NONE
                        && PAGES.mapRange(
                                virtual,
                                physical - offset,
                                size,
                                encode(READ | WRITE)
                                        | PageTable.CACHE_DISABLE
                                        | PageTable.WRITE_THROUGH,
                                Frames.SIZE);
        PAGES.finish();
        SpinLock.release(SpinLock.MEMORY, flags);
        return mapped ? virtual + offset : 0;
    }

    /** Page table flags of an access; memory that may not be accessed stays committed. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static long encode(int access) {
        if (access == NONE) {
            return PageTable.COMMITTED;
        }
        long flags = PageTable.PRESENT;
        if ((access & WRITE) != 0) {
            flags |= PageTable.WRITABLE;
        }
        if ((access & EXECUTE) == 0) {
            flags |= PageTable.NO_EXECUTE;
        }
        return flags;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    static boolean cpuHasNoExecute() {
        return CpuId.has(0x8000_0001, CpuId.EDX, CpuId.NX);
    }
}
