package dev.cortado.runtime.disk;

import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.Frames;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicLong;

/** Frames of the host's memory, at the addresses where the JVM finds them. */
final class ArenaFrames implements FrameSource {
    private final Arena arena;
    final AtomicLong left;

    ArenaFrames(Arena arena, long bytes) {
        this.arena = arena;
        left = new AtomicLong(bytes);
    }

    @Override
    public long allocate(int order, long limit) {
        long bytes = Frames.SIZE << order;
        if (left.addAndGet(-bytes) < 0) {
            left.addAndGet(bytes);
            return NONE;
        }
        return arena.allocate(bytes, bytes).address();
    }

    @Override
    public void free(long physical, int order) {
        // The arena's owner does.
    }

    @Override
    public long address(long physical) {
        return physical;
    }
}
