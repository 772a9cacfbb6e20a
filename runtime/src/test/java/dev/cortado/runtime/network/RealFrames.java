package dev.cortado.runtime.network;

import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.Frames;
import java.lang.foreign.Arena;

/** Frames of the host's memory, at the addresses where the JVM finds them. */
final class RealFrames implements FrameSource {
    private final Arena arena;

    RealFrames(Arena arena) {
        this.arena = arena;
    }

    @Override
    public long allocate(int order, long limit) {
        long bytes = Frames.SIZE << order;
        return arena.allocate(bytes, bytes).address();
    }

    @Override
    public void free(long physical, int order) {
        // the arena's owner does
    }

    @Override
    public long address(long physical) {
        return physical;
    }
}
