package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.layout.ThreadFrame;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;
import dev.cortado.boot.x86.Width;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Threads and stacks, on a machine. */
class ContextSwitchTest {

    private static final List<Register> KEPT = List.of(RBX, RBP, R12, R13, R15);
    private static final int STACK_SIZE = 16 * 1024;

    /** The x87 control word above MXCSR. */
    private static final long INITIAL = 0x037F_0000_1F80L;

    private static final long MAIN_MXCSR = 0x037F_0000_9F80L;
    private static final long MAIN_FPU = 0x0F7F_0000_1F80L;
    private static final long STATUS = 0x037F_0000_1FA0L;

    @Test
    void threadsKeepTheirRegisters() throws Exception {
        Guest guest = guest();
        guest.asm.function(
                "thread",
                () -> {
                    Assembler asm = guest.asm;
                    guest.print(RDI);
                    guest.print(RBP);
                    guest.print(R15);
                    asm.lea(RAX, Memory.at(RSP, 8));
                    asm.and(RAX, 15);
                    guest.print(RAX);
                    printControlWords(guest);
                    asm.sub(RSP, 8);
                    setKept(asm, 0x200);
                    switchTo(asm, "thread_stack", "main_stack");
                    printKept(guest);
                    printControlWords(guest);
                    switchTo(asm, "thread_stack", "main_stack");
                });
        guest.kernel(asm -> {
            asm.sub(RSP, 8);
            makeThread(asm, 0x77);
            asm.mov(Width.QUADWORD, Memory.relative("words"), (int) MAIN_MXCSR);
            asm.ldmxcsr(Memory.relative("words"));
            setKept(asm, 0x100);
            switchTo(asm, "main_stack", "thread_stack");
            printKept(guest);
            printControlWords(guest);
            switchTo(asm, "main_stack", "thread_stack");
            printKept(guest);
        });
        assertEquals(
                List.of(
                        // the thread begins: argument, no frame pointer, r15, aligned stack
                        hex(0x77),
                        hex(0),
                        hex(0x1234),
                        hex(0),
                        "0000037f00001f80",
                        // main again
                        hex(0x100),
                        hex(0x101),
                        hex(0x102),
                        hex(0x103),
                        hex(0x104),
                        "0000037f00009f80",
                        // the thread again
                        hex(0x200),
                        hex(0x201),
                        hex(0x202),
                        hex(0x203),
                        hex(0x204),
                        "0000037f00001f80",
                        // main again
                        hex(0x100),
                        hex(0x101),
                        hex(0x102),
                        hex(0x103),
                        hex(0x104)),
                new TestMachine().run(guest.link()).serial());
    }

    /** Each of the two is loaded if it alone is another thread's. */
    @Test
    void threadsKeepEachControlWord() throws Exception {
        Guest guest = guest();
        guest.asm.function(
                "thread",
                () -> {
                    for (int i = 0; i < 4; i++) {
                        printControlWords(guest);
                        switchTo(guest.asm, "thread_stack", "main_stack");
                    }
                });
        guest.kernel(asm -> {
            asm.sub(RSP, 8);
            makeThread(asm, 0);
            for (long words : List.of(MAIN_FPU, MAIN_MXCSR, STATUS, INITIAL)) {
                asm.mov(RAX, words);
                asm.mov(Memory.relative("words"), RAX);
                asm.lea(RAX, Memory.relative("words"));
                asm.ldmxcsr(Memory.at(RAX));
                asm.fldcw(Memory.at(RAX, 4));
                switchTo(asm, "main_stack", "thread_stack");
                printControlWords(guest);
            }
        });
        String initial = words(INITIAL);
        assertEquals(
                List.of(
                        initial,
                        words(MAIN_FPU),
                        initial,
                        words(MAIN_MXCSR),
                        // Status is nobody's: it stays as it is.
                        words(STATUS),
                        words(STATUS),
                        initial,
                        initial),
                new TestMachine().run(guest.link()).serial());
    }

    @Test
    void aThreadThatReturnsIsAnInvalidInstruction() throws Exception {
        Guest guest = guest();
        guest.asm.function("thread", guest.asm::ret);
        guest.interruptHandler(asm -> {
            guest.print(Memory.at(RBX, InterruptFrame.VECTOR));
            guest.exit();
        });
        guest.kernel(asm -> {
            makeThread(asm, 0);
            switchTo(asm, "main_stack", "thread_stack");
        });
        assertEquals(List.of(hex(6)), new TestMachine().run(guest.link()).serial());
    }

    @Test
    void aFunctionRunsOnAnotherStack() throws Exception {
        Guest guest = guest();
        guest.asm.function(
                "function",
                () -> {
                    Assembler asm = guest.asm;
                    guest.print(RDI);
                    asm.lea(RAX, Memory.relative("stack"));
                    asm.add(RAX, STACK_SIZE);
                    asm.sub(RAX, RSP);
                    guest.print(RAX);
                    asm.mov(EAX, 0x4711);
                    asm.ret();
                });
        guest.kernel(asm -> {
            setKept(asm, 0x300);
            asm.lea(RDI, Memory.relative("function"));
            asm.mov(ESI, 0x55);
            asm.lea(RDX, Memory.relative("stack"));
            asm.add(RDX, STACK_SIZE - 5);
            asm.mov(R12, RSP);
            asm.call(StubSymbols.CALL_ON_STACK);
            guest.print(RAX);
            asm.sub(R12, RSP);
            guest.print(R12);
            guest.print(RBP);
        });
        // The top is rounded down to 16 and the return address is below it.
        assertEquals(
                List.of(hex(0x55), hex(24), hex(0x4711), hex(0), hex(0x301)),
                new TestMachine().run(guest.link()).serial());
    }

    private static Guest guest() {
        return new Guest()
                .variable("main_stack", 0)
                .variable("thread_stack", 0)
                .variable("words", 0)
                .buffer("stack", STACK_SIZE);
    }

    private static void makeThread(Assembler asm, int argument) {
        asm.lea(RAX, Memory.relative("stack"));
        asm.add(RAX, STACK_SIZE - ThreadFrame.SIZE);
        asm.mov(Memory.relative("thread_stack"), RAX);
        asm.mov(Width.DOUBLEWORD, Memory.at(RAX, ThreadFrame.MXCSR), ThreadFrame.INITIAL_MXCSR);
        asm.mov(
                Width.WORD,
                Memory.at(RAX, ThreadFrame.FPU_CONTROL),
                ThreadFrame.INITIAL_FPU_CONTROL);
        asm.mov(Width.QUADWORD, Memory.at(RAX, ThreadFrame.R15), 0x1234);
        asm.mov(Width.QUADWORD, Memory.at(RAX, ThreadFrame.RBP), argument);
        asm.lea(RCX, Memory.relative("thread"));
        asm.mov(Memory.at(RAX, ThreadFrame.RBX), RCX);
        asm.lea(RCX, Memory.relative(StubSymbols.THREAD_ENTRY));
        asm.mov(Memory.at(RAX, ThreadFrame.RETURN_ADDRESS), RCX);
    }

    private static void switchTo(Assembler asm, String from, String to) {
        asm.lea(RDI, Memory.relative(from));
        asm.mov(RSI, Memory.relative(to));
        asm.call(StubSymbols.CONTEXT_SWITCH);
    }

    private static void setKept(Assembler asm, int first) {
        for (int i = 0; i < KEPT.size(); i++) {
            asm.mov(KEPT.get(i), first + i);
        }
    }

    private static void printKept(Guest guest) {
        KEPT.forEach(guest::print);
    }

    /** x87 control word above MXCSR. */
    private static void printControlWords(Guest guest) {
        guest.asm.stmxcsr(Memory.relative("words"));
        guest.asm.lea(RAX, Memory.relative("words"));
        guest.asm.fnstcw(Memory.at(RAX, 4));
        guest.print(Memory.relative("words"));
    }

    /** As {@link #printControlWords} shows them: the upper two bytes are not used. */
    private static String words(long value) {
        return "%016x".formatted(value & 0xFFFF_FFFF_FFFFL);
    }

    private static String hex(long value) {
        return "%016x".formatted(value);
    }
}
