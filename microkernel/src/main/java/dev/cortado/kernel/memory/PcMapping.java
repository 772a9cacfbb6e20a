package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.image.ImageLayout;

/**
 * From the early page tables, which map the first 4 GiB for everything, to the kernel's own: only
 * what exists, nothing both writable and executable, page 0 unmapped.
 */
public final class PcMapping implements MemoryMapping {
    /** Below it are the BIOS's data and, for later CPUs, the start-up code: not handed out. */
    private static final long LOW_MEMORY = 0x10_0000;

    private static final long CR0_WRITE_PROTECT = 1 << 16;
    private static final long CR4_GLOBAL_PAGES = 1 << 7;
    private static final long CR4_UMIP = 1 << 11;
    private static final long CR4_SMEP = 1 << 20;
    private static final long CR4_SMAP = 1 << 21;

    private static final int SHARED_NUMBERS = 4;

    /** Pairs of begin and end of what {@link #share} has been told. */
    private static final long[] SHARED = new long[SHARED_NUMBERS];

    private static int sharedCount;

    /**
     * Tells of physical addresses that are not RAM and yet hold pages that are shared with the
     * hypervisor: they will be in the direct map, too. Called before {@link #map}.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void share(long begin, long end) {
        SHARED[sharedCount++] = begin;
        SHARED[sharedCount++] = end;
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long lowest() {
        return LOW_MEMORY;
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long mappedEarly() {
        return AddressSpace.EARLY_MAPPED_SIZE;
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean map(MemoryMap ram) {
        if (!Memory.pages().initialize(MachineMemory.cpuHasNoExecute()) || !mapAll(ram)) {
            return false;
        }
        activateProcessor();
        return true;
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean hasLargePages() {
        return true;
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean canGrowStacks() {
        return true;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static boolean mapAll(MemoryMap map) {
        boolean huge = CpuId.has(0x8000_0001, CpuId.EDX, CpuId.GIGABYTE_PAGES);
        long largest = huge ? Frames.HUGE_SIZE : Frames.LARGE_SIZE;
        long data = PageAccess.encode(PageAccess.READ | PageAccess.WRITE) | PageTable.GLOBAL;
        long constants = PageAccess.encode(PageAccess.READ) | PageTable.GLOBAL;
        long code = PageAccess.encode(PageAccess.READ | PageAccess.EXECUTE) | PageTable.GLOBAL;
        boolean done = true;
        for (int i = 0; i < map.count(); i++) {
            long begin = Numbers.max(map.begin(i), LOW_MEMORY);
            if (begin < map.end(i)) {
                done &= mapDirect(begin, map.end(i), data, largest);
            }
        }
        for (int i = 0; i < sharedCount; i += 2) {
            done &= mapDirect(SHARED[i], SHARED[i + 1], data, Frames.SIZE);
        }
        done &= mapSame(ImageLayout.rodataBegin, ImageLayout.rodataEnd, constants);
        done &= mapSame(ImageLayout.textBegin, ImageLayout.textEnd, code);
        done &= mapSame(ImageLayout.dataBegin, ImageLayout.bootStackBegin - Frames.SIZE, data);
        done &= mapSame(ImageLayout.bootStackBegin, ImageLayout.bootStackEnd, data);
        done &= mapSame(ImageLayout.bootStackEnd + Frames.SIZE, ImageLayout.dataEnd, data);
        done &= mapHeap(ImageLayout.heapBegin, ImageLayout.heapWritableBegin, constants);
        done &= mapHeap(ImageLayout.heapWritableBegin, ImageLayout.heapWritableEnd, data);
        done &= mapHeap(ImageLayout.heapWritableEnd, ImageLayout.heapEnd, constants);
        return done;
    }

    /** The image in the direct map is read-only wherever it is in its own place. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static boolean mapDirect(long begin, long end, long flags, long largest) {
        long imageBegin = Numbers.max(begin, ImageLayout.physicalBegin);
        long imageEnd = Numbers.min(end, ImageLayout.physicalEnd);
        if (imageBegin >= imageEnd) {
            return Memory.pages()
                    .mapRange(DirectMap.toVirtual(begin), begin, end - begin, flags, largest);
        }
        boolean done = true;
        if (begin < imageBegin) {
            done = mapDirect(begin, imageBegin, flags, largest);
        }
        if (imageEnd < end) {
            done &= mapDirect(imageEnd, end, flags, largest);
        }
        return done;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static boolean mapSame(long begin, long end, long flags) {
        return Memory.pages().mapRange(begin, begin, end - begin, flags, Frames.LARGE_SIZE);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static boolean mapHeap(long begin, long end, long flags) {
        long physical = ImageLayout.heapPhysical + (begin - ImageLayout.heapBegin);
        return Memory.pages().mapRange(begin, physical, end - begin, flags, Frames.LARGE_SIZE);
    }

    /** The CPU keeps to the tables in ring 0 too. */
    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void activateProcessor() {
        long cr4 = Cpu.readCr4();
        if (CpuId.has(7, CpuId.EBX, CpuId.SMAP)) {
            cr4 |= CR4_SMAP;
        }
        if (CpuId.has(7, CpuId.EBX, CpuId.SMEP)) {
            cr4 |= CR4_SMEP;
        }
        if (CpuId.has(7, CpuId.ECX, CpuId.UMIP)) {
            cr4 |= CR4_UMIP;
        }
        Cpu.writeMsr(PageCaching.MSR_PAT, PageCaching.PAT);
        Cpu.writeCr0(Cpu.readCr0() | CR0_WRITE_PROTECT);
        Cpu.writeCr3(Memory.pages().root());
        Cpu.writeCr4(cr4 | CR4_GLOBAL_PAGES);
    }
}
