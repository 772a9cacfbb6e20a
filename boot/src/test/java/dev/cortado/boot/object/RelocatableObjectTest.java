package dev.cortado.boot.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RelocatableObjectTest {

    private static final Section TEXT = Section.of(".text", Section.Kind.TEXT, 16, new byte[32]);
    private static final Symbol MAIN = new Symbol("main", ".text", 8, 24, true, true);

    @Test
    void partsThatFitTogetherAreAccepted() {
        Relocation relocation = new Relocation(".text", 24, RelocationType.ABSOLUTE_64, "main", -1);
        RelocatableObject object = object(List.of(MAIN), relocation);
        assertEquals(List.of(relocation), object.relocations());
        assertTrue(object.symbols().getFirst().isDefined());
    }

    @Test
    void aRelocationHasToBeInsideItsSection() {
        assertRefused(
                "8 bytes at offset 25 are not in section .text of 32 bytes",
                List.of(MAIN),
                new Relocation(".text", 25, RelocationType.ABSOLUTE_64, "main", 0));
        assertRefused(
                "4 bytes at offset %d are not in section .text".formatted(Long.MAX_VALUE),
                List.of(MAIN),
                new Relocation(".text", Long.MAX_VALUE, RelocationType.RELATIVE_32, "main", 0));
        assertRefused(
                "no section .data",
                List.of(MAIN),
                new Relocation(".data", 0, RelocationType.RELATIVE_32, "main", 0));
    }

    @Test
    void aRelocationNeedsASymbol() {
        assertRefused(
                "relocation against unknown symbol other",
                List.of(MAIN),
                new Relocation(".text", 0, RelocationType.RELATIVE_32, "other", 0));
    }

    @Test
    void aSymbolHasToBeInsideItsSection() {
        assertRefused(
                "1 bytes at offset 32 are not in section .text",
                List.of(new Symbol("end", ".text", 32, 1, true, false)));
        assertEquals(
                1,
                object(List.of(new Symbol("end", ".text", 32, 0, true, false))).symbols().size());
    }

    @Test
    void namesAreUnique() {
        assertRefused("two symbols main", List.of(MAIN, Symbol.undefined("main")));
        IllegalArgumentException error =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new RelocatableObject(
                                        "a.o", List.of(TEXT, TEXT), List.of(), List.of()));
        assertEquals("a.o: two sections .text", error.getMessage());
    }

    @Test
    void sectionsCheckTheirSizes() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Section(".data", Section.Kind.DATA, 8, new byte[4], 8));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Section(".bss", Section.Kind.BSS, 8, new byte[4], 4));
        assertThrows(
                IllegalArgumentException.class,
                () -> Section.of(".data", Section.Kind.DATA, 12, new byte[4]));
        assertEquals(1L << 40, Section.zeroes(".bss", 8, 1L << 40).size());
    }

    private static RelocatableObject object(List<Symbol> symbols, Relocation... relocations) {
        return new RelocatableObject("a.o", List.of(TEXT), symbols, List.of(relocations));
    }

    private static void assertRefused(
            String message, List<Symbol> symbols, Relocation... relocations) {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> object(symbols, relocations));
        assertTrue(error.getMessage().startsWith("a.o: " + message), error.getMessage());
    }
}
