package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.boot.layout.Selectors;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** What each CPU needs besides its registers: the task state segment and the XSAVE area's size. */
public final class CpuState {
    private static final String REASON = "Runs before the Java runtime.";

    /** 64-bit task state segment, Intel SDM vol. 3A, figure 8-11. */
    private static final int TSS_BYTES = 104;

    private static final int TSS_IST_1 = 36;
    private static final int TSS_IO_MAP_BASE = 102;
    private static final long DESCRIPTOR_PRESENT_TSS = 0x89L << 40;

    private static final int FAULT_STACK_BYTES = 32 * 1024;
    private static final int XSAVE_LEAF = 0xd;

    private CpuState() {}

    /** Gives faults that cannot use the current stack one of their own. */
    @Uninterruptible(reason = REASON)
    public static void initialize() {
        Pointer tss = WordFactory.pointer(Memory.allocate(TSS_BYTES));
        for (int i = 0; i < TSS_BYTES; i++) {
            tss.writeByte(i, (byte) 0);
        }
        tss.writeShort(TSS_IO_MAP_BASE, (short) TSS_BYTES);
        loadTaskState(tss.rawValue());
        useStack(tss, InterruptTable.DOUBLE_FAULT_VECTOR, InterruptTable.DOUBLE_FAULT_IST);
        useStack(tss, InterruptTable.NMI_VECTOR, InterruptTable.NMI_IST);
        useStack(tss, InterruptTable.MACHINE_CHECK_VECTOR, InterruptTable.MACHINE_CHECK_IST);
        enableXsave();
    }

    @Uninterruptible(reason = REASON)
    private static void loadTaskState(long tss) {
        Pointer descriptor = WordFactory.pointer(Cpu.gdt() + Selectors.TASK_STATE);
        long low =
                (TSS_BYTES - 1)
                        | (tss & 0xff_ffffL) << 16
                        | (tss >>> 24 & 0xff) << 56
                        | DESCRIPTOR_PRESENT_TSS;
        descriptor.writeLong(0, low);
        descriptor.writeLong(8, tss >>> 32);
        Cpu.loadTaskRegister(Selectors.TASK_STATE);
    }

    @Uninterruptible(reason = REASON)
    private static void useStack(Pointer tss, int vector, int ist) {
        long stack = Memory.allocateStack(FAULT_STACK_BYTES);
        if (stack != 0) {
            tss.writeLong(TSS_IST_1 + (ist - 1) * Long.BYTES, stack + FAULT_STACK_BYTES);
            Pointer gate =
                    WordFactory.pointer(Cpu.idt() + (long) vector * InterruptTable.GATE_SIZE);
            gate.writeByte(InterruptTable.GATE_IST, (byte) ist);
        }
    }

    /** The boot code has chosen the state components in XCR0; CPUID 0xd says how large they are. */
    @Uninterruptible(reason = REASON)
    private static void enableXsave() {
        if (CpuId.has(1, CpuId.ECX, CpuId.XSAVE)) {
            int bytes = CpuId.read(XSAVE_LEAF, 0, CpuId.EBX);
            Pointer size = WordFactory.pointer(ImageLayout.xsaveAreaSize);
            size.writeLong(0, bytes);
            Pointer use = WordFactory.pointer(ImageLayout.useXsave);
            use.writeLong(0, 1L);
        }
    }
}
