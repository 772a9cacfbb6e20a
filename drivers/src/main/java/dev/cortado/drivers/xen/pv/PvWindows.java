package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.PvSymbols;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PhysicalMemory;

/**
 * Pages of the image whose frames are swapped for others for a while. A frame that was opened is
 * mapped nowhere else afterwards.
 */
final class PvWindows implements EarlyTables.Windows {
    private final MachineFrames frames;
    private final TableCalls calls;

    PvWindows(MachineFrames frames, TableCalls calls) {
        this.frames = frames;
        this.calls = calls;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long address(int window) {
        return StubAddresses.get(PvSymbols.WINDOWS_ADDRESS) + ((long) window << Frames.SHIFT);
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long open(int window, long frame) {
        // The builder has mapped the first frames at their pseudo-physical addresses, and has no
        // table for those behind: then there is nothing to be unmapped.
        calls.remap(frame << Frames.SHIFT, 0);
        long machine = frames.machine(frame);
        boolean opened =
                machine != MachineFrames.NONE
                        && calls.remap(address(window), PvEntries.of(machine, PvEntries.READ_WRITE))
                                == 0;
        return opened ? address(window) : 0;
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean close(int window) {
        long machine = frames.machine(address(window) >>> Frames.SHIFT);
        return calls.remap(address(window), PvEntries.of(machine, PvEntries.READ_WRITE)) == 0;
    }
}
