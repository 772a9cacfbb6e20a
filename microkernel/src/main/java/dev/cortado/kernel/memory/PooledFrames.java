package dev.cortado.kernel.memory;

import java.util.concurrent.atomic.AtomicLong;

/** Frames of the machine's RAM, for devices. */
public final class PooledFrames implements FrameSource {
    private static final AtomicLong IN_USE = new AtomicLong();

    /** Bytes of all frames that devices have. */
    public static long bytesInUse() {
        return IN_USE.get();
    }

    @Override
    public long allocate(int order, long limit) {
        long block = allocateUncleared(order, limit);
        if (block != NONE) {
            clear(block, order);
        }
        return block;
    }

    @Override
    public long allocateUncleared(int order, long limit) {
        long block = FramePool.allocate(order, limit);
        if (block == FramePool.NONE) {
            return NONE;
        }
        IN_USE.addAndGet(Frames.SIZE << order);
        return block;
    }

    @Override
    public void clear(long physical, int order) {
        long end = physical + (Frames.SIZE << order);
        for (long frame = physical; frame < end; frame += Frames.SIZE) {
            DirectMap.zeroFrame(frame);
        }
    }

    @Override
    public void free(long physical, int order) {
        FramePool.free(physical, order);
        IN_USE.addAndGet(-(Frames.SIZE << order));
    }

    @Override
    public long address(long physical) {
        return DirectMap.toVirtual(physical);
    }
}
