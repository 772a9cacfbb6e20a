package dev.cortado.boot.x86;

import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.SectionBuilder;

/** Instructions that move data as it is. */
abstract sealed class MoveInstructions extends CodeWriter permits ArithmeticInstructions {

    MoveInstructions(SectionBuilder section, Mode mode) {
        super(section, mode);
    }

    public final void mov(Register to, Register from) {
        Operands.requireSameWidth(to, from);
        encoder.registers(to.width(), wide(0x88, to.width()), from.number(), to.number());
    }

    public final void mov(Register to, Memory from) {
        encoder.memory(to.width(), wide(0x8A, to.width()), to.number(), from, 0);
    }

    public final void mov(Memory to, Register from) {
        encoder.memory(from.width(), wide(0x88, from.width()), from.number(), to, 0);
    }

    /** Moves a constant to a register; the shortest form that leaves that value there. */
    public final void mov(Register to, long value) {
        if (to.width() != Width.QUADWORD) {
            Operands.requireImmediate(to.width(), value);
            encoder.opcodeRegister(to.width(), to.width() == Width.BYTE ? 0xB0 : 0xB8, to);
            section.emit(to.width().immediateBytes(), value);
        } else if (value >>> Integer.SIZE == 0) {
            // A write to the lower half clears the upper one.
            encoder.opcodeRegister(Width.DOUBLEWORD, 0xB8, to);
            section.emit32((int) value);
        } else if (value == (int) value) {
            encoder.registers(to.width(), 0xC7, 0, to.number());
            section.emit32((int) value);
        } else {
            encoder.opcodeRegister(to.width(), 0xB8, to);
            section.emit64(value);
        }
    }

    /** Moves a constant to memory; 64-bit operands take a sign-extended 32-bit constant. */
    public final void mov(Width width, Memory to, long value) {
        Operands.requireImmediate(width, value);
        encoder.memory(width, wide(0xC6, width), 0, to, width.immediateBytes());
        section.emit(width.immediateBytes(), value);
    }

    /** Moves {@code symbol + addend} to a register of 32 or 64 bits, the field being as wide. */
    public final void movAddress(Register to, String symbol, long addend) {
        encoder.opcodeRegister(to.width(), 0xB8, to);
        RelocationType type =
                switch (to.width()) {
                    case QUADWORD -> RelocationType.ABSOLUTE_64;
                    case DOUBLEWORD -> RelocationType.ABSOLUTE_32;
                    default -> throw new IllegalArgumentException("address in " + to);
                };
        section.emitRelocated(type, symbol, addend);
    }

    public final void mov(SegmentRegister to, Register from) {
        if (to == SegmentRegister.CS) {
            throw new IllegalArgumentException("cs is loaded by a far jump");
        }
        encoder.registers(null, 0x8E, to.ordinal(), from.number());
    }

    public final void mov(Register to, SegmentRegister from) {
        Operands.requireNoByte(to);
        encoder.registers(to.width(), 0x8C, from.ordinal(), to.number());
    }

    public final void mov(ControlRegister to, Register from) {
        requireNativeWidth(from);
        encoder.registers(null, 0x0F22, to.number(), from.number());
    }

    public final void mov(Register to, ControlRegister from) {
        requireNativeWidth(to);
        encoder.registers(null, 0x0F20, from.number(), to.number());
    }

    /** Zero-extends a register of 8 or 16 bits. */
    public final void movzx(Register to, Register from) {
        if (from.width().bits() >= Math.min(to.width().bits(), Integer.SIZE)) {
            throw new IllegalArgumentException("no extension of " + from + " to " + to);
        }
        encoder.registers(to.width(), wide(0x0FB6, from.width()), to.number(), from.number());
    }

    /** Exchanges the two as one step that no other CPU sees the middle of (SDM vol. 2, XCHG). */
    public final void xchg(Memory memory, Register register) {
        encoder.memory(register.width(), 0x87, register.number(), memory, 0);
    }

    /** The next instruction's memory operand is in this segment instead of ds or ss. */
    public final void inSegment(SegmentRegister segment) {
        section.emit8(
                switch (segment) {
                    case FS -> 0x64;
                    case GS -> 0x65;
                    default -> throw new IllegalArgumentException("no prefix for " + segment);
                });
    }

    public final void lea(Register to, Memory address) {
        Operands.requireNoByte(to);
        encoder.memory(to.width(), 0x8D, to.number(), address, 0);
    }

    public final void push(Register register) {
        requireNativeWidth(register);
        encoder.opcodeRegister(nativeOperand(), 0x50, register);
    }

    /** Pushes a sign-extended constant. */
    public final void push(int value) {
        if (mode == Mode.BITS_16) {
            throw new IllegalArgumentException("push of a constant in " + mode);
        }
        boolean isByte = value == (byte) value;
        section.emit8(isByte ? 0x6A : 0x68);
        section.emit(isByte ? Byte.BYTES : Integer.BYTES, value);
    }

    public final void pop(Register register) {
        requireNativeWidth(register);
        encoder.opcodeRegister(nativeOperand(), 0x58, register);
    }

    /** Pushes flags: pushfd or pushfq. */
    public final void pushf() {
        section.emit8(0x9C);
    }

    /** Pops flags: popfd or popfq. */
    public final void popf() {
        section.emit8(0x9D);
    }
}
