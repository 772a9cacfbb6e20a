package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;
import static dev.cortado.boot.x86.Register.R8;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;
import static dev.cortado.boot.x86.Register.RSP;

import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/**
 * One function an instruction that Java has no word for (SDM vol. 2, by the instruction's name).
 */
final class CpuStubs {

    /** How often to ask for a random number (SDM vol. 1, 7.3.17.1 recommends it). */
    private static final int RANDOM_TRIES = 10;

    private CpuStubs() {}

    static void append(StubSections sections) {
        Assembler asm = sections.code64;
        asm.function(StubSymbols.READ_MSR, () -> readMsr(asm));
        asm.function(StubSymbols.WRITE_MSR, () -> writeMsr(asm));
        asm.function(StubSymbols.CPUID, () -> cpuid(asm, () -> {}));
        asm.function(StubSymbols.INVALIDATE_PAGE, () -> invalidatePage(asm));
        appendUnprivileged(asm);
    }

    /** Those that any ring may execute and that say the same in all. */
    static void appendUnprivileged(Assembler asm) {
        asm.function(StubSymbols.RDTSC, () -> rdtsc(asm));
        asm.function(StubSymbols.RDRAND, () -> random(asm, () -> asm.rdrand(RDX)));
        asm.function(StubSymbols.RDSEED, () -> random(asm, () -> asm.rdseed(RDX)));
        asm.function(StubSymbols.CRC32C, () -> crc32c(asm));
        asm.function(StubSymbols.PAUSE, () -> pause(asm));
        asm.function(StubSymbols.TRAP, () -> trap(asm));
        asm.function(StubSymbols.READ_FRAME, () -> readFrame(asm));
    }

    private static void readMsr(Assembler asm) {
        asm.mov(ECX, EDI);
        asm.rdmsr();
        joinHalves(asm);
        asm.ret();
    }

    private static void writeMsr(Assembler asm) {
        asm.mov(ECX, EDI);
        asm.mov(EAX, ESI);
        asm.mov(RDX, RSI);
        asm.shr(RDX, Integer.SIZE);
        asm.wrmsr();
        asm.ret();
    }

    /**
     * @param prefix emits what is to come right before the instruction
     */
    static void cpuid(Assembler asm, Runnable prefix) {
        // rbx belongs to the caller, and rdx is one of cpuid's results.
        asm.push(RBX);
        asm.mov(R8, RDX);
        asm.mov(EAX, EDI);
        asm.mov(ECX, ESI);
        prefix.run();
        asm.cpuid();
        asm.mov(Memory.at(R8), EAX);
        asm.mov(Memory.at(R8, 4), EBX);
        asm.mov(Memory.at(R8, 8), ECX);
        asm.mov(Memory.at(R8, 12), EDX);
        asm.pop(RBX);
        asm.ret();
    }

    private static void rdtsc(Assembler asm) {
        asm.rdtsc();
        joinHalves(asm);
        asm.ret();
    }

    /**
     * @param instruction emits the one that loads rdx
     */
    private static void random(Assembler asm, Runnable instruction) {
        Label done = new Label();
        asm.mov(ECX, RANDOM_TRIES);
        Label again = asm.here();
        instruction.run();
        asm.jcc(Condition.CARRY, done);
        asm.pause();
        asm.sub(ECX, 1);
        asm.jcc(Condition.NOT_ZERO, again);
        asm.bind(done);
        // Out of tries, ecx is 0 and so is rdx, which both clear when they fail.
        asm.mov(Memory.at(RDI), RDX);
        asm.test(ECX, ECX);
        asm.setcc(Condition.NOT_ZERO, AL);
        asm.movzx(EAX, AL);
        asm.ret();
    }

    /** CRC32 in SDM vol. 2: the polynomial is Castagnoli's, and the register is not inverted. */
    private static void crc32c(Assembler asm) {
        Label bytes = new Label();
        Label done = new Label();
        asm.mov(EAX, EDI);
        Label longs = asm.here();
        asm.cmp(RDX, Long.BYTES);
        asm.jcc(Condition.CARRY, bytes);
        asm.crc32(RAX, Memory.at(RSI), Width.QUADWORD);
        asm.add(RSI, Long.BYTES);
        asm.sub(RDX, Long.BYTES);
        asm.jmp(longs);
        asm.bind(bytes);
        asm.test(RDX, RDX);
        asm.jcc(Condition.ZERO, done);
        asm.crc32(EAX, Memory.at(RSI), Width.BYTE);
        asm.add(RSI, 1);
        asm.sub(RDX, 1);
        asm.jmp(bytes);
        asm.bind(done);
        asm.ret();
    }

    private static void pause(Assembler asm) {
        asm.pause();
        asm.ret();
    }

    private static void trap(Assembler asm) {
        asm.ud2();
        asm.ret();
    }

    private static void invalidatePage(Assembler asm) {
        asm.invlpg(Memory.at(RDI));
        asm.ret();
    }

    private static void readFrame(Assembler asm) {
        // What the caller's stack pointer is again once this has returned.
        asm.lea(RAX, Memory.at(RSP, Long.BYTES));
        asm.ret();
    }

    /** rax = edx:eax. */
    static void joinHalves(Assembler asm) {
        asm.shl(RDX, Integer.SIZE);
        asm.or(RAX, RDX);
    }
}
