package dev.cortado.boot.x86;

import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.SectionBuilder;

/**
 * The anatomy of an instruction: prefixes, opcode, ModRM, SIB, displacement (SDM vol. 2, chapter 2
 * "Instruction Format").
 */
final class Encoder {

    private static final int OPERAND_SIZE_PREFIX = 0x66;
    private static final int ADDRESS_SIZE_PREFIX = 0x67;
    private static final int REX = 0x40;
    private static final int REX_W = 8;
    private static final int REX_R = 4;
    private static final int REX_X = 2;
    private static final int REX_B = 1;

    /** In ModRM's r/m field: a SIB byte follows. */
    private static final int SIB_FOLLOWS = 4;

    /** In ModRM's r/m field with mod 0, or SIB's base field with mod 0: a displacement, no base. */
    private static final int NO_BASE = 5;

    /** The same for the 16-bit forms. */
    private static final int NO_BASE_16 = 6;

    /** In SIB's index field. */
    private static final int NO_INDEX = 4;

    private final SectionBuilder section;
    private final Mode mode;

    Encoder(SectionBuilder section, Mode mode) {
        this.section = section;
        this.mode = mode;
    }

    /** An opcode with a register in its low three bits. */
    void opcodeRegister(Width width, int opcode, Register register) {
        prefixes(width, 0, 0, register.number());
        opcode(opcode | register.low());
    }

    /** An opcode and a ModRM byte that names two registers. */
    void registers(Width width, int opcode, int reg, int rm) {
        prefixes(width, reg, 0, rm);
        opcode(opcode);
        modRm(3, reg, rm);
    }

    /**
     * An opcode and a memory operand.
     *
     * @param width {@code null} where the instruction has one operand size only
     * @param reg number of a register, or the opcode's extension
     * @param trailing bytes of immediate operands that follow: they count for RIP-relative
     *     addresses
     */
    void memory(Width width, int opcode, int reg, Memory memory, int trailing) {
        requireAddressable(memory);
        if (mode == Mode.BITS_16 && memory.base() != null) {
            section.emit8(ADDRESS_SIZE_PREFIX);
        }
        int base = memory.base() == null ? 0 : memory.base().number();
        int index = memory.index() == null ? 0 : memory.index().number();
        prefixes(width, reg, index, base);
        opcode(opcode);
        if (memory.relative()) {
            modRm(0, reg, NO_BASE);
            section.emitRelocated(
                    RelocationType.RELATIVE_32,
                    memory.symbol(),
                    (long) memory.displacement() - Integer.BYTES - trailing);
        } else if (memory.base() == null) {
            absolute(reg, memory);
        } else {
            based(reg, memory);
        }
    }

    /** Prefixes and opcode of an instruction without ModRM. */
    void plain(Width width, int opcode) {
        prefixes(width, 0, 0, 0);
        opcode(opcode);
    }

    private void absolute(int reg, Memory memory) {
        if (mode == Mode.BITS_16) {
            modRm(0, reg, NO_BASE_16);
            section.emit16(memory.displacement());
        } else if (mode == Mode.BITS_32) {
            modRm(0, reg, NO_BASE);
            displacement32(memory);
        } else {
            // Without SIB, this ModRM means RIP-relative in 64-bit mode (SDM vol. 2, 2.2.1.6).
            modRm(0, reg, SIB_FOLLOWS);
            sib(1, NO_INDEX, NO_BASE);
            displacement32(memory);
        }
    }

    private void based(int reg, Memory memory) {
        int base = memory.base().low();
        int displacement = memory.displacement();
        int mod;
        if (memory.symbol() != null || displacement != (byte) displacement) {
            mod = 2;
        } else if (displacement != 0 || base == NO_BASE) {
            mod = 1;
        } else {
            mod = 0;
        }
        if (memory.index() != null) {
            modRm(mod, reg, SIB_FOLLOWS);
            sib(memory.scale(), memory.index().low(), base);
        } else if (base == SIB_FOLLOWS) {
            modRm(mod, reg, SIB_FOLLOWS);
            sib(1, NO_INDEX, base);
        } else {
            modRm(mod, reg, base);
        }
        if (mod == 1) {
            section.emit8(displacement);
        } else if (mod == 2) {
            displacement32(memory);
        }
    }

    private void displacement32(Memory memory) {
        if (memory.symbol() == null) {
            section.emit32(memory.displacement());
        } else {
            // 64-bit mode sign-extends a displacement to the address's width.
            RelocationType type =
                    mode == Mode.BITS_64
                            ? RelocationType.ABSOLUTE_32_SIGNED
                            : RelocationType.ABSOLUTE_32;
            section.emitRelocated(type, memory.symbol(), memory.displacement());
        }
    }

    private void prefixes(Width width, int reg, int index, int base) {
        if (width != null && width.bits() > mode.bits() && width != Width.DOUBLEWORD) {
            throw new IllegalArgumentException(width + " operand in " + mode);
        }
        if (width == Width.WORD && mode != Mode.BITS_16
                || width == Width.DOUBLEWORD && mode == Mode.BITS_16) {
            section.emit8(OPERAND_SIZE_PREFIX);
        }
        int rex = width == Width.QUADWORD ? REX_W : 0;
        rex |= reg > 7 ? REX_R : 0;
        rex |= index > 7 ? REX_X : 0;
        rex |= base > 7 ? REX_B : 0;
        if (rex != 0) {
            if (mode != Mode.BITS_64) {
                throw new IllegalArgumentException("r8 to r15 and 64-bit operands in " + mode);
            }
            section.emit8(REX | rex);
        }
    }

    private void opcode(int opcode) {
        for (int shift = 16; shift > 0; shift -= Byte.SIZE) {
            if (opcode >>> shift != 0) {
                section.emit8(opcode >>> shift);
            }
        }
        section.emit8(opcode);
    }

    private void modRm(int mod, int reg, int rm) {
        section.emit8(mod << 6 | (reg & 7) << 3 | rm & 7);
    }

    private void sib(int scale, int index, int base) {
        section.emit8(Integer.numberOfTrailingZeros(scale) << 6 | index << 3 | base);
    }

    private void requireAddressable(Memory memory) {
        Width expected = mode == Mode.BITS_64 ? Width.QUADWORD : Width.DOUBLEWORD;
        if (memory.base() != null && memory.base().width() != expected) {
            throw new IllegalArgumentException("address in " + memory.base() + " in " + mode);
        }
        if (memory.relative() && mode != Mode.BITS_64) {
            throw new IllegalArgumentException("RIP-relative address in " + mode);
        }
        if (mode == Mode.BITS_16
                && memory.base() == null
                && (memory.symbol() != null || memory.displacement() >>> Short.SIZE != 0)) {
            throw new IllegalArgumentException(memory + " needs more than 16 bits");
        }
    }
}
