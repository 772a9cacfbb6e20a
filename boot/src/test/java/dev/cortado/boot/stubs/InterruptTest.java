package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.boot.layout.Selectors;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;
import dev.cortado.boot.x86.SegmentRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Interrupts and exceptions, on a machine. */
class InterruptTest {

    private static final List<Register> REGISTERS =
            List.of(RAX, RBX, RCX, RDX, RSI, RDI, RBP, R8, R9, R10, R11, R12, R13, R14, R15);

    /** Those that a handler may change and an interrupt must not. */
    private static final List<Register> CALLER_SAVED =
            List.of(RAX, RCX, RDX, RSI, RDI, R8, R9, R10, R11);

    private static final int STACK_SIZE = 8192;

    /** Of the task state: its bytes, and where it holds the first interrupt stack. */
    private static final int TASK_STATE_SIZE = 104;

    private static final int FIRST_STACK = 36;

    private static final long UNMAPPED = 0x5000_0000_0000L;

    @Test
    void theFrameHoldsTheInterruptedState() throws Exception {
        Guest guest = new Guest();
        guest.asm.function(
                "breakpoint",
                () -> {
                    guest.asm.int3();
                    guest.asm.ret();
                });
        guest.kernel(asm -> {
            guest.printAddress("breakpoint");
            asm.lea(RAX, Memory.at(RSP, -8));
            guest.print(RAX);
            setRegisters(asm);
            asm.call("breakpoint");
        });
        List<String> lines = new TestMachine().run(guest.link()).serial();
        long breakpoint = Long.parseLong(lines.get(0), 16);
        List<String> frame = lines.subList(2, lines.size());
        assertEquals(InterruptFrame.SIZE / 8, frame.size());
        assertEquals(patterns().reversed(), frame.subList(0, REGISTERS.size()));
        assertEquals(hex(3), field(frame, InterruptFrame.VECTOR));
        assertEquals(hex(0), field(frame, InterruptFrame.ERROR_CODE));
        assertEquals(hex(breakpoint + 1), field(frame, InterruptFrame.RIP));
        assertEquals(hex(Selectors.CODE), field(frame, InterruptFrame.CS));
        assertEquals(lines.get(1), field(frame, InterruptFrame.RSP));
        assertEquals(hex(Selectors.DATA), field(frame, InterruptFrame.SS));
    }

    @Test
    void registersAndFlagsAreKept() throws Exception {
        Guest guest = new Guest();
        guest.interruptHandler(asm -> {
            guest.print(R14);
            CALLER_SAVED.forEach(register -> asm.mov(register, -1));
        });
        guest.kernel(asm -> {
            setRegisters(asm);
            asm.int3();
            REGISTERS.forEach(guest::print);
        });
        List<String> lines = new TestMachine().run(guest.link()).serial();
        assertEquals(hex(AddressSpace.HEAP_BASE), lines.getFirst());
        assertEquals(patterns(), lines.subList(1, lines.size()));
    }

    @Test
    void aHandlerHasTheStateThatTheAbiWantsOnAnyStack() throws Exception {
        Guest guest = new Guest();
        guest.interruptHandler(asm -> {
            asm.mov(RAX, RSP);
            asm.and(RAX, 15);
            guest.print(RAX);
            asm.pushf();
            asm.pop(RAX);
            asm.and(RAX, 0x600);
            guest.print(RAX);
        });
        guest.kernel(asm -> {
            asm.mov(RBP, RSP);
            for (int i = 0; i < 3; i++) {
                asm.sub(RSP, 5);
                asm.std();
                asm.sti();
                asm.int3();
                asm.cli();
                asm.pushf();
                asm.pop(RAX);
                asm.cld();
                asm.and(RAX, 0x600);
                guest.print(RAX);
                asm.mov(RAX, RBP);
                asm.sub(RAX, RSP);
                guest.print(RAX);
            }
        });
        // In the handler: aligned, forward, interrupts off; after it: backward again.
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            expected.addAll(List.of(hex(0), hex(0), hex(0x400), hex(5 * i)));
        }
        assertEquals(expected, new TestMachine().run(guest.link()).serial());
    }

    @Test
    void exceptionsSayWhatHappened() throws Exception {
        Guest guest = new Guest().variable("instruction_size", 0);
        guest.interruptHandler(asm -> {
            guest.print(Memory.at(RBX, InterruptFrame.VECTOR));
            guest.print(Memory.at(RBX, InterruptFrame.ERROR_CODE));
            asm.call(StubSymbols.READ_CR2);
            guest.print(RAX);
            asm.mov(RAX, Memory.at(RBX, InterruptFrame.RIP));
            asm.mov(RCX, Memory.relative("instruction_size"));
            asm.add(RAX, RCX);
            asm.mov(Memory.at(RBX, InterruptFrame.RIP), RAX);
        });
        guest.kernel(asm -> {
            guest.set("instruction_size", 2);
            asm.xor(ECX, ECX);
            asm.div(ECX);
            asm.ud2();
            asm.mov(EAX, 0x50);
            asm.mov(SegmentRegister.DS, EAX);
            guest.set("instruction_size", 3);
            asm.mov(RDX, UNMAPPED);
            asm.mov(RAX, Memory.at(RDX));
            asm.mov(RDX, UNMAPPED + 0x1008);
            asm.mov(Memory.at(RDX), RAX);
        });
        assertEquals(
                List.of(
                        // #DE, #UD
                        hex(0),
                        hex(0),
                        hex(0),
                        hex(6),
                        hex(0),
                        hex(0),
                        // #GP with the selector
                        hex(13),
                        hex(0x50),
                        hex(0),
                        // #PF: a read, a write
                        hex(InterruptTable.PAGE_FAULT_VECTOR),
                        hex(0),
                        hex(UNMAPPED),
                        hex(InterruptTable.PAGE_FAULT_VECTOR),
                        hex(2),
                        hex(UNMAPPED + 0x1008)),
                new TestMachine().run(guest.link()).serial());
    }

    @Test
    void everyVectorKnowsItsNumber() throws Exception {
        // int n pushes no error code, so these would take the flags for it.
        Set<Integer> withErrorCode = Set.of(8, 10, 11, 12, 13, 14, 17, 21, 29, 30);
        Guest guest = new Guest();
        guest.interruptHandler(asm -> guest.print(Memory.at(RBX, InterruptFrame.VECTOR)));
        List<String> expected = new ArrayList<>();
        guest.kernel(asm -> {
            for (int vector = 0; vector < InterruptTable.VECTORS; vector++) {
                if (!withErrorCode.contains(vector)) {
                    asm.interrupt(vector);
                    expected.add(hex(vector));
                }
            }
            asm.mov(RAX, RSP);
            guest.print(RAX);
            asm.lea(RAX, Memory.relative(StubSymbols.BOOT_STACK_END));
            asm.sub(RAX, 8);
            guest.print(RAX);
        });
        List<String> lines = new TestMachine().run(guest.link()).serial();
        assertEquals(expected, lines.subList(0, expected.size()));
        assertEquals(lines.getLast(), lines.get(expected.size()), "stack pointer");
    }

    @Test
    void anInterruptThatComesOnAStackOfItsOwnGoesOnOnTheInterruptedOne() throws Exception {
        int vector = 0x40;
        Guest guest = withOwnStack();
        guest.interruptHandler(asm -> {
            asm.lea(RAX, Memory.relative(StubSymbols.BOOT_STACK_END));
            asm.sub(RAX, RBX);
            guest.print(RAX);
            guest.print(Memory.at(RBX, InterruptFrame.VECTOR));
            guest.print(Memory.at(RBX, InterruptFrame.RSP));
            CALLER_SAVED.forEach(register -> asm.mov(register, -1));
        });
        guest.kernel(asm -> {
            useOwnStack(asm, vector, InterruptTable.INTERRUPT_IST);
            asm.mov(RAX, RSP);
            guest.print(RAX);
            setRegisters(asm);
            asm.interrupt(vector);
            REGISTERS.forEach(guest::print);
            asm.mov(RAX, RSP);
            guest.print(RAX);
        });
        List<String> lines = new TestMachine().run(guest.link()).serial();
        String before = lines.getFirst();
        // The frame is where it would be without a stack of the interrupt's own.
        assertEquals(
                List.of(hex(InterruptFrame.SIZE + 16), hex(vector), before), lines.subList(1, 4));
        assertEquals(patterns(), lines.subList(4, 4 + REGISTERS.size()));
        assertEquals(before, lines.getLast());
    }

    @Test
    void aDoubleFaultGetsItsOwnStack() throws Exception {
        Guest guest = withOwnStack();
        guest.interruptHandler(asm -> {
            guest.print(Memory.at(RBX, InterruptFrame.VECTOR));
            guest.print(Memory.at(RBX, InterruptFrame.ERROR_CODE));
            guest.print(Memory.at(RBX, InterruptFrame.RSP));
            asm.lea(RAX, Memory.at(RBX, InterruptFrame.SIZE));
            asm.lea(RCX, Memory.relative("own_stack"));
            asm.sub(RAX, RCX);
            guest.print(RAX);
            guest.exit();
        });
        guest.kernel(asm -> {
            useOwnStack(asm, InterruptTable.DOUBLE_FAULT_VECTOR, InterruptTable.DOUBLE_FAULT_IST);
            asm.mov(RSP, UNMAPPED);
            asm.push(RAX);
        });
        assertEquals(
                List.of(
                        hex(InterruptTable.DOUBLE_FAULT_VECTOR),
                        hex(0),
                        hex(UNMAPPED),
                        hex(STACK_SIZE)),
                new TestMachine().run(guest.link()).serial());
    }

    private static Guest withOwnStack() {
        return new Guest().buffer("task_state", TASK_STATE_SIZE).buffer("own_stack", STACK_SIZE);
    }

    /** Loads a task state and makes one gate take its stack from there. Clobbers registers. */
    private static void useOwnStack(Assembler asm, int vector, int ist) {
        asm.lea(RCX, Memory.relative("own_stack"));
        asm.add(RCX, STACK_SIZE);
        asm.lea(RDX, Memory.relative("task_state"));
        asm.mov(Memory.at(RDX, FIRST_STACK + (ist - 1) * 8), RCX);
        asm.call(StubSymbols.GDT);
        asm.lea(RCX, Memory.relative("task_state"));
        asm.shl(RCX, 16);
        // Base 23:0 at bit 16, present 64-bit TSS, limit (SDM vol. 3A, 8.2.3).
        asm.mov(RDX, 0x8900_0000_0000L | TASK_STATE_SIZE - 1);
        asm.or(RCX, RDX);
        asm.mov(Memory.at(RAX, Selectors.TASK_STATE), RCX);
        asm.mov(EDI, Selectors.TASK_STATE);
        asm.call(StubSymbols.LOAD_TASK_REGISTER);
        asm.call(StubSymbols.IDT);
        asm.mov(EDX, ist);
        asm.mov(Memory.at(RAX, vector * InterruptTable.GATE_SIZE + InterruptTable.GATE_IST), DL);
    }

    private static void setRegisters(Assembler asm) {
        for (int i = 0; i < REGISTERS.size(); i++) {
            asm.mov(REGISTERS.get(i), pattern(i));
        }
    }

    private static List<String> patterns() {
        List<String> patterns = new ArrayList<>();
        for (int i = 0; i < REGISTERS.size(); i++) {
            patterns.add(hex(pattern(i)));
        }
        return patterns;
    }

    private static long pattern(int register) {
        return 0x1111_1111_1111_1111L * (register + 1) ^ 0x00FF_00FF_0F0F_3333L;
    }

    private static String field(List<String> frame, int offset) {
        return frame.get(offset / Long.BYTES);
    }

    private static String hex(long value) {
        return "%016x".formatted(value);
    }
}
