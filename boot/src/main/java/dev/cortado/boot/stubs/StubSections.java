package dev.cortado.boot.stubs;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.object.ObjectBuilder;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Mode;

/** The sections of the boot object, and one assembler a mode, all of which write to its text. */
final class StubSections {

    private final ObjectBuilder object = new ObjectBuilder("cortado-boot");

    final SectionBuilder text = object.section(".text", Section.Kind.TEXT, 64);

    /** 16-bit, 32-bit and 64-bit code. */
    final Assembler code16 = new Assembler(text, Mode.BITS_16);

    final Assembler code32 = new Assembler(text, Mode.BITS_32);
    final Assembler code64 = new Assembler(text, Mode.BITS_64);

    final SectionBuilder rodata = object.section(".rodata", Section.Kind.RODATA, 16);
    final SectionBuilder data = object.section(".data", Section.Kind.DATA, 16);

    final SectionBuilder bss =
            object.section(".bss", Section.Kind.BSS, (int) AddressSpace.PAGE_SIZE);

    /** Notes are read by loaders, which take 4 for their alignment. */
    final SectionBuilder notes = object.section(".note", Section.Kind.NOTE, 4);

    /** One more section, for what only some targets have. */
    SectionBuilder section(String name, Section.Kind kind, int alignment) {
        return object.section(name, kind, alignment);
    }

    RelocatableObject build() {
        return object.build();
    }
}
