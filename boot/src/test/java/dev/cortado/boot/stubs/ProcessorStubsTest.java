package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.boot.layout.ProcessorHeader;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tells CPUs apart and keeps them apart. */
class ProcessorStubsTest {

    private static final int IA32_GS_BASE = 0xC000_0101;

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
    void interruptsAreOffBeforeALockIsTakenAndTold() throws Exception {
        Guest guest = new Guest();
        guest.interruptHandler(asm -> {});
        guest.kernel(asm -> {
            asm.sti();
            asm.call(StubSymbols.PREPARE_LOCK);
            asm.and(RAX, 0x200);
            guest.print(RAX);
            printInterruptFlag(guest);
            asm.call(StubSymbols.PREPARE_LOCK);
            asm.and(RAX, 0x200);
            guest.print(RAX);
        });
        assertEquals(
                List.of("0000000000000200", "0000000000000000", "0000000000000000"),
                new TestMachine().run(guest.link()).serial());
    }

    private static void printInterruptFlag(Guest guest) {
        guest.asm.pushf();
        guest.asm.pop(RAX);
        guest.asm.and(RAX, 0x200);
        guest.print(RAX);
    }
}
