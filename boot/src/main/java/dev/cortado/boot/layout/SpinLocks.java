package dev.cortado.boot.layout;

/**
 * The kernel's spin locks: variables of 8 bytes, a cache line each, in the boot code's memory, so
 * that they work before any memory can be allocated. 0 is free.
 */
public final class SpinLocks {

    /** How many there are. */
    public static final int COUNT = 8;

    /** Bytes from one to the next, as a power of two: no two share a cache line. */
    public static final int STRIDE_SHIFT = 6;

    /**
     * How far below the stack pointer the stack is touched before a lock is taken: no code that
     * holds one uses more, so none meets a page fault there.
     */
    public static final int STACK_PROBE = 4096;

    private SpinLocks() {}
}
