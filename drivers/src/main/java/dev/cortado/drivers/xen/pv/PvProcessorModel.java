package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.boot.layout.ProcessorHeader;
import dev.cortado.boot.layout.PvProcessorHeader;
import dev.cortado.boot.layout.PvSymbols;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.start.ProcessorModel;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** A virtual CPU has its vcpu_info below its header, so that one instruction masks its events. */
final class PvProcessorModel implements ProcessorModel {
    private static final String REASON = "Runs before the Java runtime.";

    private static final int SET_TRAP_TABLE = 0;
    private static final int SET_SEGMENT_BASE = 25;
    private static final int GS_KERNEL = 2;
    private static final int CALLBACK_OPERATION = 30;
    private static final int REGISTER = 0;

    /** CALLBACKTYPE_event and CALLBACKTYPE_failsafe (public/callback.h). */
    private static final int EVENT = 0;

    private static final int FAILSAFE = 1;
    private static final int MASK_EVENTS = 1;

    private static final int CALLBACK_BYTES = 16;

    /** struct vcpu_register_vcpu_info: u64 mfn, u32 offset, u32. */
    private static final int REGISTER_BYTES = 16;

    private final MachineFrames frames;

    /** Where each virtual CPU's vcpu_info is. */
    private final long[] informations = new long[Processors.CAPACITY];

    private long traps;

    PvProcessorModel(MachineFrames frames) {
        this.frames = frames;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    long information(int virtualCpu) {
        return informations[virtualCpu];
    }

    /** The table for Xen of where exceptions arrive, see {@link TrapTable}. */
    @Uninterruptible(reason = REASON)
    long traps() {
        return traps;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public Processor create(int virtualCpu) {
        long counts = Memory.allocateZeroed(InterruptTable.VECTORS * Long.BYTES).rawValue();
        Pointer block =
                Memory.allocateZeroed(
                        PvProcessorHeader.VCPU_INFO_SIZE
                                + ProcessorHeader.SIZE
                                + SizeOf.get(Processor.class));
        if (counts == 0 || block.isNull() || virtualCpu >= informations.length) {
            return WordFactory.nullPointer();
        }
        Pointer header = block.add(PvProcessorHeader.VCPU_INFO_SIZE);
        Processor processor = (Processor) header.add(ProcessorHeader.SIZE);
        header.writeLong(ProcessorHeader.PROCESSOR, processor.rawValue());
        processor.setHardwareId(virtualCpu);
        processor.setInterruptCounts(counts);
        informations[virtualCpu] = block.rawValue();
        return register(virtualCpu) ? processor : WordFactory.nullPointer();
    }

    /**
     * Tells Xen where a virtual CPU's vcpu_info is, once, and once more after a resume: for the CPU
     * that this runs on, or one that is not up yet. Its events are masked then.
     */
    @Uninterruptible(reason = REASON)
    boolean register(int virtualCpu) {
        long address = informations[virtualCpu];
        long physical = DirectMap.toPhysical(address);
        Pointer argument = StackValue.get(REGISTER_BYTES);
        argument.writeLong(0, frames.machine(physical >>> Frames.SHIFT));
        argument.writeLong(8, physical & Frames.SIZE - 1);
        long error =
                VirtualCpuCalls.call(
                        VirtualCpuCalls.REGISTER_VCPU_INFO, virtualCpu, argument.rawValue());
        Pointer information = WordFactory.pointer(address);
        information.writeByte(1, (byte) 1); // masked: PvProcessorHeader.UPCALL_MASK
        return error == 0;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void activate(Processor processor) {
        Hypercall.call(
                SET_SEGMENT_BASE, GS_KERNEL, processor.rawValue() - ProcessorHeader.SIZE, 0, 0, 0);
    }

    /** The first CPU tells where exceptions and events arrive; the others start knowing it. */
    @Override
    @Uninterruptible(reason = REASON)
    public void initializeShared() {
        traps = TrapTable.create();
        Hypercall.call(SET_TRAP_TABLE, traps, 0, 0, 0, 0);
        setCallback(EVENT, 0, StubAddresses.get(PvSymbols.EVENT_CALLBACK_ADDRESS));
        setCallback(FAILSAFE, MASK_EVENTS, StubAddresses.get(PvSymbols.FAILSAFE_CALLBACK_ADDRESS));
    }

    /** struct callback_register: u16 type, u16 flags, at 8 the address. */
    @Uninterruptible(reason = REASON)
    private static void setCallback(int type, int flags, long address) {
        Pointer callback = StackValue.get(CALLBACK_BYTES);
        callback.writeLong(0, type | (long) flags << Short.SIZE);
        callback.writeLong(8, address);
        Hypercall.call(CALLBACK_OPERATION, REGISTER, callback.rawValue(), 0, 0, 0);
    }
}
