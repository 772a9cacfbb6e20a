package dev.cortado.drivers.block.controller;

import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;

/** Frames that devices with 32 bits of addresses see, too, elsewhere than the program does. */
public final class TestFrames implements FrameSource {
    /** What a device that sees 32 bits of addresses adds to the program's. */
    public static final long LOW_OFFSET = 0x4000_0000L;

    /** What devices see is so much lower than with {@link HostFrames}. */
    private final long lower;

    private final HostFrames frames;
    private final long all;

    /**
     * @param offset what a device adds to the program's address
     */
    public TestFrames(HostMemory memory, long bytes, long offset) {
        lower = HostFrames.DEVICE_OFFSET - offset;
        frames = new HostFrames(memory, bytes);
        all = frames.freeBytes();
    }

    /** Bytes that there are. */
    public long allBytes() {
        return all;
    }

    /** Bytes that nobody has. */
    public long freeBytes() {
        return frames.freeBytes();
    }

    @Override
    public long allocate(int order, long limit) {
        // All of it is below any limit that devices have.
        long physical = frames.allocate(order, BuddyAllocator.NO_LIMIT);
        return physical == NONE ? NONE : physical - lower;
    }

    @Override
    public void free(long physical, int order) {
        frames.free(physical + lower, order);
    }

    @Override
    public long address(long physical) {
        return frames.address(physical + lower);
    }
}
