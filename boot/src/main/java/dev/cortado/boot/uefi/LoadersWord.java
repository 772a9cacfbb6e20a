package dev.cortado.boot.uefi;

import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;
import dev.cortado.boot.x86.Width;

/** GRUB and others put a word of theirs first, {@code BOOT_IMAGE=} and the file. */
public final class LoadersWord {
    private static final String WORD = "BOOT_IMAGE=";

    private LoadersWord() {}

    /**
     * Code that goes past that word, where it is.
     *
     * @param line register with the address of a text that a zero byte ends
     * @param left register with its most bytes
     */
    public static void pass(Assembler asm, Register line, Register left) {
        Label end = new Label();
        for (int at = 0; at < WORD.length(); at++) {
            asm.cmp(Width.BYTE, Memory.at(line, at), WORD.charAt(at));
            asm.jcc(Condition.NOT_EQUAL, end);
        }
        Label next = asm.here();
        asm.cmp(Width.BYTE, Memory.at(line), 0);
        asm.jcc(Condition.EQUAL, end);
        asm.add(line, 1);
        asm.cmp(Width.BYTE, Memory.at(line, -1), ' ');
        asm.jcc(Condition.EQUAL, end);
        asm.sub(left, 1);
        asm.jcc(Condition.NOT_ZERO, next);
        asm.bind(end);
    }
}
