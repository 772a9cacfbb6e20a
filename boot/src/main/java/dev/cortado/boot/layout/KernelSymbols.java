package dev.cortado.boot.layout;

/** What the kernel's compiled Java code defines for the boot code. */
public final class KernelSymbols {

    /**
     * {@code void entry(long bootProtocol, long physicalStartInfo)}: the kernel's main program.
     * Runs on the boot stack with interrupts off, r14 = {@link AddressSpace#HEAP_BASE}, r15 = 0;
     * never returns.
     */
    public static final String KERNEL_ENTRY = "cortado_kernel_entry";

    /**
     * {@code void entry(long frame)}: every interrupt and exception, with interrupts off; {@code
     * frame} is the address of an {@link InterruptFrame}. r15 is the interrupted code's. Must be
     * uninterruptible and keep the System V callee-saved registers.
     */
    public static final String INTERRUPT_ENTRY = "cortado_interrupt_entry";

    private KernelSymbols() {}
}
