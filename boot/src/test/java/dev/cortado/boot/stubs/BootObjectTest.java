package dev.cortado.boot.stubs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.ImageSymbols;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.boot.layout.KernelSymbols;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.layout.Target;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.Symbol;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BootObjectTest {

    private final RelocatableObject boot = BootObject.create(Target.QEMU);

    @Test
    void definesAllThatJavaRefersTo() throws IllegalAccessException {
        Set<String> missing = names(StubSymbols.class);
        boot.symbols().stream()
                .filter(Symbol::isDefined)
                .map(Symbol::name)
                .forEach(missing::remove);
        assertEquals(Set.of(), missing);
    }

    @Test
    void wantsWhatKernelAndLinkerDefineAndNothingElse() throws IllegalAccessException {
        Set<String> known = names(ImageSymbols.class);
        known.addAll(names(KernelSymbols.class));
        Set<String> undefined =
                boot.symbols().stream()
                        .filter(symbol -> !symbol.isDefined())
                        .map(Symbol::name)
                        .collect(Collectors.toSet());
        assertTrue(known.containsAll(undefined), undefined::toString);
        assertTrue(undefined.containsAll(names(KernelSymbols.class)));
    }

    @Test
    void isTheSameEveryTime() {
        RelocatableObject again = BootObject.create(Target.QEMU);
        assertEquals(boot.symbols(), again.symbols());
        assertEquals(boot.relocations(), again.relocations());
        for (int i = 0; i < boot.sections().size(); i++) {
            assertArrayEquals(
                    boot.sections().get(i).contents(), again.sections().get(i).contents());
        }
    }

    /** Xen's elfnote.h: name size, descriptor size, type, name, descriptor. */
    @Test
    void hasTheNoteThatPvhLoadersLookFor() {
        Section note =
                boot.sections().stream()
                        .filter(section -> section.kind() == Section.Kind.NOTE)
                        .findFirst()
                        .orElseThrow();
        ByteBuffer bytes = ByteBuffer.wrap(note.contents()).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(4, bytes.getInt());
        assertEquals(8, bytes.getInt());
        assertEquals(18, bytes.getInt());
        assertEquals("Xen\0", "" + get(bytes) + get(bytes) + get(bytes) + get(bytes));
        assertEquals(
                new Relocation(note.name(), 16, RelocationType.ABSOLUTE_64, "cortado_pvh_entry", 0),
                boot.relocations().stream()
                        .filter(relocation -> relocation.section().equals(note.name()))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void vectorsAreAsFarApartAsTheIdtExpects() {
        Symbol vectors =
                boot.symbols().stream()
                        .filter(symbol -> symbol.name().equals(StubSymbols.INTERRUPT_VECTORS))
                        .findFirst()
                        .orElseThrow();
        assertEquals((long) InterruptTable.VECTORS * InterruptTable.STUB_SIZE, vectors.size());
    }

    /** 4 KiB of vectors and little more. */
    @Test
    void isSmall() {
        long size =
                boot.sections().stream()
                        .filter(section -> section.kind() != Section.Kind.BSS)
                        .mapToLong(Section::size)
                        .sum();
        assertTrue(size < 8 * 1024, size + " bytes");
    }

    private static char get(ByteBuffer bytes) {
        return (char) bytes.get();
    }

    private static Set<String> names(Class<?> constants) throws IllegalAccessException {
        Set<String> names = new HashSet<>();
        for (Field field : constants.getDeclaredFields()) {
            if (field.getType() == String.class) {
                names.add((String) field.get(null));
            }
        }
        return names;
    }
}
