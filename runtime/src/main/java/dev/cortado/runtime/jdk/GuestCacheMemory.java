package dev.cortado.runtime.jdk;

import dev.cortado.kernel.memory.CachedFrames;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.ProgramMemory;
import dev.cortado.runtime.file.storage.cache.CacheMemory;
import java.nio.ByteBuffer;
import jdk.internal.access.JavaNioAccess;
import jdk.internal.access.SharedSecrets;

/** The machine's memory, as much of it as nobody else has, as caches of files have it. */
final class GuestCacheMemory implements CacheMemory {
    private static final JavaNioAccess BUFFERS = SharedSecrets.getJavaNioAccess();

    /** Of the machine's memory: a heap that grows at once does without it until it is written. */
    private static final int SHARE_OF_KEPT = 16;

    private final int pageBytes;
    private final int order;

    /**
     * @throws OutOfMemoryError there is none for the table of all pages
     */
    GuestCacheMemory(int pageBytes) {
        CachedFrames.start();
        this.pageBytes = pageBytes;
        order = Frames.orderFor(pageBytes);
    }

    @Override
    public long freeBytes() {
        return CachedFrames.freeBytes();
    }

    @Override
    public long mostKeptBytes() {
        return CachedFrames.totalBytes() / SHARE_OF_KEPT;
    }

    @Override
    public int allocate(boolean isNeeded) {
        int page = CachedFrames.allocate(order, isNeeded);
        return page == CachedFrames.NONE ? NONE : page;
    }

    @Override
    public ByteBuffer bytes(int page) {
        return BUFFERS.newDirectByteBuffer(CachedFrames.address(page), pageBytes, null, null);
    }

    @Override
    public int taken() {
        return CachedFrames.taken();
    }

    @Override
    public boolean isGone(int page) {
        return CachedFrames.isGone(page);
    }

    @Override
    public boolean pin(int page, boolean isUse) {
        return CachedFrames.pin(page, isUse);
    }

    @Override
    public void unpin(int page) {
        CachedFrames.unpin(page);
    }

    @Override
    public void keep(int page) {
        CachedFrames.keep(page);
    }

    @Override
    public void expose(int page) {
        CachedFrames.expose(page);
    }

    @Override
    public boolean claim(int page) {
        return CachedFrames.claim(page);
    }

    @Override
    public boolean takeUse(int page) {
        return CachedFrames.takeUse(page);
    }

    /** One that a device may write to for ever, since it was read into it, is kept for ever. */
    @Override
    public void leave(int page) {
        boolean isDevices =
                !isGone(page) && ProgramMemory.isKept(CachedFrames.address(page), pageBytes);
        if (!isDevices) {
            CachedFrames.leave(page);
        }
    }
}
