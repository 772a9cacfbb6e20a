package dev.cortado.boot.layout;

/** Segment selectors: byte offsets into the GDT that the boot code loads (SDM vol. 3A, 3.4.2). */
public final class Selectors {

    /** 64-bit code, ring 0. */
    public static final int CODE = 0x08;

    /** Data, ring 0. */
    public static final int DATA = 0x10;

    /** A slot of 16 bytes for a 64-bit TSS descriptor; empty until the kernel fills it. */
    public static final int TASK_STATE = 0x18;

    /** Bytes of the GDT: null, code, data, task state. */
    public static final int GDT_SIZE = 0x28;

    private Selectors() {}
}
