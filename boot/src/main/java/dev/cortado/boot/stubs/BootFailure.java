package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDX;

import dev.cortado.boot.failure.LastWords;
import dev.cortado.boot.x86.Assembler;

/**
 * The last words of a guest that cannot start: there is no Java yet to say them.
 *
 * <p>Neither stack nor data are used, and the messages are in the text, because a machine with too
 * little memory may have nothing else.
 */
final class BootFailure {

    /** 32-bit code, jumped to: esi = address of a {@link #message}. */
    static final String FAIL = "cortado_boot_failure";

    private BootFailure() {}

    static void append(StubSections sections) {
        Assembler asm = sections.code32;
        asm.function(FAIL, () -> LastWords.append(asm, EDX, ECX, () -> {}));
    }

    /** A message for {@link #FAIL}. */
    static void message(StubSections sections, String symbol, String words) {
        LastWords.message(sections.text, symbol, words);
    }
}
