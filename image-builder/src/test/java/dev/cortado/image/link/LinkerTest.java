package dev.cortado.image.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.ImageSymbols;
import dev.cortado.boot.layout.KernelSymbols;
import dev.cortado.boot.layout.Target;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.Section.Kind;
import dev.cortado.boot.object.Symbol;
import dev.cortado.boot.stubs.BootObject;
import dev.cortado.image.TestObjects;
import dev.cortado.image.UserError;
import dev.cortado.image.image.DebugSection;
import dev.cortado.image.image.GuestImage;
import dev.cortado.image.image.Segment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkerTest {
    private final GuestImage image = TestObjects.image();

    private static GuestImage link(RelocatableObject program, RelocatableObject boot) {
        return new Linker().link(program, boot, AddressSpace.IMAGE_BASE, TestObjects.MANIFEST);
    }

    private static RelocatableObject object(
            String name, Section section, List<Symbol> symbols, Relocation... relocations) {
        return new RelocatableObject(name, List.of(section), symbols, List.of(relocations));
    }

    private static Section text(int size) {
        return Section.of(".text", Kind.TEXT, 16, new byte[size]);
    }

    private Segment segment(String name) {
        return image.segments().stream()
                .filter(segment -> segment.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long address(String symbol) {
        return image.symbols().find(symbol).orElseThrow().address();
    }

    private ByteBuffer contents(String segment) {
        return ByteBuffer.wrap(segment(segment).contents()).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void segmentsAreApartAndInOrder() {
        assertEquals(
                List.of("rodata", "text", "data", "heap"),
                image.segments().stream().map(Segment::name).toList());
        long end = AddressSpace.IMAGE_BASE;
        for (Segment segment : image.segments()) {
            assertTrue(segment.physicalAddress() >= end, segment.name());
            assertEquals(0, segment.physicalAddress() % AddressSpace.PAGE_SIZE);
            end = segment.physicalAddress() + segment.memorySize();
        }
    }

    @Test
    void everythingButTheHeapIsAtItsPhysicalAddress() {
        for (Segment segment : image.segments()) {
            if (!segment.name().equals("heap")) {
                assertEquals(segment.virtualAddress(), segment.physicalAddress());
            }
        }
        Segment heap = segment("heap");
        assertEquals(
                AddressSpace.HEAP_BASE + AddressSpace.IMAGE_HEAP_OFFSET, heap.virtualAddress());
        assertEquals(
                heap.virtualAddress() % AddressSpace.LARGE_PAGE_SIZE,
                heap.physicalAddress() % AddressSpace.LARGE_PAGE_SIZE);
    }

    @Test
    void zeroesAtTheHeapsEndAreNotInTheFile() {
        Segment heap = segment("heap");
        assertEquals(0x4000, heap.memorySize());
        assertTrue(heap.contents().length <= 0x3000);
        assertTrue(heap.contents()[heap.contents().length - 1] != 0);
    }

    @Test
    void definesTheImagesBounds() {
        Segment text = segment("text");
        assertEquals(text.virtualAddress(), address(ImageSymbols.TEXT_BEGIN));
        assertEquals(
                ImageLayout.alignUp(
                        text.virtualAddress() + text.memorySize(), AddressSpace.PAGE_SIZE),
                address(ImageSymbols.TEXT_END));
        assertEquals(segment("rodata").virtualAddress(), address(ImageSymbols.RODATA_BEGIN));
        assertEquals(segment("data").virtualAddress(), address(ImageSymbols.DATA_BEGIN));
        Segment heap = segment("heap");
        assertEquals(heap.virtualAddress(), address(ImageSymbols.HEAP_BEGIN));
        assertEquals(heap.virtualAddress() + 0x4000, address(ImageSymbols.HEAP_END));
        assertEquals(heap.physicalAddress(), address(ImageSymbols.HEAP_PHYSICAL));
        assertEquals(AddressSpace.IMAGE_BASE, address(ImageSymbols.PHYSICAL_BEGIN));
        assertEquals(heap.physicalAddress() + 0x4000, address(ImageSymbols.PHYSICAL_END));
    }

    @Test
    void fillsInRelativeAndAbsoluteFields() {
        long entry = address(KernelSymbols.KERNEL_ENTRY);
        long stub = address("cortado_out8");
        int call = (int) (entry - segment("text").virtualAddress());
        long next = entry + 5;
        assertEquals(stub, next + contents("text").getInt(call + 1));
        assertEquals(entry, contents("heap").getLong(TestObjects.HEAP_POINTER));
        int programData = contents("data").capacity() - 24; // behind the boot code's
        assertEquals(stub, contents("data").getLong(programData + 8));
    }

    @Test
    void entersWhereTheNoteSays() {
        assertEquals(address("cortado_pvh_entry"), image.entryPoint());
    }

    @Test
    void gapsInCodeTrap() {
        RelocatableObject first = object("first", text(3), List.of());
        RelocatableObject second = object("second", text(16), List.of());
        byte[] code = link(second, first).segments().getFirst().contents();
        assertEquals(32, code.length);
        for (int at = 3; at < 16; at++) {
            assertEquals((byte) 0xcc, code[at]);
        }
    }

    @Test
    void namesEveryUndefinedSymbolAndWhoWantsIt() {
        List<Symbol> symbols =
                List.of(
                        new Symbol("Hello_main", ".text", 0, 32, false, true),
                        new Symbol("Hello_other", ".text", 32, 32, false, true),
                        Symbol.undefined("missing"),
                        Symbol.undefined("gone"));
        RelocatableObject program =
                object(
                        "hello.o",
                        text(64),
                        symbols,
                        new Relocation(".text", 1, RelocationType.RELATIVE_32, "missing", -4),
                        new Relocation(".text", 40, RelocationType.RELATIVE_32, "missing", -4),
                        new Relocation(".text", 50, RelocationType.ABSOLUTE_64, "gone", 0));
        RelocatableObject empty = object("boot", text(0), List.of());
        UserError error = assertThrows(UserError.class, () -> link(program, empty));
        assertEquals(
                "undefined symbol gone, wanted by Hello_other\n"
                        + "undefined symbol missing, wanted by Hello_main, Hello_other",
                error.getMessage());
    }

    @Test
    void looksThroughThePointersOfCFunctions() {
        RelocatableObject program =
                new RelocatableObject(
                        "hello.o",
                        List.of(text(64), Section.of(".data", Kind.DATA, 8, new byte[16])),
                        List.of(
                                new Symbol(".data", ".data", 0, 0, false, false),
                                new Symbol("Locale_get", ".text", 0, 64, false, true),
                                Symbol.undefined("get_locale")),
                        List.of(
                                new Relocation(
                                        ".data", 8, RelocationType.ABSOLUTE_64, "get_locale", 0),
                                new Relocation(
                                        ".text", 20, RelocationType.RELATIVE_32, ".data", 4)));
        RelocatableObject empty = object("boot", text(0), List.of());
        UserError error = assertThrows(UserError.class, () -> link(program, empty));
        assertEquals("undefined symbol get_locale, wanted by Locale_get", error.getMessage());
    }

    @Test
    void namesWhoDefinesASymbolTwice() {
        List<Symbol> symbols = List.of(new Symbol("twice", ".text", 0, 1, true, true));
        RelocatableObject first = object("first", text(1), symbols);
        RelocatableObject second = object("second", text(1), symbols);
        UserError error = assertThrows(UserError.class, () -> link(second, first));
        assertEquals(
                "symbol twice is defined more than once: by first and by second",
                error.getMessage());
    }

    @Test
    void localSymbolsOfTwoObjectsMayHaveTheSameName() {
        List<Symbol> symbols = List.of(new Symbol("own", ".text", 8, 1, false, true));
        Relocation relocation = new Relocation(".text", 0, RelocationType.ABSOLUTE_64, "own", 0);
        GuestImage linked =
                link(
                        object("first", text(16), symbols, relocation),
                        object("second", text(16), symbols, relocation));
        Segment code = linked.segments().getFirst();
        ByteBuffer bytes = ByteBuffer.wrap(code.contents()).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(code.virtualAddress() + 8, bytes.getLong(0));
        assertEquals(code.virtualAddress() + 24, bytes.getLong(16));
    }

    @Test
    void refusesAValueThatDoesNotFit() {
        List<Symbol> symbols = List.of(new Symbol("here", ".text", 0, 1, false, true));
        for (RelocationType type : RelocationType.values()) {
            if (type == RelocationType.ABSOLUTE_64) {
                continue;
            }
            RelocatableObject program =
                    object(
                            "far.o",
                            text(16),
                            symbols,
                            new Relocation(".text", 4, type, "here", 1L << 33));
            RelocatableObject empty = object("boot", text(0), List.of());
            UserError error = assertThrows(UserError.class, () -> link(program, empty));
            assertTrue(
                    error.getMessage().startsWith("far.o: " + type + " at offset 0x4 of .text"),
                    error.getMessage());
        }
    }

    @Test
    void debugInformationIsRelocatedButNotLoaded() {
        DebugSection debug = image.debug().getFirst();
        assertEquals(".debug_aranges", debug.name());
        ByteBuffer bytes = ByteBuffer.wrap(debug.contents()).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(address(KernelSymbols.KERNEL_ENTRY), bytes.getLong(TestObjects.RANGE_BEGIN));
        assertEquals(4, image.segments().size());
    }

    @Test
    void debugSectionsReferToEachOtherByOffset() {
        RelocatableObject program =
                new RelocatableObject(
                        "program.o",
                        List.of(
                                text(8),
                                Section.of(".debug_info", Kind.DEBUG, 1, new byte[8]),
                                Section.of(".debug_str", Kind.DEBUG, 1, new byte[5])),
                        List.of(new Symbol(".debug_str", ".debug_str", 0, 0, false, false)),
                        List.of(
                                new Relocation(
                                        ".debug_info",
                                        4,
                                        RelocationType.ABSOLUTE_32,
                                        ".debug_str",
                                        3)));
        GuestImage linked = link(program, object("boot", text(0), List.of()));
        byte[] info = linked.debug().getFirst().contents();
        assertArrayEquals(new byte[] {0, 0, 0, 0, 3, 0, 0, 0}, info);
    }

    @Test
    void refusesASecondObjectWithDebugInformation() {
        RelocatableObject first =
                object("first", Section.of(".debug_info", Kind.DEBUG, 1, new byte[1]), List.of());
        RelocatableObject second =
                object("second", Section.of(".debug_info", Kind.DEBUG, 1, new byte[1]), List.of());
        UserError error = assertThrows(UserError.class, () -> link(second, first));
        assertTrue(error.getMessage().contains("both first and second"), error.getMessage());
    }

    @Test
    void refusesAnImageThatCannotBoot() {
        RelocatableObject program =
                object("huge.o", Section.zeroes(".bss", 16, 1L << 33), List.of());
        UserError error =
                assertThrows(UserError.class, () -> link(program, BootObject.create(Target.QEMU)));
        assertTrue(error.getMessage().startsWith("the image is too large"), error.getMessage());
    }
}
