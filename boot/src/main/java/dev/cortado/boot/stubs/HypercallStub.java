package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.R10;
import static dev.cortado.boot.x86.Register.R11;
import static dev.cortado.boot.x86.Register.R8;
import static dev.cortado.boot.x86.Register.R9;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.XenSymbols;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Memory;

/**
 * Calls to Xen (public/arch-x86/xen-x86_64.h): arguments in rdi, rsi, rdx, r10 and r8, the result
 * in rax. How the CPU gets there, vmcall, vmmcall or syscall, is Xen's to know: it writes the page.
 */
final class HypercallStub {

    private static final int UD2 = 0x0B0F;

    private HypercallStub() {}

    static void append(StubSections sections) {
        SectionBuilder page =
                sections.section(
                        ".text.hypercall", Section.Kind.TEXT, (int) AddressSpace.PAGE_SIZE);
        page.data(XenSymbols.HYPERCALL_ENTRIES, () -> fill(page));
        Assembler asm = sections.code64;
        asm.function(XenSymbols.HYPERCALL, () -> hypercall(asm));
        asm.function(XenSymbols.HYPERCALL_PAGE, () -> page(asm));
    }

    private static void fill(SectionBuilder page) {
        while (page.offset() < AddressSpace.PAGE_SIZE) {
            page.emit16(UD2);
        }
    }

    private static void hypercall(Assembler asm) {
        asm.mov(EAX, EDI);
        asm.shl(RAX, Integer.numberOfTrailingZeros(XenSymbols.HYPERCALL_ENTRY));
        asm.lea(R11, Memory.relative(XenSymbols.HYPERCALL_ENTRIES));
        asm.add(RAX, R11);
        asm.mov(RDI, RSI);
        asm.mov(RSI, RDX);
        asm.mov(RDX, RCX);
        asm.mov(R10, R8);
        asm.mov(R8, R9);
        // It returns to our caller.
        asm.jmp(RAX);
    }

    private static void page(Assembler asm) {
        asm.lea(RAX, Memory.relative(XenSymbols.HYPERCALL_ENTRIES));
        asm.ret();
    }
}
