package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What interrupts do to FPU, SSE and AVX registers: nothing. */
class ExtendedStateTest {

    private static final int REGISTERS = 16;
    private static final int YMM_SIZE = 32;
    private static final int XMM_SIZE = 16;

    /** Flush to zero, which no compiled code sets: a value to recognise. */
    private static final int UNUSUAL_MXCSR = 0x9F80;

    @Test
    void fxsaveKeepsSseAndFpu() throws Exception {
        for (String cpu : List.of("max", "qemu64,-xsave,-nx")) {
            Guest guest = guest();
            guest.interruptHandler(asm -> {
                for (int i = 0; i < REGISTERS; i++) {
                    // xorps xmm, xmm
                    sse(asm, 0x57, i, 0xC0 | i & 7, i > 7);
                }
                asm.fninit();
                asm.mov(Width.DOUBLEWORD, Memory.relative("mxcsr"), 0x1F80);
                asm.ldmxcsr(Memory.relative("mxcsr"));
            });
            guest.kernel(asm -> {
                asm.mov(Width.DOUBLEWORD, Memory.relative("mxcsr"), UNUSUAL_MXCSR);
                asm.ldmxcsr(Memory.relative("mxcsr"));
                asm.bytes(0xD9, 0xEB); // fldpi
                asm.lea(RDI, Memory.relative("before"));
                for (int i = 0; i < REGISTERS; i++) {
                    sse(asm, 0x10, i, 0x07, false); // movups xmm, [rdi]
                    asm.add(RDI, XMM_SIZE);
                }
                asm.int3();
                asm.lea(RDI, Memory.relative("after"));
                for (int i = 0; i < REGISTERS; i++) {
                    sse(asm, 0x11, i, 0x07, false); // movups [rdi], xmm
                    asm.add(RDI, XMM_SIZE);
                }
                printDifferences(guest, REGISTERS * XMM_SIZE);
                asm.lea(RDI, Memory.relative("after"));
                asm.bytes(0xDD, 0x1F); // fstp qword [rdi]
                guest.print(Memory.at(RDI));
                asm.stmxcsr(Memory.relative("mxcsr"));
                guest.print(Memory.relative("mxcsr"));
            });
            assertEquals(
                    List.of(
                            "0000000000000000",
                            "%016x".formatted(Double.doubleToRawLongBits(Math.PI)),
                            "%016x".formatted(UNUSUAL_MXCSR)),
                    new TestMachine().cpu(cpu).run(guest.link()).serial(),
                    cpu);
        }
    }

    @Test
    void xsaveKeepsAvxToo() throws Exception {
        Guest guest = guest().buffer("leaf", 16);
        guest.interruptHandler(asm -> asm.bytes(0xC5, 0xFC, 0x77)); // vzeroall
        guest.kernel(asm -> {
            useXsave(asm);
            asm.lea(RDI, Memory.relative("before"));
            for (int i = 0; i < REGISTERS; i++) {
                avx(asm, 0x10, i);
                asm.add(RDI, YMM_SIZE);
            }
            asm.int3();
            asm.lea(RDI, Memory.relative("after"));
            for (int i = 0; i < REGISTERS; i++) {
                avx(asm, 0x11, i);
                asm.add(RDI, YMM_SIZE);
            }
            printDifferences(guest, REGISTERS * YMM_SIZE);
            guest.print(Memory.relative(StubSymbols.XSAVE_AREA_SIZE));
        });
        // 512 bytes of FXSAVE's, 64 of header, 16 upper halves.
        assertEquals(
                List.of("0000000000000000", "%016x".formatted(512 + 64 + 256)),
                new TestMachine().run(guest.link()).serial());
    }

    /** The stack below the save area's start is dirty: XRSTOR would fault on a dirty header. */
    @Test
    void xsaveStandsADirtyStack() throws Exception {
        Guest guest = guest().buffer("leaf", 16).variable("interrupts", 0);
        guest.interruptHandler(asm -> {
            asm.mov(RAX, Memory.relative("interrupts"));
            asm.add(RAX, 1);
            asm.mov(Memory.relative("interrupts"), RAX);
        });
        guest.kernel(asm -> {
            useXsave(asm);
            asm.mov(RDI, RSP);
            asm.sub(RDI, 16 * 1024);
            asm.mov(RAX, -1);
            asm.mov(ECX, 2 * 1024);
            asm.repStos(Width.QUADWORD);
            asm.int3();
            asm.int3();
            guest.print(Memory.relative("interrupts"));
        });
        assertEquals(List.of("0000000000000002"), new TestMachine().run(guest.link()).serial());
    }

    private static Guest guest() {
        Guest guest = new Guest().variable("mxcsr", 0).buffer("after", REGISTERS * YMM_SIZE);
        guest.data.data(
                "before",
                () -> {
                    for (int i = 0; i < REGISTERS * YMM_SIZE; i++) {
                        guest.data.emit8(i * 37 + 11);
                    }
                });
        return guest;
    }

    private static void useXsave(Assembler asm) {
        asm.mov(EDI, 0xD);
        asm.xor(ESI, ESI);
        asm.lea(RDX, Memory.relative("leaf"));
        asm.call(StubSymbols.CPUID);
        asm.lea(RDX, Memory.relative("leaf"));
        asm.mov(EAX, Memory.at(RDX, 4));
        asm.mov(Memory.relative(StubSymbols.XSAVE_AREA_SIZE), RAX);
        asm.mov(Width.QUADWORD, Memory.relative(StubSymbols.USE_XSAVE), 1);
    }

    /** Prints in how many of 8 bytes each {@code before} and {@code after} differ. */
    private static void printDifferences(Guest guest, int size) {
        Assembler asm = guest.asm;
        asm.lea(RSI, Memory.relative("before"));
        asm.lea(RDI, Memory.relative("after"));
        asm.xor(EDX, EDX);
        asm.mov(ECX, size / Long.BYTES);
        Label next = asm.here();
        Label same = new Label();
        asm.mov(RAX, Memory.at(RSI));
        asm.sub(RAX, Memory.at(RDI));
        asm.jcc(Condition.ZERO, same);
        asm.add(RDX, 1);
        asm.bind(same);
        asm.add(RSI, Long.BYTES);
        asm.add(RDI, Long.BYTES);
        asm.sub(ECX, 1);
        asm.jcc(Condition.NOT_ZERO, next);
        guest.print(RDX);
    }

    /** 0F opcode with an xmm register and, in ModRM's low bits and REX.B, another operand. */
    private static void sse(Assembler asm, int opcode, int xmm, int modRm, boolean extended) {
        asm.bytes(0x40 | (xmm > 7 ? 4 : 0) | (extended ? 1 : 0));
        asm.bytes(0x0F, opcode, modRm | (xmm & 7) << 3);
    }

    /** vmovups ymm, [rdi] (0x10) or back (0x11). */
    private static void avx(Assembler asm, int opcode, int ymm) {
        asm.bytes(0xC5, ymm > 7 ? 0x7C : 0xFC, opcode, 0x07 | (ymm & 7) << 3);
    }
}
