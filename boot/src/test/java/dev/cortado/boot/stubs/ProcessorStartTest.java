package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A second CPU, started as in SDM vol. 3A, 9.4.4. */
class ProcessorStartTest {

    private static final long APIC = 0xFEE0_0000L;
    private static final int APIC_ID = 0x20;
    private static final int INTERRUPT_COMMAND = 0x300;

    /** To all but oneself, level asserted: INIT; SIPI with the page in the low byte. */
    private static final int INIT = 0xC_4500;

    private static final int STARTUP = 0xC_4600;

    private static final int LOW_PAGE = 0x8000;
    static final int STACK_SIZE = 16 * 1024;

    @Test
    void aSecondCpuRunsAFunctionOnItsOwnStack() throws Exception {
        Guest guest = new Guest().variable("done", 0).buffer("stack", STACK_SIZE);
        guest.interruptHandler(asm -> guest.print(Memory.at(RBX, InterruptFrame.VECTOR)));
        guest.asm.function("second", () -> second(guest));
        guest.kernel(asm -> {
            start(asm);
            Label wait = asm.here();
            asm.call(StubSymbols.PAUSE);
            asm.cmp(Width.QUADWORD, Memory.relative("done"), 1);
            asm.jcc(Condition.NOT_EQUAL, wait);
        });
        byte[] image = guest.link();
        for (String machine : List.of("microvm", "q35")) {
            assertEquals(
                    List.of(
                            "0000000000000077", // the argument
                            "0000100000000000", // r14
                            "0000000000000000", // r15
                            "0000000000000008", // on the stack: the return address
                            "0000000001000000", // the second CPU's APIC id
                            "0000000080000033",
                            "0000000000040620",
                            "0000000000000007",
                            "0000000000000003"), // an interrupt's vector
                    new TestMachine().machine(machine).options("-smp", "2").run(image).serial(),
                    machine);
        }
    }

    /** Starts the other CPU with the function "second" and the buffer "stack". */
    static void start(Assembler asm) {
        copyTrampoline(asm);
        setVariables(asm);
        asm.mov(RBX, APIC);
        asm.mov(Width.DOUBLEWORD, Memory.at(RBX, INTERRUPT_COMMAND), INIT);
        pauseALittle(asm);
        asm.mov(Width.DOUBLEWORD, Memory.at(RBX, INTERRUPT_COMMAND), STARTUP | LOW_PAGE >> 12);
    }

    private static void second(Guest guest) {
        Assembler asm = guest.asm;
        guest.print(RDI);
        guest.print(R14);
        guest.print(R15);
        asm.lea(RAX, Memory.relative("stack"));
        asm.add(RAX, STACK_SIZE);
        asm.sub(RAX, RSP);
        guest.print(RAX);
        asm.mov(RBX, APIC);
        asm.mov(EAX, Memory.at(RBX, APIC_ID));
        guest.print(RAX);
        asm.call(StubSymbols.READ_CR0);
        guest.print(RAX);
        asm.call(StubSymbols.READ_CR4);
        guest.print(RAX);
        asm.call(StubSymbols.READ_XCR0);
        guest.print(RAX);
        asm.int3();
        guest.set("done", 1);
        asm.call(StubSymbols.HALT_FOREVER);
    }

    private static void copyTrampoline(Assembler asm) {
        asm.lea(RSI, Memory.relative(StubSymbols.PROCESSOR_TRAMPOLINE_BEGIN));
        asm.lea(RCX, Memory.relative(StubSymbols.PROCESSOR_TRAMPOLINE_END));
        asm.mov(RDI, LOW_PAGE);
        Label next = asm.here();
        asm.mov(AL, Memory.at(RSI));
        asm.mov(Memory.at(RDI), AL);
        asm.add(RSI, 1);
        asm.add(RDI, 1);
        asm.cmp(RSI, RCX);
        asm.jcc(Condition.BELOW, next);
    }

    private static void setVariables(Assembler asm) {
        asm.call(StubSymbols.READ_CR3);
        asm.mov(Memory.relative(StubSymbols.PROCESSOR_PAGE_MAP), RAX);
        asm.lea(RAX, Memory.relative("stack"));
        asm.add(RAX, STACK_SIZE);
        asm.mov(Memory.relative(StubSymbols.PROCESSOR_STACK_TOP), RAX);
        asm.lea(RAX, Memory.relative("second"));
        asm.mov(Memory.relative(StubSymbols.PROCESSOR_FUNCTION), RAX);
        asm.mov(Width.QUADWORD, Memory.relative(StubSymbols.PROCESSOR_ARGUMENT), 0x77);
    }

    private static void pauseALittle(Assembler asm) {
        asm.mov(ECX, 1_000_000);
        Label again = asm.here();
        asm.sub(ECX, 1);
        asm.jcc(Condition.NOT_ZERO, again);
    }
}
