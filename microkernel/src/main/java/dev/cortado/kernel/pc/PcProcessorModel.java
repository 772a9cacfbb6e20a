package dev.cortado.kernel.pc;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.CpuIdBits;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.boot.layout.ProcessorHeader;
import dev.cortado.boot.layout.Selectors;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.Stacks;
import dev.cortado.kernel.start.ProcessorModel;
import java.nio.charset.StandardCharsets;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** Each CPU has a descriptor table and a task state of its own. */
final class PcProcessorModel implements ProcessorModel {
    private static final String REASON = "Runs before the Java runtime.";

    /** 64-bit task state segment, Intel SDM vol. 3A, figure 8-11. */
    private static final int TSS_BYTES = 104;

    private static final int TSS_IST_1 = 36;
    private static final int TSS_IO_MAP_BASE = 102;
    private static final long DESCRIPTOR_PRESENT_TSS = 0x89L << 40;

    /** A page fault and a double fault are reported on their stacks. */
    private static final int FAULT_STACK_BYTES = 32 * 1024;

    /** An interrupt leaves its stack at once, and a non-maskable one only stops the CPU. */
    private static final int INTERRUPT_STACK_BYTES = 8 * 1024;

    /** A task state's descriptor that some CPU uses (Intel SDM vol. 3A, figure 8-4). */
    private static final long DESCRIPTOR_BUSY = 1L << 41;

    private static final int MSR_GS_BASE = 0xc000_0101;
    private static final int TABLE_POINTER_BYTES = 10;

    private static final byte[] WRONG_XSAVE_AREA =
            "cortado: the CPU says of its XSAVE area (CPUID leaf 13) what cannot be\n"
                    .getBytes(StandardCharsets.US_ASCII);

    @Override
    @Uninterruptible(reason = REASON)
    public Processor create(int apicId) {
        long counts = Memory.allocateZeroed(InterruptTable.VECTORS * Long.BYTES).rawValue();
        Pointer header = Memory.allocateZeroed(ProcessorHeader.SIZE + SizeOf.get(Processor.class));
        if (counts == 0 || header.isNull()) {
            return WordFactory.nullPointer();
        }
        Processor processor = (Processor) header.add(ProcessorHeader.SIZE);
        header.writeLong(ProcessorHeader.PROCESSOR, processor.rawValue());
        processor.setHardwareId(apicId);
        processor.setInterruptCounts(counts);
        return createTables(processor) ? processor : WordFactory.nullPointer();
    }

    /** Its task state with a stack for each kind of event that cannot use the current one. */
    @Uninterruptible(reason = REASON)
    private static boolean createTables(Processor processor) {
        Pointer tables =
                Memory.allocateZeroed(Selectors.GDT_SIZE + TSS_BYTES + TABLE_POINTER_BYTES);
        if (tables.isNull()) {
            return false;
        }
        Pointer boot = WordFactory.pointer(Cpu.gdt());
        for (int i = 0; i < Selectors.TASK_STATE; i += Long.BYTES) {
            tables.writeLong(i, boot.readLong(i));
        }
        Pointer tss = tables.add(Selectors.GDT_SIZE);
        tss.writeShort(TSS_IO_MAP_BASE, (short) TSS_BYTES);
        long address = tss.rawValue();
        long low =
                (TSS_BYTES - 1)
                        | (address & 0xff_ffffL) << 16
                        | (address >>> 24 & 0xff) << 56
                        | DESCRIPTOR_PRESENT_TSS;
        tables.writeLong(Selectors.TASK_STATE, low);
        tables.writeLong(Selectors.TASK_STATE + Long.BYTES, address >>> 32);
        Pointer pointer = tss.add(TSS_BYTES);
        pointer.writeShort(0, (short) (Selectors.GDT_SIZE - 1));
        pointer.writeLong(2, tables.rawValue());
        processor.setTablePointer(pointer.rawValue());
        return addStack(tss, InterruptTable.DOUBLE_FAULT_IST, FAULT_STACK_BYTES)
                && addStack(tss, InterruptTable.NMI_IST, INTERRUPT_STACK_BYTES)
                && addStack(tss, InterruptTable.MACHINE_CHECK_IST, FAULT_STACK_BYTES)
                && addStack(tss, InterruptTable.PAGE_FAULT_IST, FAULT_STACK_BYTES)
                && addStack(tss, InterruptTable.INTERRUPT_IST, INTERRUPT_STACK_BYTES);
    }

    @Uninterruptible(reason = REASON)
    private static boolean addStack(Pointer tss, int ist, int bytes) {
        long stack = Stacks.allocate(bytes, false);
        tss.writeLong(TSS_IST_1 + (ist - 1) * Long.BYTES, stack + bytes);
        return stack != 0;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void activate(Processor processor) {
        Pointer pointer = WordFactory.pointer(processor.getTablePointer());
        Pointer tables = WordFactory.pointer(pointer.readLong(2));
        // A CPU that was started twice has left it busy, and cannot load that.
        tables.writeLong(
                Selectors.TASK_STATE, tables.readLong(Selectors.TASK_STATE) & ~DESCRIPTOR_BUSY);
        Cpu.loadGdt(pointer);
        Cpu.loadTaskRegister(Selectors.TASK_STATE);
        Cpu.writeMsr(MSR_GS_BASE, processor.rawValue() - ProcessorHeader.SIZE);
    }

    /** The boot CPU has its own task state now. */
    @Override
    @Uninterruptible(reason = REASON)
    public void initializeShared() {
        // A page fault may go on; all other exceptions are the end, reported on the same stack.
        for (int i = 0; i < InterruptTable.FIRST_INTERRUPT; i++) {
            useStack(i, InterruptTable.PAGE_FAULT_IST);
        }
        useStack(InterruptTable.DOUBLE_FAULT_VECTOR, InterruptTable.DOUBLE_FAULT_IST);
        useStack(InterruptTable.NMI_VECTOR, InterruptTable.NMI_IST);
        useStack(InterruptTable.MACHINE_CHECK_VECTOR, InterruptTable.MACHINE_CHECK_IST);
        for (int i = InterruptTable.FIRST_INTERRUPT; i < InterruptTable.VECTORS; i++) {
            useStack(i, InterruptTable.INTERRUPT_IST);
        }
        enableXsave();
    }

    @Uninterruptible(reason = REASON)
    private static void useStack(int vector, int ist) {
        Pointer gate = WordFactory.pointer(Cpu.idt() + (long) vector * InterruptTable.GATE_SIZE);
        gate.writeByte(InterruptTable.GATE_IST, (byte) ist);
    }

    @Uninterruptible(reason = REASON)
    private static void enableXsave() {
        if (CpuId.has(1, CpuId.ECX, CpuIdBits.XSAVE)) {
            int bytes = ExtendedState.bytes();
            if (bytes == ExtendedState.NOT_A_SIZE) {
                Console.write(WRONG_XSAVE_AREA);
                Machine.panic();
            }
            Pointer size = WordFactory.pointer(ImageLayout.xsaveAreaSize);
            size.writeLong(0, (long) bytes);
            Pointer use = WordFactory.pointer(ImageLayout.useXsave);
            use.writeLong(0, 1L);
        }
    }
}
