package dev.cortado.boot.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObjectBuilderTest {

    @Test
    void bytesAreLittleEndian() {
        ObjectBuilder object = new ObjectBuilder("test");
        SectionBuilder data = object.section(".data", Section.Kind.DATA, 8);
        data.emit8(0x11);
        data.emit16(0x2233);
        data.emit32(0x4455_6677);
        data.emit64(0x8899_AABB_CCDD_EEFFL);
        data.emitText("ok");
        ByteBuffer bytes =
                ByteBuffer.wrap(object.build().sections().getFirst().contents())
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0x11, bytes.get());
        assertEquals(0x2233, bytes.getShort());
        assertEquals(0x4455_6677, bytes.getInt());
        assertEquals(0x8899_AABB_CCDD_EEFFL, bytes.getLong());
        assertArrayEquals(
                new byte[] {'o', 'k', 0}, new byte[] {bytes.get(), bytes.get(), bytes.get()});
        assertEquals(0, bytes.remaining());
    }

    @Test
    void sectionsGrowAsTheyMust() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            byte[] expected = new byte[random.nextInt(5_000)];
            random.nextBytes(expected);
            ObjectBuilder object = new ObjectBuilder("test");
            SectionBuilder data = object.section(".data", Section.Kind.DATA, 1);
            for (byte value : expected) {
                data.emit8(value);
            }
            assertArrayEquals(expected, object.build().sections().getFirst().contents());
        }
    }

    @Test
    void whatNobodyDefinesIsUndefined() {
        ObjectBuilder object = new ObjectBuilder("test");
        SectionBuilder text = object.section(".text", Section.Kind.TEXT, 8);
        SectionBuilder data = object.section(".data", Section.Kind.DATA, 8);
        text.function("f", () -> text.emitRelocated(RelocationType.RELATIVE_32, "variable", -4));
        data.data("variable", () -> data.emitRelocated(RelocationType.ABSOLUTE_64, "there", 0));
        data.emitRelocated(RelocationType.ABSOLUTE_64, "there", 8);
        assertEquals(
                List.of(
                        new Symbol("f", ".text", 0, 4, true, true),
                        new Symbol("variable", ".data", 0, 8, true, false),
                        Symbol.undefined("there")),
                object.build().symbols());
    }

    @Test
    void bssHoldsZeroesOnly() {
        ObjectBuilder object = new ObjectBuilder("test");
        SectionBuilder bss = object.section(".bss", Section.Kind.BSS, 4096);
        bss.skip(10);
        bss.align(4096, 0);
        bss.data("table", () -> bss.skip(1 << 20));
        assertThrows(IllegalStateException.class, () -> bss.emit8(1));
        assertEquals(4096 + (1 << 20), object.build().sections().getFirst().size());
    }

    @Test
    void aSectionCannotAlignMoreThanItIsAligned() {
        SectionBuilder data = new ObjectBuilder("test").section(".data", Section.Kind.DATA, 16);
        assertThrows(IllegalArgumentException.class, () -> data.align(32, 0));
    }
}
