package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * The CPU's own interrupt controller (Intel SDM vol. 3A, chapter 10), through x2APIC registers
 * where the CPU has them, otherwise through memory.
 */
public final class LocalApic {
    /** Register offsets, SDM table 10-1; in x2APIC mode MSR 0x800 + offset / 16. */
    private static final int ID = 0x20;

    private static final int TASK_PRIORITY = 0x80;
    private static final int END_OF_INTERRUPT = 0xb0;
    private static final int SPURIOUS = 0xf0;
    private static final int LVT_TIMER = 0x320;
    private static final int LVT_LINT0 = 0x350;
    private static final int LVT_LINT1 = 0x360;
    private static final int LVT_ERROR = 0x370;
    private static final int TIMER_INITIAL_COUNT = 0x380;
    private static final int TIMER_CURRENT_COUNT = 0x390;
    private static final int TIMER_DIVIDE = 0x3e0;

    private static final int SPURIOUS_ENABLE = 1 << 8;
    private static final int LVT_MASKED = 1 << 16;
    private static final int TIMER_TSC_DEADLINE = 2 << 17;
    private static final int DIVIDE_BY_1 = 0b1011;

    private static final int MSR_APIC_BASE = 0x1b;
    private static final int MSR_X2APIC = 0x800;
    private static final long APIC_BASE_ADDRESS = 0x000f_ffff_ffff_f000L;
    private static final long APIC_BASE_X2APIC = 1 << 10;
    private static final long APIC_BASE_ENABLE = 1 << 11;

    private static boolean x2apic;
    private static Pointer registers;

    private LocalApic() {}

    /** Switches it on, everything masked but interrupts from devices. False: no memory. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static boolean initialize() {
        long base = Cpu.readMsr(MSR_APIC_BASE);
        x2apic = CpuId.has(1, CpuId.ECX, CpuId.X2APIC);
        if (x2apic) {
            Cpu.writeMsr(MSR_APIC_BASE, base | APIC_BASE_ENABLE | APIC_BASE_X2APIC);
        } else {
            Cpu.writeMsr(MSR_APIC_BASE, base | APIC_BASE_ENABLE);
            registers = WordFactory.pointer(Memory.mapDevice(base & APIC_BASE_ADDRESS, 4096));
            if (registers.isNull()) {
                return false;
            }
        }
        write(TASK_PRIORITY, 0);
        write(LVT_LINT0, LVT_MASKED);
        write(LVT_LINT1, LVT_MASKED);
        write(LVT_ERROR, LVT_MASKED);
        write(LVT_TIMER, LVT_MASKED);
        write(TIMER_DIVIDE, DIVIDE_BY_1);
        write(SPURIOUS, SPURIOUS_ENABLE | Interrupts.SPURIOUS_VECTOR);
        return true;
    }

    @Uninterruptible(reason = Interrupts.REASON)
    public static int id() {
        return x2apic ? read(ID) : read(ID) >>> 24;
    }

    @Uninterruptible(reason = Interrupts.REASON)
    static void endOfInterrupt() {
        write(END_OF_INTERRUPT, 0);
    }

    /** Who is called when the timer fires, and whether it follows the TSC. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static void enableTimer(InterruptHandler handler, boolean tscDeadline) {
        Interrupts.bind(Interrupts.TIMER_VECTOR, handler);
        write(LVT_TIMER, Interrupts.TIMER_VECTOR | (tscDeadline ? TIMER_TSC_DEADLINE : 0));
    }

    /** Fires once after that many ticks; 0 stops the timer. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static void startTimer(int ticks) {
        write(TIMER_INITIAL_COUNT, ticks);
    }

    /** Ticks left, for calibration. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static int timerTicksLeft() {
        return read(TIMER_CURRENT_COUNT);
    }

    @Uninterruptible(reason = Interrupts.REASON)
    private static int read(int register) {
        return x2apic ? (int) Cpu.readMsr(MSR_X2APIC + register / 16) : registers.readInt(register);
    }

    @Uninterruptible(reason = Interrupts.REASON)
    private static void write(int register, int value) {
        if (x2apic) {
            Cpu.writeMsr(MSR_X2APIC + register / 16, value & 0xffff_ffffL);
        } else {
            registers.writeInt(register, value);
        }
    }
}
