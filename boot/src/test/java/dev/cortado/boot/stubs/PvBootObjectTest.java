package dev.cortado.boot.stubs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.ImageSymbols;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.boot.layout.KernelSymbols;
import dev.cortado.boot.layout.PvSymbols;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.layout.Target;
import dev.cortado.boot.layout.XenSymbols;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.Symbol;
import dev.cortado.boot.x86.InstructionsOf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PvBootObjectTest {

    /** Those that ring 3 may not execute (SDM vol. 3A, 5.9), with ports and flags. */
    private static final Set<String> PRIVILEGED =
            Set.of(
                    "cli", "sti", "hlt", "lgdt", "lidt", "lldt", "ltr", "lmsw", "clts", "invd",
                    "wbinvd", "invlpg", "rdmsr", "wrmsr", "rdpmc", "in", "out", "ins", "outs",
                    "iret", "iretq", "xsetbv", "vmcall", "vmmcall", "swapgs", "sysret");

    private final RelocatableObject boot = BootObject.create(Target.XEN_PV);

    private Section section(String name) {
        return boot.sections().stream().filter(s -> s.name().equals(name)).findFirst().get();
    }

    private Symbol symbol(String name) {
        return boot.symbols().stream()
                .filter(s -> s.isDefined() && s.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The prefix before cpuid is text to Xen, and no instructions. */
    private static byte[] withoutPrefix(byte[] code) {
        String nops = "\u0090".repeat(3);
        return new String(code, StandardCharsets.ISO_8859_1)
                .replace("\u000f\u000bxen", "\u000f\u000b" + nops)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void hasNoPrivilegedInstruction() throws IOException {
        List<String> instructions = InstructionsOf.code(withoutPrefix(section(".text").contents()));
        assertTrue(instructions.size() > 300);
        for (String instruction : instructions) {
            String[] words = instruction.split("[ ,]");
            assertFalse(
                    Arrays.stream(words).anyMatch(PRIVILEGED::contains)
                            || instruction.matches(".*\\b[cd]r\\d.*"),
                    instruction);
        }
    }

    @Test
    void theSameSearchFindsThemInThePcsCode() throws IOException {
        RelocatableObject pc = BootObject.create(Target.XEN_PVH);
        Section text =
                pc.sections().stream().filter(s -> s.name().equals(".text")).findFirst().get();
        assertTrue(
                InstructionsOf.code(text.contents()).stream()
                        .anyMatch(i -> PRIVILEGED.contains(i.split(" ")[0])));
    }

    @Test
    void definesNothingThatOnlyAPcHas() {
        Set<String> defined =
                boot.symbols().stream()
                        .filter(Symbol::isDefined)
                        .map(Symbol::name)
                        .collect(Collectors.toSet());
        for (String pc :
                List.of(
                        StubSymbols.IN_8,
                        StubSymbols.OUT_8,
                        StubSymbols.READ_MSR,
                        StubSymbols.WRITE_MSR,
                        StubSymbols.WRITE_CR3,
                        StubSymbols.WRITE_XCR0,
                        StubSymbols.INVALIDATE_PAGE,
                        StubSymbols.LOAD_GDT,
                        StubSymbols.PROCESSOR_TRAMPOLINE_BEGIN,
                        "cortado_pvh_entry")) {
            assertFalse(defined.contains(pc), pc);
        }
        assertTrue(
                defined.containsAll(
                        List.of(
                                StubSymbols.PREPARE_LOCK,
                                StubSymbols.WAIT_FOR_INTERRUPT,
                                StubSymbols.CONTEXT_SWITCH,
                                XenSymbols.HYPERCALL,
                                PvSymbols.EVENT_CALLBACK)));
    }

    @Test
    void anotherTargetHasNothingOfPv() {
        for (Target target : List.of(Target.QEMU, Target.XEN_PVH, Target.XEN_HVM)) {
            assertTrue(
                    BootObject.create(target).symbols().stream()
                            .noneMatch(symbol -> symbol.name().startsWith("cortado_pv_")));
        }
    }

    @Test
    void wantsTheKernelAndTheLinker() {
        Set<String> undefined =
                boot.symbols().stream()
                        .filter(symbol -> !symbol.isDefined())
                        .map(Symbol::name)
                        .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        PvSymbols.EARLY_ENTRY,
                        KernelSymbols.KERNEL_ENTRY,
                        KernelSymbols.INTERRUPT_ENTRY,
                        ImageSymbols.HEAP_PHYSICAL),
                undefined);
    }

    @Test
    void asksForCpuidAsXenWantsTheDomainToSeeIt() throws IOException {
        byte[] text = section(".text").contents();
        Symbol cpuid = symbol(StubSymbols.CPUID);
        String code =
                new String(
                        text,
                        (int) cpuid.offset(),
                        (int) cpuid.size(),
                        StandardCharsets.ISO_8859_1);
        assertTrue(code.contains("\u000f\u000bxen\u000f\u00a2"));
    }

    @Test
    void trapStubsTakeXensTwoRegistersOff() {
        byte[] text = section(".text").contents();
        int begin = (int) symbol(PvSymbols.TRAP_VECTORS).offset();
        for (int vector = 0; vector < PvSymbols.TRAPS; vector++) {
            ByteBuffer stub =
                    ByteBuffer.wrap(text, begin + vector * InterruptTable.STUB_SIZE, 16)
                            .order(ByteOrder.LITTLE_ENDIAN);
            // pop rcx; pop r11; push 0 unless there is an error code; push the vector
            assertEquals(0x59, stub.get());
            assertEquals(0x5b41, stub.getShort());
            boolean errorCode = Set.of(8, 10, 11, 12, 13, 14, 17, 21, 29, 30).contains(vector);
            if (!errorCode) {
                assertEquals(0x006a, stub.getShort());
            }
            assertEquals(0x6a, stub.get());
            assertEquals(vector, stub.get());
        }
    }

    @Test
    void notesAreThoseOfXensElfnoteHeader() {
        ByteBuffer notes =
                ByteBuffer.wrap(section(".note").contents()).order(ByteOrder.LITTLE_ENDIAN);
        TreeMap<Integer, byte[]> found = new TreeMap<>();
        List<Integer> types = new ArrayList<>();
        while (notes.hasRemaining()) {
            assertEquals(4, notes.getInt());
            byte[] description = new byte[notes.getInt()];
            int type = notes.getInt();
            assertEquals(0x006e6558, notes.getInt()); // "Xen"
            notes.get(description);
            notes.position((notes.position() + 3) & -4);
            found.put(type, description);
            types.add(type);
        }
        assertEquals(Set.of(1, 2, 3, 4, 5, 6, 8, 10), found.keySet());
        assertEquals("xen-3.0\0", new String(found.get(5), StandardCharsets.US_ASCII));
        assertEquals("generic\0", new String(found.get(8), StandardCharsets.US_ASCII));
        assertEquals(8, found.get(3).length);
        assertEquals(8, found.get(4).length);
        assertEquals(types.size(), found.size());
    }
}
