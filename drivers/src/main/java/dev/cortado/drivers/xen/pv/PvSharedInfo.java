package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.PvStartInfo;
import dev.cortado.boot.layout.PvSymbols;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.FramePool;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PhysicalMemory;
import dev.cortado.kernel.memory.VirtualMemory;

/** The page is one of Xen's; it takes the place of a page of the image. */
final class PvSharedInfo implements SharedInfo.Source {
    private final PvStart start;
    private final TableCalls calls;
    private final PvProcessorModel model;
    private final MachineFrames frames;
    private final PhysicalMemory memory = new VirtualMemory();

    /** Where the lists of {@link FrameLists} are. */
    private long listSpace;

    PvSharedInfo(PvStart start, TableCalls calls, PvProcessorModel model, MachineFrames frames) {
        this.frames = frames;
        this.start = start;
        this.calls = calls;
        this.model = model;
    }

    /** Its vcpu_info is registered when it is created, and again after a resume. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean startProcessor(int number) {
        return true;
    }

    /** Each virtual CPU has it in its own memory. */
    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long virtualCpu(long page, int number) {
        return model.information(number);
    }

    /** The image's own page is in its place again. */
    @Uninterruptible(reason = Hypercall.REASON)
    void hide() {
        long address = StubAddresses.get(PvSymbols.SHARED_INFO_ADDRESS);
        long machine = frames.machine(address >>> Frames.SHIFT);
        calls.remap(address, PvEntries.of(machine, PvEntries.READ_WRITE));
    }

    /** Also tells Xen's tools there where the list of frames is. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long map() {
        long address = StubAddresses.get(PvSymbols.SHARED_INFO_ADDRESS);
        long machine = start.number(PvStartInfo.SHARED_INFO) >>> Frames.SHIFT;
        long error = calls.remap(address, PvEntries.of(machine, PvEntries.READ_WRITE));
        if (error != 0) {
            return 0;
        }
        writeFrameLists(address);
        return address;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private void writeFrameLists(long address) {
        if (listSpace == 0) {
            int order = Frames.orderFor(FrameLists.count(frames.count()) << Frames.SHIFT);
            long block = FramePool.allocate(order, FramePool.NO_LIMIT);
            listSpace = block == FramePool.NONE ? 0 : DirectMap.toVirtual(block);
        }
        if (listSpace != 0) {
            FrameLists.write(
                    memory,
                    frames,
                    listSpace,
                    DirectMap.toPhysical(listSpace) >>> Frames.SHIFT,
                    start.number(PvStartInfo.FRAME_LIST) >>> Frames.SHIFT,
                    address);
        }
    }
}
