package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Interrupts that come when they please, from the local APIC's timer (SDM vol. 3A, chapter 11). */
class TimerInterruptTest {

    private static final long APIC = 0xFEE0_0000L;
    private static final int END_OF_INTERRUPT = 0xB0;
    private static final int SPURIOUS_VECTOR = 0xF0;
    private static final int TIMER = 0x320;
    private static final int TIMER_INITIAL_COUNT = 0x380;
    private static final int TIMER_DIVIDE = 0x3E0;
    private static final int PERIODIC = 1 << 17;
    private static final int DIVIDE_BY_ONE = 0xB;
    private static final int VECTOR = 0x40;

    private static final int ROUNDS = 10_000_000;

    @Test
    void aComputationDoesNotNoticeThem() throws Exception {
        Guest guest = guest();
        guest.kernel(asm -> {
            startTimer(asm, PERIODIC, 100_000);
            asm.call(StubSymbols.ENABLE_INTERRUPTS);
            // An odd stack pointer, and all the work in registers that the handler
            // clobbers.
            asm.sub(RSP, 3);
            asm.mov(RAX, 88172645463325252L);
            asm.mov(RDX, ROUNDS);
            Label next = asm.here();
            xorShift(asm);
            asm.sub(RDX, 1);
            asm.jcc(Condition.NOT_ZERO, next);
            asm.add(RSP, 3);
            asm.cli();
            guest.print(RAX);
            guest.print(Memory.relative("ticks"));
        });
        List<String> lines = new TestMachine().run(guest.link()).serial();
        assertEquals("%016x".formatted(xorShift()), lines.getFirst());
        long ticks = Long.parseLong(lines.getLast(), 16);
        assertTrue(ticks > 20, ticks + " interrupts");
    }

    @Test
    void waitingEndsWithTheInterrupt() throws Exception {
        Guest guest = guest();
        guest.kernel(asm -> {
            for (int i = 0; i < 3; i++) {
                startTimer(asm, 0, 1_000_000);
                asm.call(StubSymbols.WAIT_FOR_INTERRUPT);
                guest.print(Memory.relative("ticks"));
                asm.call(StubSymbols.READ_FLAGS);
                asm.and(RAX, 0x200);
                guest.print(RAX);
            }
        });
        assertEquals(
                List.of(
                        "0000000000000001",
                        "0000000000000000",
                        "0000000000000002",
                        "0000000000000000",
                        "0000000000000003",
                        "0000000000000000"),
                new TestMachine().run(guest.link()).serial());
    }

    private static Guest guest() {
        Guest guest = new Guest().variable("ticks", 0);
        guest.interruptHandler(asm -> {
            asm.mov(RAX, Memory.relative("ticks"));
            asm.add(RAX, 1);
            asm.mov(Memory.relative("ticks"), RAX);
            asm.mov(ECX, APIC + END_OF_INTERRUPT);
            asm.mov(Width.DOUBLEWORD, Memory.at(RCX), 0);
            asm.mov(RDX, -1);
        });
        return guest;
    }

    private static void startTimer(Assembler asm, int mode, int count) {
        asm.mov(RBX, APIC);
        asm.mov(Width.DOUBLEWORD, Memory.at(RBX, SPURIOUS_VECTOR), 0x1FF);
        asm.mov(Width.DOUBLEWORD, Memory.at(RBX, TIMER_DIVIDE), DIVIDE_BY_ONE);
        asm.mov(Width.DOUBLEWORD, Memory.at(RBX, TIMER), mode | VECTOR);
        asm.mov(Width.DOUBLEWORD, Memory.at(RBX, TIMER_INITIAL_COUNT), count);
    }

    private static void xorShift(Assembler asm) {
        asm.mov(RCX, RAX);
        asm.shl(RCX, 13);
        asm.xor(RAX, RCX);
        asm.push(RAX);
        asm.pop(RCX);
        asm.shr(RCX, 7);
        asm.xor(RAX, RCX);
        asm.mov(RCX, RAX);
        asm.shl(RCX, 17);
        asm.xor(RAX, RCX);
    }

    private static long xorShift() {
        long value = 88172645463325252L;
        for (int i = 0; i < ROUNDS; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        return value;
    }
}
