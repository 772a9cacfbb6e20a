package dev.cortado.boot.layout;

/**
 * What an interrupt or exception leaves on the stack: the frame that {@code
 * cortado_interrupt_entry} gets the address of. Offsets in bytes; every field has 8.
 *
 * <p>From {@link #RIP} on the CPU wrote it (SDM vol. 3A, 6.14.2 "64-Bit Mode Stack Frame"); the
 * vector's stub pushed the rest. The handler may change any field; the change takes effect when it
 * returns.
 */
public final class InterruptFrame {

    public static final int R15 = 0;
    public static final int R14 = 8;
    public static final int R13 = 16;
    public static final int R12 = 24;
    public static final int R11 = 32;
    public static final int R10 = 40;
    public static final int R9 = 48;
    public static final int R8 = 56;
    public static final int RBP = 64;
    public static final int RDI = 72;
    public static final int RSI = 80;
    public static final int RDX = 88;
    public static final int RCX = 96;
    public static final int RBX = 104;
    public static final int RAX = 112;

    /** 0 to 255. */
    public static final int VECTOR = 120;

    /** The CPU's error code; 0 for vectors that have none. */
    public static final int ERROR_CODE = 128;

    public static final int RIP = 136;
    public static final int CS = 144;
    public static final int RFLAGS = 152;
    public static final int RSP = 160;
    public static final int SS = 168;

    /** Bytes of the frame. */
    public static final int SIZE = 176;

    private InterruptFrame() {}
}
