package dev.cortado.drivers.xen.pv;

import dev.cortado.drivers.xen.lifecycle.FrameSpace;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Frames;

/** A PV domain takes frames that go out of its direct map, and out of its list. */
final class PvFrameSpace implements FrameSpace {
    private final MachineFrames frames;
    private final TableCalls calls;

    PvFrameSpace(MachineFrames frames, TableCalls calls) {
        this.frames = frames;
        this.calls = calls;
    }

    @Override
    public long leave(long frame) {
        long machine = frames.machine(frame);
        calls.remap(DirectMap.toVirtual(frame << Frames.SHIFT), 0);
        frames.set(frame, MachineFrames.NONE);
        return machine;
    }

    @Override
    public void come(long frame, long xens) {
        frames.set(frame, xens);
        calls.remap(
                DirectMap.toVirtual(frame << Frames.SHIFT),
                PvEntries.of(xens, PvEntries.READ_WRITE));
    }
}
