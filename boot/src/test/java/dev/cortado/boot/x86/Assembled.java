package dev.cortado.boot.x86;

import dev.cortado.boot.object.ObjectBuilder;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.SectionBuilder;
import java.util.HexFormat;
import java.util.function.Consumer;

/** What the assembler makes of a piece of code. */
final class Assembled {

    private Assembled() {}

    static RelocatableObject object(Mode mode, Consumer<Assembler> code) {
        ObjectBuilder object = new ObjectBuilder("test");
        SectionBuilder text = object.section(".text", Section.Kind.TEXT, 64);
        code.accept(new Assembler(text, mode));
        return object.build();
    }

    static byte[] bytes(Mode mode, Consumer<Assembler> code) {
        return object(mode, code).sections().getFirst().contents();
    }

    /** Bytes in hexadecimal, with blanks between. */
    static String hex(Mode mode, Consumer<Assembler> code) {
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes(mode, code));
    }
}
