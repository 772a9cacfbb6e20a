package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.boot.layout.ProcessorHeader;
import dev.cortado.boot.layout.SpinLocks;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tells CPUs apart and keeps them apart. */
class ProcessorStubsTest {

    private static final int IA32_GS_BASE = 0xC000_0101;
    private static final int ROUNDS = 20_000;

    @Test
    void theHeaderIsFoundThroughGs() throws Exception {
        Guest guest = new Guest().buffer("header", ProcessorHeader.SIZE);
        guest.kernel(asm -> {
            asm.lea(RSI, Memory.relative("header"));
            asm.mov(Width.QUADWORD, Memory.at(RSI, ProcessorHeader.PROCESSOR), 0x1234);
            asm.mov(Width.QUADWORD, Memory.at(RSI, ProcessorHeader.THREAD), 0x5678);
            asm.mov(EDI, IA32_GS_BASE);
            asm.call(StubSymbols.WRITE_MSR);
            asm.call(StubSymbols.CURRENT_PROCESSOR);
            guest.print(RAX);
            asm.call(StubSymbols.CURRENT_THREAD);
            guest.print(RAX);
        });
        assertEquals(
                List.of("0000000000001234", "0000000000005678"),
                new TestMachine().run(guest.link()).serial());
    }

    @Test
    void aLockTakesInterruptsOffAndGivesThemBack() throws Exception {
        Guest guest = new Guest();
        guest.interruptHandler(asm -> {});
        guest.kernel(asm -> {
            asm.sti();
            asm.mov(EDI, 1);
            asm.call(StubSymbols.LOCK);
            asm.mov(R12, RAX);
            printInterruptFlag(guest);
            // Another lock while the first is held: they are not the same.
            asm.mov(EDI, 2);
            asm.call(StubSymbols.LOCK);
            asm.mov(EDI, 2);
            asm.mov(RSI, RAX);
            asm.call(StubSymbols.UNLOCK);
            printInterruptFlag(guest);
            asm.mov(EDI, 1);
            asm.mov(RSI, R12);
            asm.call(StubSymbols.UNLOCK);
            printInterruptFlag(guest);
            asm.cli();
        });
        assertEquals(
                List.of("0000000000000000", "0000000000000000", "0000000000000200"),
                new TestMachine().run(guest.link()).serial());
    }

    /** Both add to one variable in steps that would lose additions without the lock. */
    @Test
    void twoCpusExcludeEachOther() throws Exception {
        Guest guest =
                new Guest()
                        .variable("sum", 0)
                        .variable("done", 0)
                        .buffer("stack", ProcessorStartTest.STACK_SIZE);
        guest.interruptHandler(asm -> {});
        guest.asm.function(
                "second",
                () -> {
                    addUp(guest.asm);
                    guest.set("done", 1);
                    guest.asm.call(StubSymbols.HALT_FOREVER);
                });
        guest.kernel(asm -> {
            ProcessorStartTest.start(asm);
            addUp(asm);
            Label wait = asm.here();
            asm.call(StubSymbols.PAUSE);
            asm.cmp(Width.QUADWORD, Memory.relative("done"), 1);
            asm.jcc(Condition.NOT_EQUAL, wait);
            guest.print(Memory.relative("sum"));
        });
        assertEquals(
                List.of("%016x".formatted(2 * ROUNDS)),
                new TestMachine().options("-smp", "2").run(guest.link()).serial());
    }

    private static void addUp(Assembler asm) {
        asm.mov(EBP, ROUNDS);
        Label again = asm.here();
        asm.mov(EDI, SpinLocks.COUNT - 1);
        asm.call(StubSymbols.LOCK);
        asm.mov(RSI, RAX);
        asm.mov(RBX, Memory.relative("sum"));
        asm.call(StubSymbols.PAUSE);
        asm.add(RBX, 1);
        asm.mov(Memory.relative("sum"), RBX);
        asm.mov(EDI, SpinLocks.COUNT - 1);
        asm.call(StubSymbols.UNLOCK);
        asm.sub(EBP, 1);
        asm.jcc(Condition.NOT_ZERO, again);
    }

    private static void printInterruptFlag(Guest guest) {
        guest.asm.pushf();
        guest.asm.pop(RAX);
        guest.asm.and(RAX, 0x200);
        guest.print(RAX);
    }
}
