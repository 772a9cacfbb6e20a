package dev.cortado.boot.layout;

/**
 * What the base address of gs points to on each CPU, so that one instruction finds it whatever CPU
 * it runs on. Offsets in bytes; every field has 8.
 */
public final class ProcessorHeader {

    /** Address of the CPU's control block. */
    public static final int PROCESSOR = 0;

    /** Address of the control block of the thread that runs on it. */
    public static final int THREAD = 8;

    /** Bytes of the header. */
    public static final int SIZE = 16;

    private ProcessorHeader() {}
}
