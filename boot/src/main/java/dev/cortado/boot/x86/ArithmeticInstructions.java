package dev.cortado.boot.x86;

import dev.cortado.boot.object.SectionBuilder;

/** Instructions that compute and compare, and those that a prefix repeats. */
abstract sealed class ArithmeticInstructions extends MoveInstructions permits Assembler {

    ArithmeticInstructions(SectionBuilder section, Mode mode) {
        super(section, mode);
    }

    public final void add(Register to, Register from) {
        arithmetic(0, to, from);
    }

    public final void add(Register to, long value) {
        arithmetic(0, to, value);
    }

    public final void or(Register to, Register from) {
        arithmetic(1, to, from);
    }

    public final void or(Register to, long value) {
        arithmetic(1, to, value);
    }

    public final void and(Register to, long value) {
        arithmetic(4, to, value);
    }

    public final void sub(Register to, Register from) {
        arithmetic(5, to, from);
    }

    public final void sub(Register to, Memory from) {
        encoder.memory(to.width(), wide(0x2A, to.width()), to.number(), from, 0);
    }

    public final void sub(Register to, long value) {
        arithmetic(5, to, value);
    }

    public final void xor(Register to, Register from) {
        arithmetic(6, to, from);
    }

    public final void xor(Register to, long value) {
        arithmetic(6, to, value);
    }

    public final void cmp(Register left, Register right) {
        arithmetic(7, left, right);
    }

    public final void cmp(Register left, long right) {
        arithmetic(7, left, right);
    }

    public final void cmp(Width width, Memory left, long right) {
        Operands.requireImmediate(width, right);
        boolean isByte = Operands.isShort(width, right);
        int bytes = isByte ? Byte.BYTES : width.immediateBytes();
        encoder.memory(width, isByte ? 0x83 : wide(0x80, width), 7, left, bytes);
        section.emit(bytes, right);
    }

    public final void test(Register left, Register right) {
        Operands.requireSameWidth(left, right);
        encoder.registers(left.width(), wide(0x84, left.width()), right.number(), left.number());
    }

    public final void test(Register left, long right) {
        Operands.requireImmediate(left.width(), right);
        encoder.registers(left.width(), wide(0xF6, left.width()), 0, left.number());
        section.emit(left.width().immediateBytes(), right);
    }

    public final void shl(Register register, int count) {
        shift(4, register, count);
    }

    public final void shr(Register register, int count) {
        shift(5, register, count);
    }

    /** Unsigned division of rdx:rax (or edx:eax, ...). */
    public final void div(Register divisor) {
        encoder.registers(divisor.width(), wide(0xF6, divisor.width()), 6, divisor.number());
    }

    /** Sets a byte register to 1 where the condition holds, else to 0. */
    public final void setcc(Condition condition, Register to) {
        if (to.width() != Width.BYTE) {
            throw new IllegalArgumentException("setcc to " + to);
        }
        encoder.registers(null, 0x0F90 | condition.ordinal(), 0, to.number());
    }

    /** Stores rax (eax) at rdi (edi) rcx times (rep stosq, rep stosd). */
    public final void repStos(Width width) {
        section.emit8(0xF3);
        encoder.plain(width, wide(0xAA, width));
    }

    /** Copies from rsi (esi) to rdi (edi) rcx (ecx) times (rep movsq, rep movsd, ...). */
    public final void repMovs(Width width) {
        section.emit8(0xF3);
        encoder.plain(width, wide(0xA4, width));
    }

    private void arithmetic(int operation, Register to, Register from) {
        Operands.requireSameWidth(to, from);
        int opcode = wide(operation << 3, to.width());
        encoder.registers(to.width(), opcode, from.number(), to.number());
    }

    private void arithmetic(int operation, Register to, long value) {
        Operands.requireImmediate(to.width(), value);
        boolean isByte = Operands.isShort(to.width(), value);
        int opcode = isByte ? 0x83 : wide(0x80, to.width());
        encoder.registers(to.width(), opcode, operation, to.number());
        section.emit(isByte ? Byte.BYTES : to.width().immediateBytes(), value);
    }

    private void shift(int operation, Register register, int count) {
        if (count < 0 || count >= register.width().bits()) {
            throw new IllegalArgumentException("shift of " + register + " by " + count);
        }
        encoder.registers(
                register.width(), wide(0xC0, register.width()), operation, register.number());
        section.emit8(count);
    }
}
