package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.cpu.Numbers;

/**
 * The kernel's memory: the frame allocator, the page tables, the kernel heap and the free virtual
 * addresses, each call under the kernel lock (interrupts off; one CPU).
 */
public final class Memory {
    /** Access of a mapping. */
    public static final int NONE = 0;

    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int EXECUTE = 4;

    private static final int HOLES = 1024;

    private static final DirectMap PHYSICAL = new DirectMap();
    private static final BuddyAllocator FRAMES = new BuddyAllocator(PHYSICAL);
    private static final PageTable PAGES = new PageTable(PHYSICAL, FRAMES);
    private static final KernelHeap HEAP = new KernelHeap(PHYSICAL, FRAMES);
    private static final AddressRanges REGIONS =
            new AddressRanges(AddressSpace.REGIONS_BASE, AddressSpace.STACKS_BASE, HOLES);
    private static final AddressRanges STACKS =
            new AddressRanges(AddressSpace.STACKS_BASE, AddressSpace.DIRECT_MAP_BASE, HOLES);
    private static final AddressRanges DEVICES =
            new AddressRanges(AddressSpace.DEVICE_BASE, AddressSpace.DEVICE_BASE + (1L << 40), 64);

    private Memory() {}

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static BuddyAllocator frames() {
        return FRAMES;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static PageTable pages() {
        return PAGES;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long freeBytes() {
        return FRAMES.freeFrames() << Frames.SHIFT;
    }

    /** Bytes of RAM that the kernel hands out: the machine's, less the image and page tables. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long totalBytes() {
        return FRAMES.totalFrames() << Frames.SHIFT;
    }

    /** Address of at least {@code bytes} bytes that are not zeroed, 0 if memory ran out. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long allocate(long bytes) {
        long flags = Cpu.disableInterrupts();
        long physical = HEAP.allocate(bytes);
        Cpu.restoreInterrupts(flags);
        return physical == KernelHeap.NONE ? 0 : DirectMap.toVirtual(physical);
    }

    /** Gives back what {@link #allocate} returned; false if {@code address} is not that. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean free(long address) {
        long flags = Cpu.disableInterrupts();
        boolean known = HEAP.free(DirectMap.toPhysical(address));
        Cpu.restoreInterrupts(flags);
        return known;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long usableBytes(long address) {
        return HEAP.usableBytes(DirectMap.toPhysical(address));
    }

    /** Reserves virtual addresses without memory behind them; 0 if there is no such range. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long reserve(long bytes, long alignment) {
        long flags = Cpu.disableInterrupts();
        long begin =
                REGIONS.reserve(
                        Frames.roundUp(bytes, Frames.SIZE), Numbers.max(alignment, Frames.SIZE));
        Cpu.restoreInterrupts(flags);
        return begin == AddressRanges.NONE ? 0 : begin;
    }

    /** Uncommits and releases what {@link #reserve} returned, or a part of it. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean release(long begin, long bytes) {
        long size = Frames.roundUp(bytes, Frames.SIZE);
        uncommit(begin, size);
        long flags = Cpu.disableInterrupts();
        boolean released =
                begin >= AddressSpace.REGIONS_BASE
                        && begin < AddressSpace.STACKS_BASE
                        && REGIONS.release(begin, size);
        Cpu.restoreInterrupts(flags);
        return released;
    }

    /**
     * Puts zeroed memory behind [begin, begin + bytes), whole pages. Pages that have memory already
     * get new, zeroed contents and the new access. False if memory ran out: then nothing that was
     * added stays.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean commit(long begin, long bytes, int access) {
        for (long done = 0; done < bytes; done += Frames.SIZE) {
            if (!commitPage(begin + done, access)) {
                uncommit(begin, done);
                return false;
            }
        }
        return true;
    }

    /** One page at a time, so that interrupts are never off for long. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static boolean commitPage(long page, int access) {
        long flags = Cpu.disableInterrupts();
        boolean done = false;
        long entry = PAGES.entry(page);
        if (entry != 0) {
            DirectMap.zeroFrame(PageTable.frame(entry));
            done = PAGES.protect(page, encode(access));
            Cpu.invalidatePage(page);
        } else {
            long frame = FRAMES.allocate(0);
            if (frame != BuddyAllocator.NONE) {
                DirectMap.zeroFrame(frame);
                done = PAGES.map(page, frame, encode(access), Frames.SIZE);
                if (!done) {
                    FRAMES.free(frame, 0);
                }
            }
        }
        Cpu.restoreInterrupts(flags);
        return done;
    }

    /**
     * Takes the memory behind [begin, begin + bytes) away; pages without memory are passed over.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void uncommit(long begin, long bytes) {
        for (long done = 0; done < bytes; done += Frames.SIZE) {
            long flags = Cpu.disableInterrupts();
            long entry = PAGES.unmap(begin + done);
            if (entry != 0) {
                Cpu.invalidatePage(begin + done);
                FRAMES.free(PageTable.frame(entry), 0);
            }
            Cpu.restoreInterrupts(flags);
        }
    }

    /** Changes the access of committed pages; false if one of them is not committed. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean protect(long begin, long bytes, int access) {
        for (long done = 0; done < bytes; done += Frames.SIZE) {
            long flags = Cpu.disableInterrupts();
            boolean known = PAGES.protect(begin + done, encode(access));
            Cpu.invalidatePage(begin + done);
            Cpu.restoreInterrupts(flags);
            if (!known) {
                return false;
            }
        }
        return true;
    }

    /**
     * A stack of {@code bytes} usable bytes with an unmapped page at both ends; 0 if memory ran
     * out.
     *
     * @return lowest usable address
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long allocateStack(long bytes) {
        long flags = Cpu.disableInterrupts();
        long region = STACKS.reserve(bytes + 2 * Frames.SIZE, Frames.SIZE);
        Cpu.restoreInterrupts(flags);
        if (region == AddressRanges.NONE) {
            return 0;
        }
        if (!commit(region + Frames.SIZE, bytes, READ | WRITE)) {
            releaseStackAddresses(region, bytes + 2 * Frames.SIZE);
            return 0;
        }
        return region + Frames.SIZE;
    }

    /** Gives a stack back that {@link #allocateStack} returned. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void freeStack(long begin, long bytes) {
        uncommit(begin, bytes);
        releaseStackAddresses(begin - Frames.SIZE, bytes + 2 * Frames.SIZE);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void releaseStackAddresses(long region, long bytes) {
        long flags = Cpu.disableInterrupts();
        STACKS.release(region, bytes);
        Cpu.restoreInterrupts(flags);
    }

    /** Maps device memory, uncached; 0 if there is no memory for the page tables. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long mapDevice(long physical, long bytes) {
        long offset = physical & (Frames.SIZE - 1);
        long size = Frames.roundUp(offset + bytes, Frames.SIZE);
        long flags = Cpu.disableInterrupts();
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
        Cpu.restoreInterrupts(flags);
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
