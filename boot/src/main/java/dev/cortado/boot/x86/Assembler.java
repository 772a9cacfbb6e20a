package dev.cortado.boot.x86;

import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.SectionBuilder;

/**
 * Appends instructions to a section.
 *
 * <p>Methods are named after their instructions. Where an immediate operand has a short form, it is
 * used.
 */
public final class Assembler {

    /** Functions begin at a multiple of this: a line that a CPU fetches at once. */
    private static final int FUNCTION_ALIGNMENT = 16;

    /** Between functions: int3, so that a run off a function's end is noticed. */
    private static final int FILL = 0xCC;

    private final SectionBuilder section;
    private final Mode mode;
    private final Encoder encoder;
    private int openFixups;

    /** Appends to {@code section} what is to be executed in {@code mode}. */
    public Assembler(SectionBuilder section, Mode mode) {
        this.section = section;
        this.mode = mode;
        this.encoder = new Encoder(section, mode);
    }

    // Structure.

    /** The function that {@code body} assembles, under a name that other objects can call. */
    public void function(String name, Runnable body) {
        section.align(FUNCTION_ALIGNMENT, FILL);
        section.function(name, body);
        if (openFixups != 0) {
            throw new IllegalStateException(name + " jumps to a label that is nowhere");
        }
    }

    /** Goes on at the next multiple of {@code boundary}. */
    public void align(int boundary) {
        section.align(boundary, FILL);
    }

    /** Binds a new label to this place. */
    public Label here() {
        Label label = new Label();
        bind(label);
        return label;
    }

    /** Binds the label to this place. */
    public void bind(Label label) {
        label.bind(section.offset());
        for (Label.Fixup fixup : label.fixups()) {
            int displacement = label.offset() - fixup.offset() - fixup.width();
            section.patch(fixup.offset(), fixup.width(), displacement);
        }
        openFixups -= label.fixups().size();
    }

    /** Bytes as they are, for an instruction that the assembler does not know. */
    public void bytes(int... values) {
        for (int value : values) {
            section.emit8(value);
        }
    }

    // Moves.

    public void mov(Register to, Register from) {
        Operands.requireSameWidth(to, from);
        encoder.registers(to.width(), wide(0x88, to.width()), from.number(), to.number());
    }

    public void mov(Register to, Memory from) {
        encoder.memory(to.width(), wide(0x8A, to.width()), to.number(), from, 0);
    }

    public void mov(Memory to, Register from) {
        encoder.memory(from.width(), wide(0x88, from.width()), from.number(), to, 0);
    }

    /** Moves a constant to a register; the shortest form that leaves that value there. */
    public void mov(Register to, long value) {
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
    public void mov(Width width, Memory to, long value) {
        Operands.requireImmediate(width, value);
        encoder.memory(width, wide(0xC6, width), 0, to, width.immediateBytes());
        section.emit(width.immediateBytes(), value);
    }

    /** Moves {@code symbol + addend} to a register of 32 or 64 bits, the field being as wide. */
    public void movAddress(Register to, String symbol, long addend) {
        encoder.opcodeRegister(to.width(), 0xB8, to);
        RelocationType type =
                switch (to.width()) {
                    case QUADWORD -> RelocationType.ABSOLUTE_64;
                    case DOUBLEWORD -> RelocationType.ABSOLUTE_32;
                    default -> throw new IllegalArgumentException("address in " + to);
                };
        section.emitRelocated(type, symbol, addend);
    }

    public void mov(SegmentRegister to, Register from) {
        if (to == SegmentRegister.CS) {
            throw new IllegalArgumentException("cs is loaded by a far jump");
        }
        encoder.registers(null, 0x8E, to.ordinal(), from.number());
    }

    public void mov(Register to, SegmentRegister from) {
        Operands.requireNoByte(to);
        encoder.registers(to.width(), 0x8C, from.ordinal(), to.number());
    }

    public void mov(ControlRegister to, Register from) {
        requireNativeWidth(from);
        encoder.registers(null, 0x0F22, to.number(), from.number());
    }

    public void mov(Register to, ControlRegister from) {
        requireNativeWidth(to);
        encoder.registers(null, 0x0F20, from.number(), to.number());
    }

    /** Zero-extends a register of 8 or 16 bits. */
    public void movzx(Register to, Register from) {
        if (from.width().bits() >= Math.min(to.width().bits(), Integer.SIZE)) {
            throw new IllegalArgumentException("no extension of " + from + " to " + to);
        }
        encoder.registers(to.width(), wide(0x0FB6, from.width()), to.number(), from.number());
    }

    /** Exchanges the two as one step that no other CPU sees the middle of (SDM vol. 2, XCHG). */
    public void xchg(Memory memory, Register register) {
        encoder.memory(register.width(), 0x87, register.number(), memory, 0);
    }

    /** The next instruction's memory operand is in this segment instead of ds or ss. */
    public void inSegment(SegmentRegister segment) {
        section.emit8(
                switch (segment) {
                    case FS -> 0x64;
                    case GS -> 0x65;
                    default -> throw new IllegalArgumentException("no prefix for " + segment);
                });
    }

    public void lea(Register to, Memory address) {
        Operands.requireNoByte(to);
        encoder.memory(to.width(), 0x8D, to.number(), address, 0);
    }

    public void push(Register register) {
        requireNativeWidth(register);
        encoder.opcodeRegister(nativeOperand(), 0x50, register);
    }

    /** Pushes a sign-extended constant. */
    public void push(int value) {
        if (mode == Mode.BITS_16) {
            throw new IllegalArgumentException("push of a constant in " + mode);
        }
        boolean isByte = value == (byte) value;
        section.emit8(isByte ? 0x6A : 0x68);
        section.emit(isByte ? Byte.BYTES : Integer.BYTES, value);
    }

    public void pop(Register register) {
        requireNativeWidth(register);
        encoder.opcodeRegister(nativeOperand(), 0x58, register);
    }

    /** Pushes flags: pushfd or pushfq. */
    public void pushf() {
        section.emit8(0x9C);
    }

    /** Pops flags: popfd or popfq. */
    public void popf() {
        section.emit8(0x9D);
    }

    // Arithmetic and logic.

    public void add(Register to, Register from) {
        arithmetic(0, to, from);
    }

    public void add(Register to, long value) {
        arithmetic(0, to, value);
    }

    public void or(Register to, Register from) {
        arithmetic(1, to, from);
    }

    public void or(Register to, long value) {
        arithmetic(1, to, value);
    }

    public void and(Register to, long value) {
        arithmetic(4, to, value);
    }

    public void sub(Register to, Register from) {
        arithmetic(5, to, from);
    }

    public void sub(Register to, Memory from) {
        encoder.memory(to.width(), wide(0x2A, to.width()), to.number(), from, 0);
    }

    public void sub(Register to, long value) {
        arithmetic(5, to, value);
    }

    public void xor(Register to, Register from) {
        arithmetic(6, to, from);
    }

    public void xor(Register to, long value) {
        arithmetic(6, to, value);
    }

    public void cmp(Register left, Register right) {
        arithmetic(7, left, right);
    }

    public void cmp(Register left, long right) {
        arithmetic(7, left, right);
    }

    public void cmp(Width width, Memory left, long right) {
        Operands.requireImmediate(width, right);
        boolean isByte = Operands.isShort(width, right);
        int bytes = isByte ? Byte.BYTES : width.immediateBytes();
        encoder.memory(width, isByte ? 0x83 : wide(0x80, width), 7, left, bytes);
        section.emit(bytes, right);
    }

    public void test(Register left, Register right) {
        Operands.requireSameWidth(left, right);
        encoder.registers(left.width(), wide(0x84, left.width()), right.number(), left.number());
    }

    public void test(Register left, long right) {
        Operands.requireImmediate(left.width(), right);
        encoder.registers(left.width(), wide(0xF6, left.width()), 0, left.number());
        section.emit(left.width().immediateBytes(), right);
    }

    public void shl(Register register, int count) {
        shift(4, register, count);
    }

    public void shr(Register register, int count) {
        shift(5, register, count);
    }

    /** Unsigned division of rdx:rax (or edx:eax, ...). */
    public void div(Register divisor) {
        encoder.registers(divisor.width(), wide(0xF6, divisor.width()), 6, divisor.number());
    }

    /** Sets a byte register to 1 where the condition holds, else to 0. */
    public void setcc(Condition condition, Register to) {
        if (to.width() != Width.BYTE) {
            throw new IllegalArgumentException("setcc to " + to);
        }
        encoder.registers(null, 0x0F90 | condition.ordinal(), 0, to.number());
    }

    /** Stores rax (eax) at rdi (edi) rcx times (rep stosq, rep stosd). */
    public void repStos(Width width) {
        section.emit8(0xF3);
        encoder.plain(width, wide(0xAA, width));
    }

    /** Copies from rsi (esi) to rdi (edi) rcx (ecx) times (rep movsq, rep movsd, ...). */
    public void repMovs(Width width) {
        section.emit8(0xF3);
        encoder.plain(width, wide(0xA4, width));
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

    // Input and output; the port is in dx, the value in al, ax or eax.

    public void in(Register to) {
        Operands.requireAccumulator(to);
        encoder.plain(to.width(), wide(0xEC, to.width()));
    }

    public void out(Register from) {
        Operands.requireAccumulator(from);
        encoder.plain(from.width(), wide(0xEE, from.width()));
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
            target.fixups().add(new Label.Fixup(section.offset(), width));
            openFixups++;
            section.skip(width);
        }
    }

    private void transfer(int opcode, String symbol) {
        encoder.plain(nativeOperand(), opcode);
        section.emitRelocated(RelocationType.RELATIVE_32, symbol, -Integer.BYTES);
    }

    /** Opcodes come in pairs: the even one for bytes, the odd one for wider operands. */
    private static int wide(int opcode, Width width) {
        return width == Width.BYTE ? opcode : opcode | 1;
    }

    /** What 64-bit mode does in 64 bits without being asked to, the other modes do in 32. */
    private Width nativeOperand() {
        return mode == Mode.BITS_64 ? null : Width.DOUBLEWORD;
    }

    private void requireNativeWidth(Register register) {
        Operands.requireNativeWidth(mode, register);
    }
}
