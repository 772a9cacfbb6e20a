package dev.cortado.runtime.disk;

import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.Frames;
import java.util.ArrayList;
import java.util.List;

/** The JVM's memory, where devices find all of it at its own address. */
final class FakeFrames implements ProgramFrames {
    /** Pages of which the frames lie side by side. */
    long run = Long.MAX_VALUE >>> Frames.SHIFT + 1;

    /** Whether devices find none of it. */
    boolean isNone;

    /** What was kept, each with the number of its bytes. */
    final List<List<Long>> kept = new ArrayList<>();

    @Override
    public DeviceBlock find(long address, long bytes) {
        long begin = Frames.roundDown(address, Frames.SIZE);
        long end = Frames.roundUp(address + bytes, Frames.SIZE);
        long runBytes = run << Frames.SHIFT;
        long length = Math.min(end - begin, runBytes - begin % runBytes);
        return isNone ? null : new DeviceBlock(begin, begin, length);
    }

    @Override
    public void keep(long address, long bytes) {
        kept.add(List.of(address, bytes));
    }
}
