package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.memory.DeviceMemory;
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

    /** Both have a bit for each vector, 32 in a register, every 16 bytes. */
    private static final int IN_SERVICE = 0x100;

    private static final int INTERRUPT_REQUEST = 0x200;
    private static final int INTERRUPT_COMMAND = 0x300;
    private static final int INTERRUPT_COMMAND_HIGH = 0x310;
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

    /** Of the interrupt command register (SDM vol. 3A, 10.6.1). */
    private static final int DELIVERY_NMI = 4 << 8;

    private static final int DELIVERY_INIT = 5 << 8;
    private static final int DELIVERY_STARTUP = 6 << 8;
    private static final int DELIVERY_PENDING = 1 << 12;
    private static final int LEVEL_ASSERT = 1 << 14;

    private static final int MSR_APIC_BASE = 0x1b;
    private static final int MSR_X2APIC = 0x800;
    private static final long APIC_BASE_ADDRESS = 0x000f_ffff_ffff_f000L;
    private static final long APIC_BASE_X2APIC = 1 << 10;
    private static final long APIC_BASE_ENABLE = 1 << 11;

    private static boolean x2apic;
    private static Pointer registers;

    private LocalApic() {}

    /** Finds its registers and switches the boot CPU's on. False: no memory. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static boolean initialize() {
        x2apic = CpuId.has(1, CpuId.ECX, CpuId.X2APIC);
        if (!x2apic) {
            long address = Cpu.readMsr(MSR_APIC_BASE) & APIC_BASE_ADDRESS;
            registers = WordFactory.pointer(DeviceMemory.map(address, 4096));
            if (registers.isNull()) {
                return false;
            }
        }
        initializeProcessor();
        return true;
    }

    /** Switches this CPU's on, everything masked but interrupts from devices and other CPUs. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static void initializeProcessor() {
        long base = Cpu.readMsr(MSR_APIC_BASE) | APIC_BASE_ENABLE;
        Cpu.writeMsr(MSR_APIC_BASE, x2apic ? base | APIC_BASE_X2APIC : base);
        write(TASK_PRIORITY, 0);
        write(LVT_LINT0, LVT_MASKED);
        write(LVT_LINT1, LVT_MASKED);
        write(LVT_ERROR, LVT_MASKED);
        write(LVT_TIMER, LVT_MASKED);
        write(TIMER_DIVIDE, DIVIDE_BY_1);
        write(SPURIOUS, SPURIOUS_ENABLE | Interrupts.SPURIOUS_VECTOR);
    }

    /** Whether it is reached by registers of the CPU, not in memory. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static boolean hasRegisters() {
        return x2apic;
    }

    /** Whether a CPU can be reached: without x2APIC, identifiers have 8 bits, all set means all. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static boolean canAddress(int apicId) {
        return x2apic || apicId >= 0 && apicId < 0xff;
    }

    /** Raises an interrupt on another CPU. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static void sendInterrupt(int apicId, int vector) {
        command(apicId, LEVEL_ASSERT | vector);
    }

    /** Resets another CPU; it waits for {@link #sendStartup}. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static void sendInit(int apicId) {
        command(apicId, LEVEL_ASSERT | DELIVERY_INIT);
    }

    /** Lets another CPU begin in real mode at the physical page {@code address}, below 1 MiB. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static void sendStartup(int apicId, int address) {
        command(apicId, LEVEL_ASSERT | DELIVERY_STARTUP | address >>> 12);
    }

    /** Interrupts another CPU, whatever it does: one that handles exceptions. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static void sendNonMaskable(int apicId) {
        command(apicId, LEVEL_ASSERT | DELIVERY_NMI);
    }

    @Uninterruptible(reason = Interrupts.REASON)
    private static void command(int apicId, int command) {
        long flags = Cpu.disableInterrupts();
        if (x2apic) {
            long value = (long) apicId << 32 | command & 0xffff_ffffL;
            Cpu.writeMsr(MSR_X2APIC + INTERRUPT_COMMAND / 16, value);
        } else {
            while ((registers.readInt(INTERRUPT_COMMAND) & DELIVERY_PENDING) != 0) {
                Cpu.pause();
            }
            registers.writeInt(INTERRUPT_COMMAND_HIGH, apicId << 24);
            registers.writeInt(INTERRUPT_COMMAND, command);
        }
        Cpu.restoreInterrupts(flags);
    }

    @Uninterruptible(reason = Interrupts.REASON)
    public static int id() {
        return x2apic ? read(ID) : read(ID) >>> 24;
    }

    @Uninterruptible(reason = Interrupts.REASON)
    public static void endOfInterrupt() {
        write(END_OF_INTERRUPT, 0);
    }

    /** Whether an interrupt of a vector waits for this CPU, or is being handled by it. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static boolean isPending(int vector) {
        int register = vector / Integer.SIZE * 16;
        int bits = read(INTERRUPT_REQUEST + register) | read(IN_SERVICE + register);
        return (bits & 1 << vector) != 0;
    }

    /** This CPU's timer may interrupt it, and whether it follows the TSC. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static void enableTimer(boolean tscDeadline) {
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
