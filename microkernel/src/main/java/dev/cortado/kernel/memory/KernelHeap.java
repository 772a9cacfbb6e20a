package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * malloc for the kernel and for the Java runtime's own structures: slabs of one frame for small
 * sizes, frames side by side for the others, no more than needed. Empty slabs go back to the frame
 * allocator. Works with physical addresses; every block is aligned to 16 bytes.
 *
 * <p>Not synchronised: callers hold the kernel lock.
 */
public final class KernelHeap {
    public static final long NONE = BuddyAllocator.NONE;

    /** Header at the start of a slab's or block's first frame. */
    private static final long MAGIC = 0;

    private static final long SIZE_OR_FRAMES = 8;
    private static final long USED = 16;
    private static final long FREE_HEAD = 24;
    private static final long LINKS = 32;
    static final long HEADER_BYTES = 64;

    private static final long SLAB_MAGIC = 0x62616c53_6f747243L;
    private static final long BLOCK_MAGIC = 0x6b636f6c42_747243L;
    private static final long ALIGNMENT = 16;

    private final PhysicalMemory memory;
    private final BuddyAllocator frames;
    private final long[] sizes = {16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 800, 1344, 2016};
    private final BlockLists partialSlabs;
    private long heldFrames;

    public KernelHeap(PhysicalMemory memory, BuddyAllocator frames) {
        this.memory = memory;
        this.frames = frames;
        partialSlabs = BlockLists.inBlocks(memory, sizes.length, LINKS);
    }

    /** How many frames its slabs and blocks have. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long heldFrames() {
        return heldFrames;
    }

    /** Physical address of at least {@code bytes} bytes, not zeroed, or {@link #NONE}. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long allocate(long bytes) {
        for (int i = 0; i < sizes.length; i++) {
            if (Long.compareUnsigned(bytes, sizes[i]) <= 0) {
                return allocateFromSlab(i);
            }
        }
        if (bytes < 0 || bytes > Frames.HUGE_SIZE - HEADER_BYTES) {
            return NONE;
        }
        long count = Frames.roundUp(bytes + HEADER_BYTES, Frames.SIZE) >>> Frames.SHIFT;
        long block = frames.allocateRange(count);
        if (block == NONE) {
            return NONE;
        }
        heldFrames += count;
        memory.writeLong(block + MAGIC, BLOCK_MAGIC);
        memory.writeLong(block + SIZE_OR_FRAMES, count);
        return block + HEADER_BYTES;
    }

    /** How many bytes the caller may use at an address that {@link #allocate} returned. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long usableBytes(long address) {
        long frame = Frames.roundDown(address, Frames.SIZE);
        long sizeOrFrames = memory.readLong(frame + SIZE_OR_FRAMES);
        return memory.readLong(frame + MAGIC) == SLAB_MAGIC
                ? sizes[(int) sizeOrFrames]
                : (sizeOrFrames << Frames.SHIFT) - HEADER_BYTES;
    }

    /** Gives a block back; false if {@code address} is none (nothing is changed then). */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean free(long address) {
        long frame = Frames.roundDown(address, Frames.SIZE);
        long magic = memory.readLong(frame + MAGIC);
        if (magic == BLOCK_MAGIC && address == frame + HEADER_BYTES) {
            long count = memory.readLong(frame + SIZE_OR_FRAMES);
            memory.writeLong(frame + MAGIC, 0);
            frames.freeRange(frame, frame + (count << Frames.SHIFT));
            heldFrames -= count;
            return true;
        }
        if (magic != SLAB_MAGIC || !Frames.isAligned(address, ALIGNMENT)) {
            return false;
        }
        int sizeClass = (int) memory.readLong(frame + SIZE_OR_FRAMES);
        long freeHead = memory.readLong(frame + FREE_HEAD);
        long used = memory.readLong(frame + USED) - 1;
        memory.writeLong(address, freeHead);
        memory.writeLong(frame + FREE_HEAD, address);
        memory.writeLong(frame + USED, used);
        if (used == 0) {
            if (freeHead != NONE) {
                partialSlabs.remove(sizeClass, frame);
            }
            memory.writeLong(frame + MAGIC, 0);
            frames.free(frame, 0);
            heldFrames--;
        } else if (freeHead == NONE) {
            partialSlabs.add(sizeClass, frame);
        }
        return true;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long allocateFromSlab(int sizeClass) {
        long slab = partialSlabs.first(sizeClass);
        if (slab == NONE) {
            slab = newSlab(sizeClass);
            if (slab == NONE) {
                return NONE;
            }
        }
        long address = memory.readLong(slab + FREE_HEAD);
        long next = memory.readLong(address);
        memory.writeLong(slab + FREE_HEAD, next);
        memory.writeLong(slab + USED, memory.readLong(slab + USED) + 1);
        if (next == NONE) {
            partialSlabs.remove(sizeClass, slab);
        }
        return address;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long newSlab(int sizeClass) {
        long slab = frames.allocate(0);
        if (slab == NONE) {
            return NONE;
        }
        heldFrames++;
        long size = sizes[sizeClass];
        long next = NONE;
        long last = HEADER_BYTES + (Frames.SIZE - HEADER_BYTES) / size * size - size;
        for (long offset = last; offset >= HEADER_BYTES; offset -= size) {
            memory.writeLong(slab + offset, next);
            next = slab + offset;
        }
        memory.writeLong(slab + MAGIC, SLAB_MAGIC);
        memory.writeLong(slab + SIZE_OR_FRAMES, sizeClass);
        memory.writeLong(slab + USED, 0);
        memory.writeLong(slab + FREE_HEAD, next);
        partialSlabs.add(sizeClass, slab);
        return slab;
    }
}
