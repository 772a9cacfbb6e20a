package dev.cortado.boot.x86;

/** What operands have to be like to have an encoding. */
final class Operands {

    private Operands() {}

    static void requireSameWidth(Register one, Register other) {
        if (one.width() != other.width()) {
            throw new IllegalArgumentException(one + " and " + other + " differ in width");
        }
    }

    /** As wide as an address: what is pushed, jumped to, or moved to a control register. */
    static void requireNativeWidth(Mode mode, Register register) {
        Width expected = mode == Mode.BITS_64 ? Width.QUADWORD : Width.DOUBLEWORD;
        if (register.width() != expected) {
            throw new IllegalArgumentException(register + " in " + mode);
        }
    }

    static void requireNoByte(Register register) {
        if (register.width() == Width.BYTE) {
            throw new IllegalArgumentException(register + " is too narrow");
        }
    }

    static void requireAccumulator(Register register) {
        if (register.number() != Register.RAX.number() || register.width() == Width.QUADWORD) {
            throw new IllegalArgumentException("input or output of " + register);
        }
    }

    /** Narrow operands take signed and unsigned constants; 64-bit ones sign-extended 32 bits. */
    static void requireImmediate(Width width, long value) {
        boolean fits =
                width == Width.QUADWORD
                        ? value == (int) value
                        : value >= -(1L << width.bits() - 1) && value < 1L << width.bits();
        if (!fits) {
            throw new IllegalArgumentException("0x%x is no %s operand".formatted(value, width));
        }
    }

    /** Whether a constant fits the form that sign-extends a byte. */
    static boolean isShort(Width width, long value) {
        return width != Width.BYTE && value == (byte) value;
    }
}
