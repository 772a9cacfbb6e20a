package dev.cortado.boot.x86;

/** Width of an operand. */
public enum Width {
    BYTE(8),
    WORD(16),
    DOUBLEWORD(32),
    QUADWORD(64);

    private final int bits;

    Width(int bits) {
        this.bits = bits;
    }

    int bits() {
        return bits;
    }

    /** Bytes of an immediate operand: there are none of 64 bits, but for one form of mov. */
    int immediateBytes() {
        return Math.min(bits, Integer.SIZE) / Byte.SIZE;
    }
}
