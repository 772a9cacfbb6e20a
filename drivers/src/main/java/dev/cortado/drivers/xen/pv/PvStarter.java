package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.ProcessorHeader;
import dev.cortado.boot.layout.PvSymbols;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.MachineMemory;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.start.ProcessorStarter;
import org.graalvm.word.Pointer;

/** Starts virtual CPUs with all their registers as they are to be. */
final class PvStarter implements ProcessorStarter {
    private static final String REASON = "Runs before the Java runtime.";

    /** HVM_MAX_VCPUS (public/hvm/hvm_info_table.h); a PV domain with more is not told of them. */
    private static final int MOST_COUNTED = 128;

    private final MachineFrames frames;
    private final PvProcessorModel model;

    PvStarter(MachineFrames frames, PvProcessorModel model) {
        this.frames = frames;
        this.model = model;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void prepare() {}

    /** Those that Xen knows, up or not; those that are too many are counted as well. */
    @Override
    @Uninterruptible(reason = REASON)
    public int count() {
        int count = 1;
        while (count < MOST_COUNTED && VirtualCpuCalls.call(VirtualCpuCalls.IS_UP, count, 0) >= 0) {
            count++;
        }
        return count;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public int hardwareId(int index) {
        return index == 0 ? NONE : index;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void start(Processor processor, long stackTop) {
        int virtualCpu = processor.getHardwareId();
        Pointer context = Memory.allocateZeroed(VirtualCpuContext.SIZE);
        if (context.isNull()) {
            return;
        }
        VirtualCpuContext.fill(
                context, model.traps(), frames.machine(MachineMemory.pageMap() >>> Frames.SHIFT));
        context.writeLong(VirtualCpuContext.STACK_POINTER, stackTop);
        context.writeLong(VirtualCpuContext.KERNEL_STACK_POINTER, stackTop);
        context.writeLong(
                VirtualCpuContext.INSTRUCTION_POINTER,
                StubAddresses.get(PvSymbols.PROCESSOR_ENTRY_ADDRESS));
        context.writeLong(VirtualCpuContext.RDI, processor.rawValue());
        context.writeLong(VirtualCpuContext.RSI, ImageLayout.processorMain);
        context.writeLong(VirtualCpuContext.GS_BASE, processor.rawValue() - ProcessorHeader.SIZE);
        if (VirtualCpuCalls.call(VirtualCpuCalls.INITIALISE, virtualCpu, context.rawValue()) == 0) {
            VirtualCpuCalls.call(VirtualCpuCalls.UP, virtualCpu, 0);
        }
        Memory.free(context.rawValue());
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void stop(Processor processor) {
        VirtualCpuCalls.call(VirtualCpuCalls.DOWN, processor.getHardwareId(), 0);
    }
}
