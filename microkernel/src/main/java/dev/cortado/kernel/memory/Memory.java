package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.SpinLock;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * The kernel's memory: blocks of it as malloc gives them, and how much there is. The frame
 * allocator, the page tables and the kernel heap are used under {@link SpinLock#MEMORY} alone, also
 * by the other classes of this package.
 */
public final class Memory {
    private static final DirectMap PHYSICAL = new DirectMap();
    private static final BuddyAllocator FRAMES = new BuddyAllocator(PHYSICAL);
    private static final PageTable PAGES = new PageTable(PHYSICAL, FRAMES);
    private static final KernelHeap HEAP = new KernelHeap(PHYSICAL, FRAMES);

    /**
     * Larger blocks are mapped, with large pages: they do not need more frames side by side. What
     * is no larger has frames side by side if there are such: devices use it in one piece then.
     */
    private static final long LARGEST_UNMAPPED_BYTES = Frames.LARGE_SIZE - KernelHeap.HEADER_BYTES;

    /** Larger blocks, of which a program may have many, leave memory to the Java heap. */
    private static final long LARGEST_SMALL_BYTES = 1 << 14;

    private Memory() {}

    /** Of [begin, end), all of them free; used under the lock that guards the heap. */
    @Platforms(Platform.HOSTED_ONLY.class)
    static AddressRanges addresses(long begin, long end) {
        return new AddressRanges(PHYSICAL, HEAP, begin, end);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static BuddyAllocator frames() {
        return FRAMES;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static PageTable pages() {
        return PAGES;
    }

    /** Bytes of RAM that nobody has. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long freeBytes() {
        return FRAMES.freeFrames() << Frames.SHIFT;
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
     * Address of at least {@code bytes} bytes that are not zeroed, 0 if memory ran out, less what
     * is kept for those that cannot fail.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long allocate(long bytes) {
        if (Long.compareUnsigned(bytes, LARGEST_SMALL_BYTES) <= 0) {
            return FramePool.hasSmall(bytes) ? allocateAny(bytes) : 0;
        }
        return allocateLarge(bytes);
    }

    /** What is there is not given to two who ask at the same time. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long allocateLarge(long bytes) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long physical = KernelHeap.NONE;
        boolean enough = Long.compareUnsigned(bytes, FramePool.largeBytes()) <= 0;
        if (enough && Long.compareUnsigned(bytes, LARGEST_UNMAPPED_BYTES) <= 0) {
            physical = HEAP.allocate(bytes);
        }
        SpinLock.release(SpinLock.MEMORY, flags);
        if (physical != KernelHeap.NONE) {
            return DirectMap.toVirtual(physical);
        }
        return enough && isMoreThanFrame(bytes)
                ? LargeBlocks.allocate(bytes, FramePool.keptFromLarge())
                : 0;
    }

    /** Whether, with its header, frames side by side would have to be found for it. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static boolean isMoreThanFrame(long bytes) {
        return Long.compareUnsigned(bytes, Frames.SIZE - KernelHeap.HEADER_BYTES) > 0;
    }

    /** As {@link #allocate}, down to the last frame, for what cannot fail. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long allocateAny(long bytes) {
        long physical = KernelHeap.NONE;
        if (Long.compareUnsigned(bytes, LARGEST_UNMAPPED_BYTES) <= 0) {
            long flags = SpinLock.acquire(SpinLock.MEMORY);
            physical = HEAP.allocate(bytes);
            SpinLock.release(SpinLock.MEMORY, flags);
        }
        if (physical != KernelHeap.NONE) {
            return DirectMap.toVirtual(physical);
        }
        return isMoreThanFrame(bytes) ? LargeBlocks.allocate(bytes, 0) : 0;
    }

    /** As {@link #allocate}, but zeroed. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static Pointer allocateZeroed(long bytes) {
        Pointer block = WordFactory.pointer(allocate(bytes));
        if (block.isNonNull()) {
            VirtualMemory.zero(block, bytes);
        }
        return block;
    }

    /** Gives back what {@link #allocate} returned; false if {@code address} is not that. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean free(long address) {
        if (LargeBlocks.isAt(address)) {
            return LargeBlocks.free(address);
        }
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        boolean known = HEAP.free(DirectMap.toPhysical(address));
        SpinLock.release(SpinLock.MEMORY, flags);
        return known;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long usableBytes(long address) {
        return LargeBlocks.isAt(address)
                ? LargeBlocks.usableBytes(address)
                : HEAP.usableBytes(DirectMap.toPhysical(address));
    }
}
