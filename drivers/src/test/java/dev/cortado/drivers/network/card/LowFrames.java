package dev.cortado.drivers.network.card;

import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.HostFrames;

/** Those of {@link HostFrames}, which the device sees below 4 GiB. */
final class LowFrames implements FrameSource {
    static final long DEVICE_OFFSET = 0x7000_0000L;

    private static final long LOWER = HostFrames.DEVICE_OFFSET - DEVICE_OFFSET;

    private final HostFrames frames;

    LowFrames(HostFrames frames) {
        this.frames = frames;
    }

    @Override
    public long allocate(int order, long limit) {
        long above = limit == BuddyAllocator.NO_LIMIT ? limit : limit + LOWER;
        long physical = frames.allocate(order, above);
        return physical == NONE ? NONE : physical - LOWER;
    }

    @Override
    public void free(long physical, int order) {
        frames.free(physical + LOWER, order);
    }

    @Override
    public long address(long physical) {
        return frames.address(physical + LOWER);
    }
}
