package dev.cortado.runtime.share;

import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.Frames;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An emulated machine's memory, which is a file that is mapped here as well. */
public final class MachineMemory implements FrameSource {
    private final MemorySegment memory;
    private long next;

    /**
     * @param file of the machine's memory
     * @param start what is below is somebody else's
     */
    public MachineMemory(Path file, long start) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), Arena.ofAuto());
        }
        next = start;
    }

    @Override
    public synchronized long allocate(int order, long limit) {
        long bytes = Frames.SIZE << order;
        long first = (next + bytes - 1) & -bytes;
        if (first + bytes > memory.byteSize()) {
            return NONE;
        }
        next = first + bytes;
        memory.asSlice(first, bytes).fill((byte) 0);
        return first;
    }

    @Override
    public void free(long physical, int order) {
        // There is enough for a test.
    }

    @Override
    public long address(long physical) {
        return memory.address() + physical;
    }
}
