package dev.cortado.boot.x86;

/** The mode that the CPU is in when it executes the code: it decides default operand sizes. */
public enum Mode {
    /** Real mode. */
    BITS_16(16),
    /** Protected mode with a 32-bit code segment. */
    BITS_32(32),
    /** Long mode with a 64-bit code segment. */
    BITS_64(64);

    private final int bits;

    Mode(int bits) {
        this.bits = bits;
    }

    /** Width of an address, and of what {@code push} pushes. */
    int bits() {
        return bits;
    }
}
