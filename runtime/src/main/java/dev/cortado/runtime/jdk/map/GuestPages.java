package dev.cortado.runtime.jdk.map;

import dev.cortado.kernel.memory.FramePool;
import dev.cortado.kernel.memory.MappedPages;
import dev.cortado.kernel.memory.PooledFrames;
import dev.cortado.runtime.file.map.PageMemory;
import dev.cortado.runtime.file.map.Reach;
import java.nio.ByteBuffer;
import jdk.internal.access.JavaNioAccess;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;

/** The kernel's memory, as mapped files have it. A page's reach is its byte's value. */
final class GuestPages implements PageMemory {
    private static final JavaNioAccess BUFFERS = SharedSecrets.getJavaNioAccess();
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final Reach[] REACHES = Reach.values();

    /** More than there are addresses for. */
    private static final long MOST_PAGES = 1L << 32;

    private final PooledFrames frames = new PooledFrames();

    @Override
    public long reserve(long pages) {
        return pages > MOST_PAGES ? NONE : MappedPages.reserve(pages * PAGE_BYTES);
    }

    @Override
    public void release(long address, long pages) {
        MappedPages.release(address, pages * PAGE_BYTES);
    }

    @Override
    public long allocate() {
        long frame = FramePool.allocate(0, FramePool.NO_LIMIT);
        return frame == FramePool.NONE ? NONE : frame;
    }

    @Override
    public void free(long frame) {
        FramePool.free(frame, 0);
    }

    @Override
    public ByteBuffer bytes(long frame) {
        return BUFFERS.newDirectByteBuffer(frames.address(frame), PAGE_BYTES, null, null);
    }

    @Override
    public boolean enter(long address, long frame, boolean isWritable) {
        boolean isOther = reach(address) != Reach.NONE;
        if (!MappedPages.map(address, frame, isWritable)) {
            return false;
        }
        if (isOther) {
            MappedPages.forget(address, PAGE_BYTES);
        }
        set(address, Reach.READ);
        return true;
    }

    @Override
    public void raise(long address) {
        set(address, Reach.WRITE);
    }

    /** After all that makes it true. */
    private static void set(long address, Reach reach) {
        UNSAFE.storeFence();
        MappedPages.setState(address, (byte) reach.ordinal());
    }

    @Override
    public Reach reach(long address) {
        return REACHES[MappedPages.state(address)];
    }

    @Override
    public void lower(long[] addresses, int count, Reach reach) {
        new ReachLowering(addresses, count, (byte) reach.ordinal()).enqueue();
    }
}
