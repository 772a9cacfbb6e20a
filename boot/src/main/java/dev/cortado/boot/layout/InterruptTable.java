package dev.cortado.boot.layout;

/**
 * The interrupt descriptor table (SDM vol. 3A, 6.14.1 "64-Bit Mode IDT").
 *
 * <p>The boot code installs all gates with IST field 0, which means: stay on the interrupted stack.
 * A non-zero field makes the CPU read a stack from the TSS, and there is none before the kernel has
 * loaded one. After {@code cortado_load_task_register} the kernel gives the vectors that may come
 * when the stack is unusable a stack of their own, by writing the IST number into the gate. All
 * interrupts of devices share one: a stack is committed page by page as it grows, and an interrupt
 * whose delivery meets a page that is not there yet would be lost. The stub moves their frame to
 * the interrupted stack, where a page fault does no harm.
 */
public final class InterruptTable {

    /** Vectors: 32 exceptions and 224 interrupts. */
    public static final int VECTORS = 256;

    /** Bytes of a gate. */
    public static final int GATE_SIZE = 16;

    /** Offset in a gate of its handler's address bits 15:0. */
    public static final int GATE_OFFSET_LOW = 0;

    /** Offset in a gate of its code segment selector. */
    public static final int GATE_SELECTOR = 2;

    /** Offset in a gate of its handler's address bits 63:32; 4 reserved bytes follow. */
    public static final int GATE_OFFSET_HIGH = 8;

    /**
     * Offset of the byte in a gate whose low three bits are the IST number; type, privilege and
     * address bits 31:16 follow in the same doubleword.
     */
    public static final int GATE_IST = 4;

    /** Bytes from one vector's stub to the next, beginning at {@code cortado_interrupt_vectors}. */
    public static final int STUB_SIZE = 16;

    public static final int NMI_VECTOR = 2;
    public static final int DOUBLE_FAULT_VECTOR = 8;
    public static final int PAGE_FAULT_VECTOR = 14;
    public static final int MACHINE_CHECK_VECTOR = 18;

    /** The IST number that the kernel gives to {@link #DOUBLE_FAULT_VECTOR}. */
    public static final int DOUBLE_FAULT_IST = 1;

    /** The IST number that the kernel gives to {@link #NMI_VECTOR}. */
    public static final int NMI_IST = 2;

    /** The IST number that the kernel gives to {@link #MACHINE_CHECK_VECTOR}. */
    public static final int MACHINE_CHECK_IST = 3;

    /**
     * The IST number that the kernel gives to {@link #PAGE_FAULT_VECTOR}, and to the exceptions
     * that have no other.
     */
    public static final int PAGE_FAULT_IST = 4;

    /** The IST number that the kernel gives to all vectors from {@link #FIRST_INTERRUPT} on. */
    public static final int INTERRUPT_IST = 5;

    /** Vectors below are the CPU's exceptions (SDM vol. 3A, 6.3.1). */
    public static final int FIRST_INTERRUPT = 32;

    private InterruptTable() {}
}
