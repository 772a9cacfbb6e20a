package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.R12;
import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.R15;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBP;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;
import static dev.cortado.boot.x86.Register.RSP;

import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.layout.ThreadFrame;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;

/**
 * From one stack to another.
 *
 * <p>A switch is a function call to the thread that asks for it, so only what the System V
 * convention wants kept is saved: callee-saved registers and the control words of SSE and FPU
 * (AMD64 ABI, 3.2.3). r14, the heap base, is the same in all threads. The control words mostly are,
 * too, and loading them is slow, so it is done only if they differ.
 */
final class ContextSwitch {

    /** The ABI wants rsp to be a multiple of this at a call. */
    private static final int STACK_ALIGNMENT = 16;

    /** Control bits of MXCSR (SDM vol. 1, 10.2.3); the six below are status, which nobody keeps. */
    private static final int MXCSR_CONTROL = 0xFFC0;

    private ContextSwitch() {}

    static void append(StubSections sections) {
        Assembler asm = sections.code64;
        asm.function(StubSymbols.CONTEXT_SWITCH, () -> contextSwitch(asm));
        asm.function(StubSymbols.THREAD_ENTRY, () -> threadEntry(asm));
        asm.function(StubSymbols.CALL_ON_STACK, () -> callOnStack(asm));
    }

    private static void contextSwitch(Assembler asm) {
        asm.push(RBX);
        asm.push(RBP);
        asm.push(R12);
        asm.push(R13);
        asm.push(R15);
        asm.sub(RSP, ThreadFrame.R15);
        asm.stmxcsr(Memory.at(RSP, ThreadFrame.MXCSR));
        asm.fnstcw(Memory.at(RSP, ThreadFrame.FPU_CONTROL));
        asm.mov(RAX, Memory.at(RSP, ThreadFrame.MXCSR));
        asm.mov(Memory.at(RDI), RSP);

        asm.mov(RSP, RSI);
        loadControlWords(asm);
        asm.add(RSP, ThreadFrame.R15);
        asm.pop(R15);
        asm.pop(R13);
        asm.pop(R12);
        asm.pop(RBP);
        asm.pop(RBX);
        asm.ret();
    }

    /** Those at rsp, if they are not those in rax: MXCSR, and the FPU's above it. */
    private static void loadControlWords(Assembler asm) {
        Label load = new Label();
        Label same = new Label();
        asm.mov(RCX, Memory.at(RSP, ThreadFrame.MXCSR));
        asm.xor(RAX, RCX);
        asm.test(EAX, MXCSR_CONTROL);
        asm.jcc(Condition.NOT_ZERO, load);
        asm.shr(RAX, Byte.SIZE * (ThreadFrame.FPU_CONTROL - ThreadFrame.MXCSR));
        asm.test(EAX, 0xFFFF);
        asm.jcc(Condition.ZERO, same);
        asm.bind(load);
        asm.ldmxcsr(Memory.at(RSP, ThreadFrame.MXCSR));
        asm.fldcw(Memory.at(RSP, ThreadFrame.FPU_CONTROL));
        asm.bind(same);
    }

    /** Returned to by the first switch to a thread: rbx = function, rbp = its argument. */
    private static void threadEntry(Assembler asm) {
        asm.mov(RDI, RBP);
        asm.xor(EBP, EBP);
        asm.call(RBX);
        asm.ud2();
    }

    private static void callOnStack(Assembler asm) {
        asm.push(RBP);
        asm.mov(RBP, RSP);
        asm.mov(RAX, RDI);
        asm.mov(RDI, RSI);
        asm.mov(RSP, RDX);
        asm.and(RSP, -STACK_ALIGNMENT);
        asm.call(RAX);
        asm.mov(RSP, RBP);
        asm.pop(RBP);
        asm.ret();
    }
}
