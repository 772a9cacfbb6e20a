package dev.cortado.boot.disk;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.AX;
import static dev.cortado.boot.x86.Register.BL;
import static dev.cortado.boot.x86.Register.BX;
import static dev.cortado.boot.x86.Register.CX;
import static dev.cortado.boot.x86.Register.DX;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.failure.LastWords;
import dev.cortado.boot.x86.Assembler;

/** The last words of a machine that cannot load its image: on its screen as well. */
final class DiskFailure {

    /** 16-bit code, jumped to: esi = address of a {@link #message}. */
    static final String FAIL = "cortado_disk_failure";

    private static final int VIDEO = 0x10;
    private static final int TELETYPE = 0x0E00;
    private static final int LIGHT_GREY = 7;

    private DiskFailure() {}

    static void append(DiskCode code) {
        Assembler asm = code.code16;
        code.text.function(FAIL, () -> LastWords.append(asm, DX, CX, () -> show(asm)));
    }

    /** A message for {@link #FAIL}. */
    static void message(DiskCode code, String symbol, String words) {
        LastWords.message(code.text, symbol, words);
    }

    /** The BIOS may change what it likes. */
    private static void show(Assembler asm) {
        asm.push(ESI);
        asm.mov(AX, TELETYPE);
        asm.mov(AL, BL);
        asm.mov(BX, LIGHT_GREY);
        asm.interrupt(VIDEO);
        asm.pop(ESI);
    }
}
