package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.PvSymbols;
import dev.cortado.kernel.memory.Frames;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * {@code struct vcpu_guest_context} of a 64-bit PV domain (public/arch-x86/xen.h), with {@code
 * struct cpu_user_regs} (public/arch-x86/xen-x86_64.h) in it: all that a virtual CPU starts with.
 * Offsets in bytes.
 */
final class VirtualCpuContext {
    /** FXSAVE area; not valid unless a flag says so. */
    static final int FPU = 0;

    static final int FLAGS = 512;

    /** VGCF_in_kernel: it starts in the domain's kernel. */
    private static final long FLAG_IN_KERNEL = 1 << 2;

    private static final int REGISTERS = 520;
    static final int RSI = REGISTERS + 104;
    static final int RDI = REGISTERS + 112;
    static final int INSTRUCTION_POINTER = REGISTERS + 128;

    /** u16. */
    static final int CODE_SEGMENT = REGISTERS + 136;

    static final int STACK_POINTER = REGISTERS + 152;

    /** u16. */
    static final int STACK_SEGMENT = REGISTERS + 160;

    /** 256 entries of {@link TrapTable}, each at its vector. */
    static final int TRAPS = REGISTERS + 200;

    private static final int TRAP_COUNT = 256;
    private static final int LDT_BASE = TRAPS + TRAP_COUNT * TrapTable.ENTRY_BYTES;
    private static final int GDT_FRAMES = LDT_BASE + 16;
    private static final int GDT_ENTRIES = GDT_FRAMES + 16 * Long.BYTES;
    static final int KERNEL_STACK_SEGMENT = GDT_ENTRIES + 8;
    static final int KERNEL_STACK_POINTER = KERNEL_STACK_SEGMENT + 8;
    private static final int CONTROL_REGISTERS = KERNEL_STACK_POINTER + 8;

    /** Machine address of the page tables' root. */
    static final int PAGE_TABLES = CONTROL_REGISTERS + 3 * Long.BYTES;

    private static final int DEBUG_REGISTERS = CONTROL_REGISTERS + 8 * Long.BYTES;
    static final int EVENT_CALLBACK = DEBUG_REGISTERS + 8 * Long.BYTES;
    static final int FAILSAFE_CALLBACK = EVENT_CALLBACK + 8;
    private static final int SYSTEM_CALL_CALLBACK = FAILSAFE_CALLBACK + 8;
    private static final int ASSISTS = SYSTEM_CALL_CALLBACK + 8;
    private static final int FS_BASE = ASSISTS + 8;
    static final int GS_BASE = FS_BASE + 8;

    static final int SIZE = GS_BASE + 16;

    private VirtualCpuContext() {}

    /**
     * Fills in what all virtual CPUs have alike.
     *
     * @param context all zero
     * @param traps address of a {@link TrapTable}
     * @param root machine frame of the page tables' root
     */
    @Uninterruptible(reason = "Runs before the Java runtime.")
    static void fill(Pointer context, long traps, long root) {
        context.writeLong(FLAGS, FLAG_IN_KERNEL);
        context.writeShort(CODE_SEGMENT, (short) TrapTable.KERNEL_CODE);
        context.writeShort(STACK_SEGMENT, (short) TrapTable.KERNEL_STACK);
        context.writeLong(KERNEL_STACK_SEGMENT, TrapTable.KERNEL_STACK);
        Pointer table = WordFactory.pointer(traps);
        for (int i = 0; i < PvSymbols.TRAPS * TrapTable.ENTRY_BYTES; i += Long.BYTES) {
            context.writeLong(TRAPS + i, table.readLong(i));
        }
        context.writeLong(PAGE_TABLES, root << Frames.SHIFT);
        context.writeLong(EVENT_CALLBACK, StubAddresses.get(PvSymbols.EVENT_CALLBACK_ADDRESS));
        context.writeLong(
                FAILSAFE_CALLBACK, StubAddresses.get(PvSymbols.FAILSAFE_CALLBACK_ADDRESS));
    }
}
