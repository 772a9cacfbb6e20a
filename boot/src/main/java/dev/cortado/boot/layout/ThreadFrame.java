package dev.cortado.boot.layout;

/**
 * What {@code cortado_context_switch} leaves on the stack of a thread that does not run; its
 * address is the thread's saved stack pointer. Offsets in bytes.
 *
 * <p>A new thread gets such a frame at {@code stackTop - SIZE}, {@code stackTop} being aligned to
 * 16: {@link #RBX} the function, {@link #RBP} its argument, {@link #RETURN_ADDRESS} the address of
 * {@code cortado_thread_entry}, {@link #MXCSR} and {@link #FPU_CONTROL} their initial values, the
 * others 0.
 */
public final class ThreadFrame {

    /** 4 bytes: SSE control and status. */
    public static final int MXCSR = 0;

    /** 2 bytes: x87 control word; 2 unused bytes follow. */
    public static final int FPU_CONTROL = 4;

    public static final int R15 = 8;
    public static final int R13 = 16;
    public static final int R12 = 24;
    public static final int RBP = 32;
    public static final int RBX = 40;
    public static final int RETURN_ADDRESS = 48;

    /** Bytes of the frame. */
    public static final int SIZE = 56;

    /** All exceptions masked, round to nearest (SDM vol. 1, 10.2.3): the CPU's own reset value. */
    public static final int INITIAL_MXCSR = 0x1F80;

    /**
     * All exceptions masked, 64-bit precision, round to nearest (SDM vol. 1, 8.1.5): FNINIT's
     * value.
     */
    public static final short INITIAL_FPU_CONTROL = 0x037F;

    private ThreadFrame() {}
}
