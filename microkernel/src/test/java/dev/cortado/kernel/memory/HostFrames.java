package dev.cortado.kernel.memory;

/**
 * Frames in {@link HostMemory}, whose program sees them there and whose device sees them elsewhere,
 * so that a test notices when one address is taken for the other.
 */
public final class HostFrames implements FrameSource {
    /** What the device adds to the program's address. */
    public static final long DEVICE_OFFSET = 0x7_0000_0000L;

    /** What frames have in them that are not cleared. */
    public static final long OLD = 0x5a5a_5a5a_5a5a_5a5aL;

    private final HostMemory memory;
    private final BuddyAllocator frames;

    /** All of a memory of whole pages. */
    public HostFrames(HostMemory memory, long bytes) {
        this.memory = memory;
        frames = new BuddyAllocator(new HostMemory(bytes + 2 * Frames.SIZE + (bytes >> 8)));
        long metadata = HostMemory.BASE + bytes + Frames.SIZE;
        frames.initialize(metadata, HostMemory.BASE, HostMemory.BASE + bytes);
        frames.addRange(HostMemory.BASE, HostMemory.BASE + bytes);
    }

    /** Bytes that nobody has. */
    public synchronized long freeBytes() {
        return frames.freeFrames() << Frames.SHIFT;
    }

    @Override
    public long allocate(int order, long limit) {
        return allocate(order, limit, 0);
    }

    @Override
    public long allocateUncleared(int order, long limit) {
        return allocate(order, limit, OLD);
    }

    @Override
    public void clear(long physical, int order) {
        fill(address(physical), order, 0);
    }

    private synchronized long allocate(int order, long limit, long value) {
        long programLimit = limit == BuddyAllocator.NO_LIMIT ? limit : limit - DEVICE_OFFSET;
        long block = frames.allocate(order, programLimit);
        if (block == NONE) {
            return NONE;
        }
        fill(block, order, value);
        return block + DEVICE_OFFSET;
    }

    private void fill(long block, int order, long value) {
        for (long offset = 0; offset < Frames.SIZE << order; offset += Long.BYTES) {
            memory.writeLong(block + offset, value);
        }
    }

    @Override
    public synchronized void free(long physical, int order) {
        frames.free(physical - DEVICE_OFFSET, order);
    }

    @Override
    public long address(long physical) {
        return physical - DEVICE_OFFSET;
    }
}
