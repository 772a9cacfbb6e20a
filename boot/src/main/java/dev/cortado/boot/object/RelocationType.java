package dev.cortado.boot.object;

import java.util.Optional;

/**
 * How a linker computes a field from its symbol's address {@code S}, the relocation's addend {@code
 * A} and the field's own address {@code P}.
 *
 * <p>Numbers and formulas: System V ABI, AMD64 supplement, table 4.9 "Relocation Types".
 */
public enum RelocationType {
    /** {@code S + A}, 8 bytes; R_X86_64_64. */
    ABSOLUTE_64(1, 8),
    /**
     * {@code S + A - P}, 4 bytes, signed; R_X86_64_PC32 (and R_X86_64_PLT32, no PLT in an image).
     */
    RELATIVE_32(2, 4),
    /** {@code S + A}, 4 bytes, zero-extended; R_X86_64_32. */
    ABSOLUTE_32(10, 4),
    /** {@code S + A}, 4 bytes, sign-extended; R_X86_64_32S. */
    ABSOLUTE_32_SIGNED(11, 4);

    private static final int R_X86_64_PLT32 = 4;

    private final int elfType;
    private final int width;

    RelocationType(int elfType, int width) {
        this.elfType = elfType;
        this.width = width;
    }

    /** The type's number in an ELF relocation. */
    public int elfType() {
        return elfType;
    }

    /** Bytes of the field. */
    public int width() {
        return width;
    }

    /** Whether {@code value} can be stored in the field without a change of its meaning. */
    public boolean holds(long value) {
        return switch (this) {
            case ABSOLUTE_64 -> true;
            case ABSOLUTE_32 -> value >>> Integer.SIZE == 0;
            case RELATIVE_32, ABSOLUTE_32_SIGNED -> value == (int) value;
        };
    }

    /** The type with this ELF number; empty for one that images do not use. */
    public static Optional<RelocationType> ofElfType(int elfType) {
        if (elfType == R_X86_64_PLT32) {
            return Optional.of(RELATIVE_32);
        }
        for (RelocationType type : values()) {
            if (type.elfType == elfType) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
