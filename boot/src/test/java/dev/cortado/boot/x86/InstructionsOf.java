package dev.cortado.boot.x86;

import java.io.IOException;
import java.util.List;

/** What 64-bit code does, for tests of other packages. */
public final class InstructionsOf {

    private InstructionsOf() {}

    /** In Intel's syntax; skips the test where there is no disassembler. */
    public static List<String> code(byte[] code) throws IOException {
        return List.copyOf(Disassembler.disassemble(Mode.BITS_64, code).values());
    }
}
