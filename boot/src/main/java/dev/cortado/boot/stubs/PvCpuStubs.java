package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.RAX;

import dev.cortado.boot.layout.PvProcessorHeader;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.SegmentRegister;

/** Those of {@link CpuStubs} and {@link ControlRegisterStubs} that make sense in a PV domain. */
final class PvCpuStubs {

    /** XCR0 of a PV domain that does not change it: x87 and SSE. */
    private static final int X87_AND_SSE = 3;

    private PvCpuStubs() {}

    static void append(StubSections sections) {
        Assembler asm = sections.code64;
        CpuStubs.appendUnprivileged(asm);
        asm.function(
                StubSymbols.CPUID,
                () ->
                        CpuStubs.cpuid(
                                asm,
                                // XEN_EMULATE_PREFIX (public/arch-x86/xen.h): what the domain is
                                // to see, not what the CPU says.
                                () -> asm.bytes(0x0F, 0x0B, 0x78, 0x65, 0x6E)));
        asm.function(
                StubSymbols.READ_CR2,
                () -> {
                    asm.inSegment(SegmentRegister.GS);
                    asm.mov(RAX, Memory.absolute(PvProcessorHeader.FAULT_ADDRESS));
                    asm.ret();
                });
        asm.function(
                StubSymbols.READ_XCR0,
                () -> {
                    asm.mov(EAX, X87_AND_SSE);
                    asm.ret();
                });
    }
}
