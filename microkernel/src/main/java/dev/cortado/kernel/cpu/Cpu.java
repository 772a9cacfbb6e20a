package dev.cortado.kernel.cpu;

import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.PointerBase;

/**
 * The instructions that Java has no words for: each method is one of the stubs that {@code
 * dev.cortado.boot.stubs} assembles. All of them may be called with interrupts off, before the Java
 * runtime is up, and from an interrupt.
 */
public final class Cpu {
    /** In RFLAGS: interrupts are on (Intel SDM vol. 1, 3.4.3.3). */
    public static final long FLAGS_INTERRUPTS = 1 << 9;

    private Cpu() {}

    @CFunction(value = "cortado_in8", transition = Transition.NO_TRANSITION)
    public static native int in8(int port);

    @CFunction(value = "cortado_in16", transition = Transition.NO_TRANSITION)
    public static native int in16(int port);

    @CFunction(value = "cortado_in32", transition = Transition.NO_TRANSITION)
    public static native int in32(int port);

    @CFunction(value = "cortado_out8", transition = Transition.NO_TRANSITION)
    public static native void out8(int port, int value);

    @CFunction(value = "cortado_out16", transition = Transition.NO_TRANSITION)
    public static native void out16(int port, int value);

    @CFunction(value = "cortado_out32", transition = Transition.NO_TRANSITION)
    public static native void out32(int port, int value);

    /** Writes {@code count} bytes to a port, one after the other. */
    @CFunction(value = "cortado_out8_many", transition = Transition.NO_TRANSITION)
    public static native void out8(int port, PointerBase bytes, int count);

    @CFunction(value = "cortado_read_msr", transition = Transition.NO_TRANSITION)
    public static native long readMsr(int index);

    @CFunction(value = "cortado_write_msr", transition = Transition.NO_TRANSITION)
    public static native void writeMsr(int index, long value);

    @CFunction(value = "cortado_read_cr0", transition = Transition.NO_TRANSITION)
    public static native long readCr0();

    @CFunction(value = "cortado_write_cr0", transition = Transition.NO_TRANSITION)
    public static native void writeCr0(long value);

    /** The address whose access caused the last page fault (Intel SDM vol. 3A, 2.5). */
    @CFunction(value = "cortado_read_cr2", transition = Transition.NO_TRANSITION)
    public static native long readCr2();

    @CFunction(value = "cortado_read_cr3", transition = Transition.NO_TRANSITION)
    public static native long readCr3();

    @CFunction(value = "cortado_write_cr3", transition = Transition.NO_TRANSITION)
    public static native void writeCr3(long value);

    @CFunction(value = "cortado_read_cr4", transition = Transition.NO_TRANSITION)
    public static native long readCr4();

    @CFunction(value = "cortado_write_cr4", transition = Transition.NO_TRANSITION)
    public static native void writeCr4(long value);

    @CFunction(value = "cortado_read_xcr0", transition = Transition.NO_TRANSITION)
    public static native long readXcr0();

    /** Writes EAX, EBX, ECX and EDX of the leaf to the four ints at {@code out}. */
    @CFunction(value = "cortado_cpuid", transition = Transition.NO_TRANSITION)
    public static native void cpuid(int leaf, int subleaf, PointerBase out);

    /**
     * The CRC-32C register behind {@code count} bytes, neither of them inverted; only where {@link
     * CpuId} says SSE4.2.
     */
    @CFunction(value = "cortado_crc32c", transition = Transition.NO_TRANSITION)
    public static native int crc32c(int crc, PointerBase bytes, long count);

    @CFunction(value = "cortado_rdtsc", transition = Transition.NO_TRANSITION)
    public static native long readTimeStampCounter();

    @CFunction(value = "cortado_pause", transition = Transition.NO_TRANSITION)
    public static native void pause();

    /** Writes a hardware random number to the 8 bytes at {@code out}; 0 if none was ready. */
    @CFunction(value = "cortado_rdrand", transition = Transition.NO_TRANSITION)
    public static native int readRandom(PointerBase out);

    /** As {@link #readRandom}, from the entropy source itself, which is more often empty. */
    @CFunction(value = "cortado_rdseed", transition = Transition.NO_TRANSITION)
    public static native int readSeed(PointerBase out);

    @CFunction(value = "cortado_invalidate_page", transition = Transition.NO_TRANSITION)
    public static native void invalidatePage(long virtualAddress);

    @CFunction(value = "cortado_load_task_register", transition = Transition.NO_TRANSITION)
    public static native void loadTaskRegister(int selector);

    /** Address of the global descriptor table. */
    @CFunction(value = "cortado_gdt", transition = Transition.NO_TRANSITION)
    public static native long gdt();

    /** Address of the interrupt descriptor table. */
    @CFunction(value = "cortado_idt", transition = Transition.NO_TRANSITION)
    public static native long idt();

    /** Disables interrupts and returns RFLAGS as it was before. */
    @CFunction(value = "cortado_disable_interrupts", transition = Transition.NO_TRANSITION)
    public static native long disableInterrupts();

    /** Enables interrupts if they were enabled in {@code flags}. */
    @CFunction(value = "cortado_restore_interrupts", transition = Transition.NO_TRANSITION)
    public static native void restoreInterrupts(long flags);

    @CFunction(value = "cortado_enable_interrupts", transition = Transition.NO_TRANSITION)
    public static native void enableInterrupts();

    /** Address of the {@link Processor} that this runs on. */
    @CFunction(value = "cortado_current_processor", transition = Transition.NO_TRANSITION)
    static native long currentProcessor();

    /** Address of the control block of the thread that this is, 0 before there are threads. */
    @CFunction(value = "cortado_current_thread", transition = Transition.NO_TRANSITION)
    public static native long currentThread();

    /** Reads that follow see what other CPUs store before their fence, or they see ours. */
    @CFunction(value = "cortado_fence", transition = Transition.NO_TRANSITION)
    public static native void fence();

    /** As {@link #disableInterrupts}, for whoever takes a lock then and needs some stack. */
    @CFunction(value = "cortado_prepare_lock", transition = Transition.NO_TRANSITION)
    static native long prepareLock();

    @CFunction(value = "cortado_load_gdt", transition = Transition.NO_TRANSITION)
    public static native void loadGdt(PointerBase limitAndBase);

    /**
     * Enables interrupts and halts until one has been handled, then disables them again. The two
     * happen at once ({@code sti} holds interrupts off for one more instruction, Intel SDM vol. 2B,
     * STI), so a wake-up between a check made with interrupts off and the halt is not lost.
     */
    @CFunction(value = "cortado_wait_for_interrupt", transition = Transition.NO_TRANSITION)
    public static native void waitForInterrupt();

    /** Raises an invalid opcode exception (#UD). */
    @CFunction(value = "cortado_trap", transition = Transition.NO_TRANSITION)
    public static native void trap();

    @CFunction(value = "cortado_halt_forever", transition = Transition.NO_TRANSITION)
    public static native void haltForever();

    /**
     * Saves the callee-saved registers on the current stack, stores the stack pointer at {@code
     * save}, continues with the stack {@code stackPointer}. Interrupts must be off.
     */
    @CFunction(value = "cortado_context_switch", transition = Transition.NO_TRANSITION)
    public static native void switchContext(PointerBase save, long stackPointer);
}
