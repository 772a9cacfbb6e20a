package dev.cortado.runtime.disk;

import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.ProgramMemory;

/** The JVM's memory, where devices find all of it at its own address. */
final class FakeFrames implements ProgramFrames {
    /** Pages of which the frames lie side by side. */
    long run = Long.MAX_VALUE >>> Frames.SHIFT + 1;

    /** Whether devices find none of it. */
    boolean isNone;

    /** How often something was kept. */
    int kept;

    @Override
    public DeviceBlock find(long address, long bytes) {
        long begin = Frames.roundDown(address, Frames.SIZE);
        long end = Frames.roundUp(address + bytes, Frames.SIZE);
        long runBytes = run << Frames.SHIFT;
        long length = Math.min(end - begin, runBytes - begin % runBytes);
        return isNone ? null : new DeviceBlock(begin, begin, length);
    }

    @Override
    public void keep(ProgramMemory.Part part) {
        kept++;
    }
}
