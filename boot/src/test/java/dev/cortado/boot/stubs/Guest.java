package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.*;

import dev.cortado.boot.layout.KernelSymbols;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.layout.Target;
import dev.cortado.boot.object.ObjectBuilder;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Mode;
import dev.cortado.boot.x86.Register;
import dev.cortado.boot.x86.Width;
import java.util.List;
import java.util.function.Consumer;

/**
 * A kernel in assembler that takes the place of the Java one: it prints what it sees, and the test
 * looks at that.
 */
final class Guest {

    /** {@code void(long value)}: prints 16 digits and a line end; keeps all registers. */
    private static final String PRINT = "test_print";

    private static final String EXIT_PORT_WRITE = "test_exit";
    private static final int COM1 = 0x3F8;
    private static final int EXIT_PORT = 0xF4;

    /** Functions and data of a test that other parts of its kernel refer to. */
    final Assembler asm;

    final SectionBuilder data;
    final SectionBuilder heap;

    private final ObjectBuilder object = new ObjectBuilder("test-kernel");
    private boolean hasHandler;

    Guest() {
        asm = new Assembler(object.section(".text", Section.Kind.TEXT, 16), Mode.BITS_64);
        data = object.section(".data", Section.Kind.DATA, 64);
        heap = object.section(".heap", Section.Kind.HEAP, 4096);
        printFunction();
        asm.function(
                EXIT_PORT_WRITE,
                () -> {
                    asm.mov(EDI, EXIT_PORT);
                    asm.xor(ESI, ESI);
                    asm.call(StubSymbols.OUT_8);
                    asm.jmp(StubSymbols.HALT_FOREVER);
                });
    }

    /** The kernel's entry; the machine ends after it. */
    Guest kernel(Consumer<Assembler> body) {
        asm.function(
                KernelSymbols.KERNEL_ENTRY,
                () -> {
                    body.accept(asm);
                    asm.call(EXIT_PORT_WRITE);
                });
        return this;
    }

    /** What happens at interrupts; rbx holds the frame's address and is saved around it. */
    Guest interruptHandler(Consumer<Assembler> body) {
        hasHandler = true;
        asm.function(
                KernelSymbols.INTERRUPT_ENTRY,
                () -> {
                    asm.push(RBX);
                    asm.mov(RBX, RDI);
                    body.accept(asm);
                    asm.pop(RBX);
                    asm.ret();
                });
        return this;
    }

    /** 8 bytes of data. */
    Guest variable(String name, long value) {
        data.align(Long.BYTES, 0);
        data.data(name, () -> data.emit64(value));
        return this;
    }

    /** {@code count} bytes of data, aligned to 64. */
    Guest buffer(String name, int count) {
        data.align(64, 0);
        data.data(name, () -> data.skip(count));
        return this;
    }

    void print(Register value) {
        asm.push(RDI);
        asm.mov(RDI, value);
        asm.call(PRINT);
        asm.pop(RDI);
    }

    void print(Memory value) {
        asm.push(RAX);
        asm.mov(RAX, value);
        print(RAX);
        asm.pop(RAX);
    }

    void printAddress(String symbol) {
        asm.push(RAX);
        asm.lea(RAX, Memory.relative(symbol));
        print(RAX);
        asm.pop(RAX);
    }

    void exit() {
        asm.call(EXIT_PORT_WRITE);
    }

    /** Boot code and this kernel as an ELF file. */
    byte[] link() {
        return linker(BootObject.create(Target.QEMU)).link();
    }

    /** A linker that has the objects and can still be told something. */
    TestLinker linker(RelocatableObject boot) {
        if (!hasHandler) {
            interruptHandler(code -> {
                for (int offset = 0; offset < 176; offset += 8) {
                    print(Memory.at(RBX, offset));
                }
                exit();
            });
        }
        return new TestLinker(List.of(boot, object.build()));
    }

    private void printFunction() {
        List<Register> clobbered = List.of(RAX, RBX, RCX, RDX, RSI, RDI, R8, R9, R10, R11, R12);
        asm.function(
                PRINT,
                () -> {
                    asm.pushf();
                    clobbered.forEach(asm::push);
                    asm.mov(RBX, RDI);
                    asm.mov(R12, 16);
                    Label next = asm.here();
                    Label digit = new Label();
                    asm.mov(RSI, RBX);
                    asm.shr(RSI, 60);
                    asm.add(RSI, '0');
                    asm.cmp(RSI, '9');
                    asm.jcc(Condition.BELOW_OR_EQUAL, digit);
                    asm.add(RSI, 'a' - '9' - 1);
                    asm.bind(digit);
                    asm.mov(EDI, COM1);
                    asm.call(StubSymbols.OUT_8);
                    asm.shl(RBX, 4);
                    asm.sub(R12, 1);
                    asm.jcc(Condition.NOT_ZERO, next);
                    asm.mov(EDI, COM1);
                    asm.mov(ESI, '\n');
                    asm.call(StubSymbols.OUT_8);
                    clobbered.reversed().forEach(asm::pop);
                    asm.popf();
                    asm.ret();
                });
    }

    /** Stores a constant in a variable. */
    void set(String variable, long value) {
        asm.mov(Width.QUADWORD, Memory.relative(variable), value);
    }
}
