package dev.cortado.boot.x86;

import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.SectionBuilder;

/**
 * Appends instructions to a section.
 *
 * <p>Methods are named after their instructions. Where an immediate operand has a short form, it is
 * used.
 */
public final class Assembler extends ArithmeticInstructions {

    /** Appends to {@code section} what is to be executed in {@code mode}. */
    public Assembler(SectionBuilder section, Mode mode) {
        super(section, mode);
    }

    /** Writes bytes from memory at RSI to the port in DX, as many as RCX says. */
    public void repOutsb() {
        bytes(0xF3, 0x6E);
    }

    /** Reads bytes from the port in DX to memory at RDI, as many as RCX says. */
    public void repInsb() {
        bytes(0xF3, 0x6C);
    }

    // Control flow. In 16-bit mode too, addresses on the stack have 32 bits.

    public void jmp(Label target) {
        jump(target, 0xEB, 0xE9);
    }

    public void jcc(Condition condition, Label target) {
        jump(target, 0x70 | condition.ordinal(), 0x0F80 | condition.ordinal());
    }

    /** Jumps to another function. */
    public void jmp(String symbol) {
        transfer(0xE9, symbol);
    }

    public void jmp(Register target) {
        requireNativeWidth(target);
        encoder.registers(nativeOperand(), 0xFF, 4, target.number());
    }

    /** Jumps to {@code selector:symbol}, a far jump with a 32-bit offset. */
    public void jmpFar(int selector, String symbol) {
        if (mode == Mode.BITS_64) {
            throw new IllegalArgumentException("64-bit mode has no direct far jump");
        }
        encoder.plain(Width.DOUBLEWORD, 0xEA);
        section.emitRelocated(RelocationType.ABSOLUTE_32, symbol, 0);
        section.emit16(selector);
    }

    /** Jumps to {@code selector:offset}, with a 32-bit offset. */
    public void jmpFar(int selector, int offset) {
        if (mode == Mode.BITS_64) {
            throw new IllegalArgumentException("64-bit mode has no direct far jump");
        }
        encoder.plain(Width.DOUBLEWORD, 0xEA);
        section.emit32(offset);
        section.emit16(selector);
    }

    /** Calls another function. */
    public void call(String symbol) {
        transfer(0xE8, symbol);
    }

    public void call(Register target) {
        requireNativeWidth(target);
        encoder.registers(nativeOperand(), 0xFF, 2, target.number());
    }

    public void ret() {
        encoder.plain(nativeOperand(), 0xC3);
    }

    /** Far return with 64-bit operands: pops rip and cs. */
    public void retfq() {
        encoder.plain(Width.QUADWORD, 0xCB);
    }

    /** Returns from an interrupt with 16-bit operands: pops ip, cs and flags. */
    public void iretw() {
        encoder.plain(Width.WORD, 0xCF);
    }

    public void iretq() {
        encoder.plain(Width.QUADWORD, 0xCF);
    }

    public void int3() {
        section.emit8(0xCC);
    }

    /** By which a PV domain of Xen calls Xen. */
    public void syscall() {
        bytes(0x0F, 0x05);
    }

    /** A software interrupt. */
    public void interrupt(int vector) {
        bytes(0xCD, vector);
    }

    public void ud2() {
        bytes(0x0F, 0x0B);
    }

    // Input and output; the port is in dx if nothing else is said, the value in al, ax or eax.

    public void in(Register to) {
        Operands.requireAccumulator(to);
        encoder.plain(to.width(), wide(0xEC, to.width()));
    }

    public void out(Register from) {
        Operands.requireAccumulator(from);
        encoder.plain(from.width(), wide(0xEE, from.width()));
    }

    /** To a port below 256. */
    public void out(int port, Register from) {
        Operands.requireAccumulator(from);
        if (port >>> Byte.SIZE != 0) {
            throw new IllegalArgumentException("port " + port);
        }
        encoder.plain(from.width(), wide(0xE6, from.width()));
        section.emit8(port);
    }

    // The CPU itself.

    public void cli() {
        section.emit8(0xFA);
    }

    public void sti() {
        section.emit8(0xFB);
    }

    public void cld() {
        section.emit8(0xFC);
    }

    public void std() {
        section.emit8(0xFD);
    }

    public void hlt() {
        section.emit8(0xF4);
    }

    public void pause() {
        bytes(0xF3, 0x90);
    }

    public void mfence() {
        section.emit8(0x0F);
        section.emit8(0xAE);
        section.emit8(0xF0);
    }

    public void cpuid() {
        bytes(0x0F, 0xA2);
    }

    public void rdtsc() {
        bytes(0x0F, 0x31);
    }

    /**
     * The CRC of Castagnoli's polynomial goes on with some bytes.
     *
     * @param register of 64 bits for eight bytes, of 32 bits for one
     */
    public void crc32(Register register, Memory from, Width width) {
        boolean isLong = width == Width.QUADWORD && register.width() == Width.QUADWORD;
        boolean isByte = width == Width.BYTE && register.width() == Width.DOUBLEWORD;
        if (!isLong && !isByte) {
            throw new IllegalArgumentException("crc32 of " + width + " in " + register);
        }
        section.emit8(0xF2);
        encoder.memory(
                isLong ? width : null, isLong ? 0x0F38F1 : 0x0F38F0, register.number(), from, 0);
    }

    public void rdmsr() {
        bytes(0x0F, 0x32);
    }

    public void wrmsr() {
        bytes(0x0F, 0x30);
    }

    public void xgetbv() {
        bytes(0x0F, 0x01, 0xD0);
    }

    public void xsetbv() {
        bytes(0x0F, 0x01, 0xD1);
    }

    /** A random number; the carry flag says whether there was one. */
    public void rdrand(Register to) {
        Operands.requireNoByte(to);
        encoder.registers(to.width(), 0x0FC7, 6, to.number());
    }

    /** A number from the entropy source itself; the carry flag says whether there was one. */
    public void rdseed(Register to) {
        Operands.requireNoByte(to);
        encoder.registers(to.width(), 0x0FC7, 7, to.number());
    }

    /** Loads a limit (16 bits) and a base (64 bits, in 16 and 32-bit mode 32). */
    public void lgdt(Memory pointer) {
        encoder.memory(nativeOperand(), 0x0F01, 2, pointer, 0);
    }

    /** Loads a limit (16 bits) and a base (64 bits, in 16 and 32-bit mode 32). */
    public void lidt(Memory pointer) {
        encoder.memory(nativeOperand(), 0x0F01, 3, pointer, 0);
    }

    public void ltr(Register selector) {
        encoder.registers(null, 0x0F00, 3, selector.number());
    }

    public void invlpg(Memory page) {
        encoder.memory(null, 0x0F01, 7, page, 0);
    }

    // FPU, SSE and extended state.

    public void fninit() {
        bytes(0xDB, 0xE3);
    }

    public void fnstcw(Memory to) {
        encoder.memory(null, 0xD9, 7, to, 0);
    }

    public void fldcw(Memory from) {
        encoder.memory(null, 0xD9, 5, from, 0);
    }

    public void stmxcsr(Memory to) {
        encoder.memory(null, 0x0FAE, 3, to, 0);
    }

    public void ldmxcsr(Memory from) {
        encoder.memory(null, 0x0FAE, 2, from, 0);
    }

    public void fxsave64(Memory to) {
        encoder.memory(Width.QUADWORD, 0x0FAE, 0, to, 0);
    }

    public void fxrstor64(Memory from) {
        encoder.memory(Width.QUADWORD, 0x0FAE, 1, from, 0);
    }

    /** Saves the components that edx:eax asks for. */
    public void xsave64(Memory to) {
        encoder.memory(Width.QUADWORD, 0x0FAE, 4, to, 0);
    }

    /** Restores the components that edx:eax asks for. */
    public void xrstor64(Memory from) {
        encoder.memory(Width.QUADWORD, 0x0FAE, 5, from, 0);
    }

    /** Backwards, a short jump where it reaches; forwards always a near one. */
    private void jump(Label target, int shortOpcode, int nearOpcode) {
        if (target.isBound()) {
            int displacement = target.offset() - section.offset() - 2;
            if (displacement == (byte) displacement) {
                bytes(shortOpcode, displacement);
                return;
            }
        }
        encoder.plain(null, nearOpcode);
        int width = mode == Mode.BITS_16 ? Short.BYTES : Integer.BYTES;
        if (target.isBound()) {
            section.emit(width, target.offset() - section.offset() - width);
        } else {
            emitFixup(target, width);
        }
    }

    private void transfer(int opcode, String symbol) {
        encoder.plain(nativeOperand(), opcode);
        section.emitRelocated(RelocationType.RELATIVE_32, symbol, -Integer.BYTES);
    }
}
