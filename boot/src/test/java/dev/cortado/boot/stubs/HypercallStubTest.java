package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.boot.layout.XenSymbols;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.Symbol;
import dev.cortado.boot.x86.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HypercallStubTest {

    /** rax = rdi + 2 rsi + 4 rdx + 8 r10 + 16 r8; ret. */
    private static final String SUM =
            "488d0477 488d0490 4a8d04d0 49c1e004 4c01c0 c3".replace(" ", "");

    /** Where Xen takes its arguments, and an entry of the page of the size that Xen gives it. */
    @Test
    void passesItsArgumentsWhereXenTakesThem() throws Exception {
        ByteBuffer code = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        code.put(HexFormat.of().parseHex(SUM));
        Guest guest = new Guest();
        guest.kernel(asm -> {
            // The early page tables let anybody write everything.
            asm.call(XenSymbols.HYPERCALL_PAGE);
            asm.mov(RBX, RAX);
            for (int i = 0; i < code.capacity(); i += Long.BYTES) {
                asm.mov(RAX, code.getLong(i));
                asm.mov(Memory.at(RBX, 7 * 32 + i), RAX);
            }
            asm.mov(RDI, 0xFFFF_FFFF_0000_0007L);
            asm.mov(RSI, 0x1000);
            asm.mov(RDX, 0x100);
            asm.mov(RCX, 0x10);
            asm.mov(R8, 0x1);
            asm.mov(R9, 0x1_0000_0000L);
            asm.call(XenSymbols.HYPERCALL);
            guest.print(RAX);
        });
        RelocatableObject boot = BootObject.create(Target.XEN_PVH);
        assertEquals(
                List.of("0000001000001248"),
                new TestMachine().run(guest.linker(boot).link()).serial());
    }

    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"XEN_PVH", "XEN_HVM"})
    void hasAnAlignedPageThatTrapsUntilXenHasWrittenIt(Target target) {
        RelocatableObject boot = BootObject.create(target);
        Symbol page = symbol(boot, XenSymbols.HYPERCALL_ENTRIES).orElseThrow();
        Section section =
                boot.sections().stream()
                        .filter(candidate -> candidate.name().equals(page.section()))
                        .findFirst()
                        .orElseThrow();
        assertEquals(0, page.offset() % 4096);
        assertEquals(4096, page.size());
        assertEquals(4096, section.alignment());
        assertEquals(Section.Kind.TEXT, section.kind());
        for (int i = 0; i < 4096; i += 2) {
            assertEquals(0x0F, section.contents()[(int) page.offset() + i]);
            assertEquals(0x0B, section.contents()[(int) page.offset() + i + 1]);
        }
    }

    @Test
    void isForXenOnly() {
        RelocatableObject boot = BootObject.create(Target.QEMU);
        assertTrue(symbol(boot, XenSymbols.HYPERCALL).isEmpty());
        assertTrue(
                boot.sections().stream()
                        .noneMatch(section ->
                                section.alignment() > 64 && section.kind() == Section.Kind.TEXT));
    }

    private static Optional<Symbol> symbol(RelocatableObject boot, String name) {
        return boot.symbols().stream().filter(symbol -> symbol.name().equals(name)).findFirst();
    }
}
